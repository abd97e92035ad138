import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CtsError, type LintParams, type LintResult } from '#protocol';
import { makeFinding, makeLintResult } from '../../../../support/dbc-answers.ts';
import { type CtsCircumstances, type CtsOutcome, runFakeCts } from '../../../../support/fake-engine.ts';
import { SarifLog } from '../../../../support/sarif-schema.ts';
import { useTemporaryFolder } from '../../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const SOURCE = 'VERSION ""\nBO_ 2048 X: 8 Y\n';
const FIX = {
  title: 'Set bit 31 of the id',
  edits: [
    {
      place: { start: { line: 1, character: 4 }, end: { line: 1, character: 8 } },
      text: '2147485696',
    },
  ],
};
const RULES = [
  { code: 'dup-id', summary: 'two messages with one id', help: 'opendbc: …', severity: 'error' },
  { code: 'id-range', summary: 'an id that does not fit', help: 'opendbc: …', severity: 'warning' },
  { code: 'name-length', summary: 'a long name', help: 'opendbc: …', severity: null },
] as const;

type Answer = (params: LintParams) => LintResult;

interface Conversation extends CtsOutcome {
  readonly asked: readonly LintParams[];
}

async function lint(
  args: readonly string[],
  answer: Answer,
  kind: CtsCircumstances = {},
): Promise<Conversation> {
  const asked: LintParams[] = [];
  const outcome = await runFakeCts(['dbc', 'lint', ...args], {
    ...kind,
    engine: {
      // An engine answers later, and fails with a rejection.
      'dbc/lint': async (params) => {
        await Promise.resolve();
        asked.push(params);
        return answer(params);
      },
      'dbc/rules': () => Promise.resolve({ rules: [...RULES] }),
    },
  });
  return { ...outcome, asked };
}

function write(name: string, text = SOURCE): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

const clean: Answer = () => makeLintResult();
const faulty: Answer = () => makeLintResult({ findings: [makeFinding()] });

describe('cts dbc lint', () => {
  it('says so where nothing is found', async () => {
    const path = write('car.dbc');
    expect(await lint([path], clean)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '1 file with 2 messages and 5 signals as opendbc reads: nothing found\n',
      asked: [{ path, profile: 'opendbc' }],
    });
  });

  it('tells each finding in one line where nobody looks, and ends with 6', async () => {
    const path = write('car.dbc');
    const { exitCode, stdout, stderr } = await lint([path], faulty);
    expect(exitCode).toBe(6);
    expect(stdout).toBe(`${path}:2:5: error id-range Id 2048 does not fit into 11 bits\n`);
    expect(stderr).toMatch(/: 1 error\n$/);
  });

  it('shows the place, what belongs to it and the fix on a terminal', async () => {
    const path = write('car.dbc');
    const related = [{ message: 'first here', place: makeFinding().place }];
    const answer: Answer = () => makeLintResult({ findings: [makeFinding({ related, fix: FIX })] });
    const { stdout, stderr } = await lint([path], answer, { isTTY: true, env: { NO_COLOR: '1' } });
    expect(stdout).toBe(
      [
        `${path}:2:5: error id-range Id 2048 does not fit into 11 bits`,
        '2 | BO_ 2048 X: 8 Y',
        '  |     ^^^^',
        `  = ${path}:2:5: first here`,
        '  = --fix: Set bit 31 of the id',
        '',
        '',
      ].join('\n'),
    );
    expect(stderr).toMatch(/: 1 error; --fix mends 1\n$/);
  });

  it('does not obey what a file says', async () => {
    const path = write('car.dbc', 'VERSION ""\nBO_ \u001b[2J8 X\u202e: 8 Y\n');
    const answer: Answer = () => makeLintResult({ findings: [makeFinding({ message: 'a\u001b[2J\nb' })] });
    const { stdout } = await lint([path], answer, { isTTY: true, env: { NO_COLOR: '1' } });
    expect(stdout).toContain('error id-range a\\x1b[2J\\nb\n');
    expect(stdout).toContain('2 | BO_ \ufffd[2J8 X\ufffd: 8 Y\n');
  });

  it.each([
    { args: [], warnings: 3, exitCode: 0 },
    { args: ['--max-warnings', '3'], warnings: 3, exitCode: 0 },
    { args: ['--max-warnings', '2'], warnings: 3, exitCode: 6 },
    { args: ['--max-warnings', '0'], warnings: 0, exitCode: 0 },
    { args: ['--max-warnings', '0', '--severity', 'error'], warnings: 1, exitCode: 6 },
  ])('$args with $warnings warnings ends with $exitCode', async ({ args, warnings, exitCode }) => {
    const findings = Array.from({ length: warnings }, () => makeFinding({ severity: 'warning' }));
    expect((await lint([write('car.dbc'), ...args], () => makeLintResult({ findings }))).exitCode).toBe(
      exitCode,
    );
  });

  it('passes over what is less grave', async () => {
    const findings = (['error', 'warning', 'information', 'hint'] as const).map((severity) =>
      makeFinding({ severity, code: severity }),
    );
    const { stdout, stderr } = await lint([write('car.dbc'), '--severity', 'warning'], () =>
      makeLintResult({ findings }),
    );
    expect(stdout.split('\n').map((line) => line.split(' ')[1])).toEqual(['error', 'warning', undefined]);
    expect(stderr).toMatch(/1 error, 1 warning, 2 notes\n$/);
  });

  it('tells of a file that cannot be read, and looks at the others', async () => {
    const [bad, good] = [write('a.dbc'), write('b.dbc')];
    const { exitCode, stdout, stderr } = await lint([bad, good], ({ path }) => {
      if (path === bad) throw new CtsError('FILE_UNREADABLE', 'Cannot read a.dbc: permission denied');
      return makeLintResult({ findings: [makeFinding()] });
    });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/b\.dbc:2:5: error/);
    expect(stderr).toMatch(/^error FILE_UNREADABLE: Cannot read a\.dbc: permission denied\n1 file with/);
  });

  it('tells how many findings were left out', async () => {
    const { stderr } = await lint([write('car.dbc')], () =>
      makeLintResult({ findings: [makeFinding()], omitted: 1999 }),
    );
    expect(stderr).toMatch(/car\.dbc: the 1 gravest findings of 2,000\n/);
  });

  it('says nothing but findings under --quiet', async () => {
    const { stdout, stderr } = await lint(['-q', write('car.dbc')], faulty);
    expect(stdout).not.toBe('');
    expect(stderr).toBe('');
  });
});

describe('folders', () => {
  it('stand for all DBC files below them, in order and once', async () => {
    mkdirSync(join(folder.path, 'b/c'), { recursive: true });
    mkdirSync(join(folder.path, '.git'));
    mkdirSync(join(folder.path, 'x.dbc'));
    for (const name of ['b/c/1.dbc', 'b/2.DBC', 'a.dbc', 'a.txt', '.git/3.dbc']) write(name);
    symlinkSync(folder.path, join(folder.path, 'b/loop'));
    symlinkSync(join(folder.path, 'a.dbc'), join(folder.path, 'b/link.dbc'));
    const { asked } = await lint([folder.path, join(folder.path, 'a.dbc')], clean);
    expect(asked.map(({ path }) => path.slice(folder.path.length + 1))).toEqual([
      'a.dbc',
      'b/2.DBC',
      'b/c/1.dbc',
      'b/link.dbc',
    ]);
  });

  it('that cannot be read are not summed up', async () => {
    const { exitCode, stderr } = await lint([write('a.dbc')], () => {
      throw new CtsError('FILE_UNREADABLE', 'Cannot read it');
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'error FILE_UNREADABLE: Cannot read it\n' });
  });

  it('without any are told', async () => {
    const { exitCode, stderr } = await lint([folder.path], clean);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error FILE_NOT_FOUND: No file that ends in \.dbc lies below /);
  });
});

describe('--fix', () => {
  const mended = 'VERSION ""\nBO_ 2147485696 X: 8 Y\n';
  const fixing: Answer = ({ path, fix }) => {
    const isMended = readFileSync(path, 'utf8') === mended;
    if (isMended) return makeLintResult({ findings: [makeFinding({ severity: 'hint' })] });
    const fixed = { contentBase64: Buffer.from(mended).toString('base64'), applied: 1 };
    return makeLintResult({ findings: [makeFinding({ fix: FIX })], fixed: fix === true ? fixed : null });
  };

  it('writes the file in its place, with its permissions, and tells what is left', async () => {
    const path = write('car.dbc');
    chmodSync(path, 0o640);
    const { exitCode, stdout, stderr, asked } = await lint([path, '--fix'], fixing);
    expect(readFileSync(path, 'utf8')).toBe(mended);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(asked.map(({ fix }) => fix)).toEqual([true, undefined]);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: `${path}:2:5: hint id-range Id 2048 does not fit into 11 bits\n`,
    });
    expect(stderr).toMatch(/car\.dbc: 1 change written\n1 file with .*: 1 note\n$/s);
  });

  it('keeps links', async () => {
    const path = write('car.dbc');
    const link = join(folder.path, 'link.dbc');
    symlinkSync('car.dbc', link);
    await lint([link, '--fix'], fixing);
    expect(readFileSync(path, 'utf8')).toBe(mended);
    expect(readFileSync(link, 'utf8')).toBe(mended);
  });

  it('leaves a file alone that changed meanwhile', async () => {
    const path = write('car.dbc');
    const { exitCode, stderr } = await lint([path, '--fix'], (params) => {
      const result = fixing(params);
      writeFileSync(path, `${SOURCE}\n`);
      return result;
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error OUTPUT_NOT_WRITABLE: .*car\.dbc changed while it was looked at/);
    expect(readFileSync(path, 'utf8')).toBe(`${SOURCE}\n`);
  });
});

describe('documents', () => {
  it.each([['--json'], ['--format', 'json']])('%s is one JSON document', async (...args) => {
    const path = write('car.dbc');
    const { exitCode, stdout } = await lint([path, ...args], faulty);
    expect(exitCode).toBe(6);
    expect(JSON.parse(stdout)).toEqual({
      profile: 'opendbc',
      files: [
        {
          path,
          encoding: 'ascii',
          messages: 2,
          signals: 5,
          fixesApplied: 0,
          findings: [makeFinding()],
          omitted: 0,
        },
      ],
      unread: [],
    });
  });

  it('are SARIF where that is wanted', async () => {
    const [bad, good] = [write('a b.dbc'), write('c.dbc')];
    const related = [{ message: 'first here', place: makeFinding().place }];
    const findings = [
      makeFinding({ fix: FIX, related }),
      makeFinding({ code: 'unlisted', severity: 'hint', message: 'ü' }),
    ];
    const { exitCode, stdout } = await lint([bad, good, '--format', 'sarif', '--json'], ({ path }) => {
      if (path === bad) throw new CtsError('FILE_UNREADABLE', 'Cannot read it');
      return makeLintResult({ findings });
    });
    expect(exitCode).toBe(1);
    const log = SarifLog.parse(JSON.parse(stdout));
    expect(log.runs[0]?.results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level])).toEqual([
      ['id-range', 1, 'error'],
      ['unlisted', undefined, 'note'],
    ]);
    expect(log.runs[0]?.invocations[0]).toMatchObject({ executionSuccessful: false });
    expect(log.runs[0]?.results[0]?.locations[0]?.physicalLocation.region).toEqual({
      startLine: 2,
      startColumn: 5,
      endLine: 2,
      endColumn: 9,
    });
  });
});

it('works on this machine, and says so where a service is named', async () => {
  const { exitCode, stdout, stderr } = await lint(['--url', 'http://far.example', write('car.dbc')], clean);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^error INVALID_PARAMETER: cts dbc reads files of this machine/);
  expect((await lint([write('car.dbc')], clean, { env: { CTS_URL: 'http://far.example' } })).exitCode).toBe(
    0,
  );
});
