import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DbcList, DbcMatches, ListDbcParams, MatchDbcParams } from '#protocol';
import { HALF_COVERAGE, makeBusDatabase } from '../../../../support/dbc-answers.ts';
import { type CtsOutcome, runFakeCts } from '../../../../support/fake-engine.ts';
import { DAMAGED_REPORT, WHOLE_REPORT } from '../../../../support/sample-answers.ts';

const MATCHES: DbcMatches = {
  fingerprint: 'TOYOTA_RAV4',
  named: ['toyota_new', 'toyota_radar'],
  searched: 96,
  buses: [
    {
      chosen: makeBusDatabase({ database: { name: 'toyota_new', path: '/t.dbc', source: 'fingerprint' } }),
      candidates: [
        { name: 'toyota_new', path: '/t.dbc', coverage: HALF_COVERAGE },
        {
          name: 'other',
          path: '/o.dbc',
          coverage: {
            ...HALF_COVERAGE,
            decodedFrames: 1,
            decodedMessages: 1,
            otherSize: 1,
            checkedFrames: 0,
          },
        },
      ],
    },
    { chosen: makeBusDatabase({ bus: 1, database: null, advice: 'Nothing fits.' }), candidates: [] },
  ],
  report: WHOLE_REPORT,
};

async function match(
  args: readonly string[],
  answer: DbcMatches = MATCHES,
): Promise<CtsOutcome & { readonly asked: readonly MatchDbcParams[] }> {
  const asked: MatchDbcParams[] = [];
  const outcome = await runFakeCts(['dbc', 'match', ...args], {
    engine: {
      'dbc/match': (params) => {
        asked.push(params);
        return Promise.resolve(answer);
      },
    },
  });
  return { ...outcome, asked };
}

describe('cts dbc match', () => {
  it('shows which databases fit, and how to use them', async () => {
    expect(await match(['drive', '--limit', '2'])).toEqual({
      exitCode: 0,
      stdout: [
        'car: TOYOTA_RAV4; opendbc reads it with toyota_new, toyota_radar',
        '',
        'bus 0: 49 % of 60,311 frames decoded with toyota_new (by the car that the log names)',
        '  database           frames       ids  other size  checksums right',
        '  toyota_new           49 %  11 of 40                        100 %',
        '  other       less than 1 %   1 of 40           1',
        '',
        'bus 1: no database; 60,311 frames of 40 ids not decoded',
        '  Nothing fits.',
        '',
      ].join('\n'),
      stderr: '96 databases compared.\nTo read the log so: cts dbc decode drive --dbc 0=toyota_new\n',
      asked: [{ path: 'drive', resync: true, projectFolder: resolve('.'), limit: 2 }],
    });
  });

  it('tells where databases come from when there are none', async () => {
    const { stdout, stderr } = await match(['drive'], {
      ...MATCHES,
      fingerprint: null,
      named: [],
      searched: 0,
      report: DAMAGED_REPORT,
    });
    expect(stdout).toMatch(/^car: not told\n/);
    expect(stderr).toMatch(
      /^No database to compare with\. .*--opendbc FOLDER, or CTS_OPENDBC\.\nnot whole: /,
    );
  });

  it('gives programs one JSON document', async () => {
    const { stdout, stderr } = await match(['drive', '--json']);
    expect(JSON.parse(stdout)).toEqual(MATCHES);
    expect(stderr).toBe('');
  });
});

const LIST: DbcList = {
  searchPaths: [
    { path: '/opendbc', databases: 2, problem: null },
    { path: '/gone', databases: 0, problem: 'there is no such folder' },
  ],
  databases: [
    { name: 'acura', path: '/opendbc/acura.dbc', kind: 'file' },
    { name: 'toyota', path: '/opendbc/generator/toyota.dbc', kind: 'template' },
  ],
  notMade: [{ name: 'hyundai', reason: 'only its script knows it' }],
};

async function list(answer: DbcList, ...args: readonly string[]): Promise<CtsOutcome> {
  const asked: ListDbcParams[] = [];
  const outcome = await runFakeCts(['dbc', 'list', ...args], {
    engine: {
      'dbc/list': (params) => {
        asked.push(params);
        return Promise.resolve(answer);
      },
    },
  });
  expect(asked).toEqual([{ projectFolder: resolve('.') }]);
  return outcome;
}

describe('cts dbc list', () => {
  it('shows what can be named, and where it was looked for', async () => {
    expect(await list(LIST)).toEqual({
      exitCode: 0,
      stdout: [
        'database  made             path',
        'acura     file             /opendbc/acura.dbc',
        'toyota    from a template  /opendbc/generator/toyota.dbc',
        '',
      ].join('\n'),
      stderr: [
        '/opendbc: 2 databases',
        'warning: /gone: there is no such folder',
        'hyundai is not made: only its script knows it',
        'A database can be named wherever a DBC file can: cts dbc info NAME, cts dbc decode LOG --dbc 0=NAME',
        '',
      ].join('\n'),
    });
  });

  it('tells what to do where there is none', async () => {
    const { exitCode, stdout, stderr } = await list({ searchPaths: [], databases: [], notMade: [] });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toMatch(/^No database is known yet\. .*--opendbc FOLDER, or CTS_OPENDBC\.\n$/);
  });

  it('gives programs one JSON document', async () => {
    expect(JSON.parse((await list(LIST, '--json')).stdout)).toEqual(LIST);
  });
});
