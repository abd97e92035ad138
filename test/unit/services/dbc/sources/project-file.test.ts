import { describe, expect, it } from 'vitest';
import {
  type ProjectDatabases,
  readProjectFile,
} from '../../../../../server/services/dbc/sources/project-file.ts';
import { MemoryDbcFiles } from '../../../../support/memory-dbc-files.ts';

const { signal } = new AbortController();

function read(content: unknown, folder = '/projects/car'): Promise<ProjectDatabases | undefined> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return readProjectFile(new MemoryDbcFiles({ '/projects/car/.cts/dbc.json': text }), folder, signal);
}

describe('the file of a project', () => {
  it('names search paths, and databases by bus and by car', async () => {
    const project = await read({
      searchPaths: ['dbc', '/opt/opendbc'],
      buses: { 0: 'toyota_nodsu_pt_generated', 130: 'own/radar.dbc' },
      fingerprints: { 'TOYOTA RAV4 2017': { buses: { 1: 'toyota_adas' } }, EMPTY: {} },
    });
    expect(project).toEqual({
      path: '/projects/car/.cts/dbc.json',
      folder: '/projects/car',
      searchPaths: ['/projects/car/dbc', '/opt/opendbc'],
      buses: new Map([
        [0, 'toyota_nodsu_pt_generated'],
        [130, 'own/radar.dbc'],
      ]),
      fingerprints: new Map([
        ['TOYOTA RAV4 2017', new Map([[1, 'toyota_adas']])],
        ['EMPTY', new Map()],
      ]),
    });
  });

  it('is found in a folder above', async () => {
    expect((await read({}, '/projects/car/drives/2024'))?.folder).toBe('/projects/car');
    expect(await read({}, '/home/other')).toBeUndefined();
  });

  it.each([
    ['no JSON', '{', '', /expected JSON/],
    ['something else', [], '', /expected an object, found a list/],
    ['an unknown member', { busses: {} }, '', /found "busses". Did you mean buses\?/],
    ['folders that are no list', { searchPaths: 'dbc' }, 'searchPaths', /a list of folders/],
    [
      'a folder that is no text',
      { searchPaths: ['a', 3] },
      'searchPaths[1]',
      /a name or a path, found number/,
    ],
    ['a bus that is none', { buses: { 256: 'a' } }, 'buses', /from 0 to 255 as names, found "256"/],
    ['a bus by name', { buses: { radar: 'a' } }, 'buses', /found "radar"/],
    ['no database', { buses: { 0: null } }, 'buses."0"', /found null/],
    ['an empty name', { buses: { 0: '' } }, 'buses."0"', /found empty text/],
    ['a car without buses', { fingerprints: { A: 'b' } }, 'fingerprints."A"', /an object, found text/],
    [
      'a car with more',
      { fingerprints: { A: { bus: {} } } },
      'fingerprints."A"',
      /expected buses, found "bus"/,
    ],
    ['a name of every object', '{"__proto__": {}}', '', /found "__proto__"/],
  ])('is refused with its place: %s', async (...row) => {
    const [, content, place, message] = row;
    await expect(read(content)).rejects.toMatchObject({
      code: 'INVALID_CONFIGURATION',
      message: expect.stringMatching(message) as string,
      details: { path: '/projects/car/.cts/dbc.json', place },
    });
  });

  it('is refused where it is larger than any such file', async () => {
    await expect(read(' '.repeat(1024 * 1024 + 1))).rejects.toMatchObject({ code: 'INVALID_CONFIGURATION' });
  });
});
