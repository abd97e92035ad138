import { describe, expect, it } from 'vitest';
import type { RequestContext } from '#protocol';
import { createDatabaseChooser } from '../../../../../server/services/dbc/sources/database-chooser.ts';
import { createDatabaseLibrary } from '../../../../../server/services/dbc/sources/database-library.ts';
import { createSourceHandlers } from '../../../../../server/services/dbc/sources/source-handlers.ts';
import { makeCanLog } from '../../../../support/log-builder.ts';
import { MemoryDbcFiles } from '../../../../support/memory-dbc-files.ts';
import { fileOf, MemoryLogs } from '../../../../support/memory-logs.ts';

const context: RequestContext = { signal: new AbortController().signal, notify: () => Promise.resolve() };

const FILES = {
  '/a/right.dbc': 'BO_ 1 A: 1 X\n\nBO_ 2 B: 1 X\n',
  '/a/half.dbc': 'BO_ 1 A: 1 X\n',
  '/a/other.dbc': 'BO_ 99 A: 1 X\n',
  '/b/right.dbc': 'BO_ 1 A: 1 X\n',
};

function makeHandlers(): ReturnType<typeof createSourceHandlers> {
  const files = new MemoryDbcFiles(FILES);
  const library = createDatabaseLibrary(files, { searchPaths: ['/a', '/b', '/gone'] });
  const log = makeCanLog([
    {
      t: 1,
      which: 'can',
      can: [
        [1, 0, '00'],
        [2, 0, '00'],
        [1, 128, '00'],
      ],
    },
  ]);
  const logs = new MemoryLogs({ log: fileOf(log) });
  return createSourceHandlers({
    logs,
    library,
    chooser: createDatabaseChooser({ files, library, choices: [] }),
  });
}

describe('dbc/list', () => {
  it('lists what every search path has, by name', async () => {
    expect(await makeHandlers()['dbc/list']({}, context)).toEqual({
      searchPaths: [
        { path: '/a', databases: 3, problem: null },
        { path: '/b', databases: 1, problem: null },
        { path: '/gone', databases: 0, problem: 'it cannot be found' },
      ],
      databases: [
        { name: 'half', path: '/a/half.dbc', kind: 'file' },
        { name: 'other', path: '/a/other.dbc', kind: 'file' },
        { name: 'right', path: '/a/right.dbc', kind: 'file' },
        { name: 'right', path: '/b/right.dbc', kind: 'file' },
      ],
      notMade: [],
    });
  });

  it('lists the search paths of the request instead of those of the settings', async () => {
    const { searchPaths } = await makeHandlers()['dbc/list']({ searchPaths: ['/b'] }, context);
    expect(searchPaths).toEqual([{ path: '/b', databases: 1, problem: null }]);
  });
});

describe('dbc/match', () => {
  it('orders the databases that know something of a bus, best first', async () => {
    const matches = await makeHandlers()['dbc/match']({ path: 'log' }, context);
    expect(matches).toMatchObject({
      fingerprint: null,
      named: [],
      searched: 3,
      report: { events: 1, isWhole: true },
    });
    expect(
      matches.buses.map(({ chosen, candidates }) => [
        chosen.bus,
        chosen.database?.name,
        candidates.map(({ name, path, coverage }) => [name, path, coverage.decodedFrames]),
      ]),
    ).toEqual([
      [
        0,
        'right',
        [
          ['right', '/a/right.dbc', 2],
          ['half', '/a/half.dbc', 1],
        ],
      ],
      [128, 'right', []],
    ]);
  });

  it('lists as many as are asked for', async () => {
    const { buses } = await makeHandlers()['dbc/match']({ path: 'log', limit: 1 }, context);
    expect(buses[0]?.candidates).toHaveLength(1);
  });
});
