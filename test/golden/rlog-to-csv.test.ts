import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCtsProcess } from '../support/cts-process.ts';
import { repository } from '../support/repository.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const FIXTURES = join(repository, 'test/fixtures/rlog-to-csv');

/** One call of comma-tools' program. */
interface Case {
  readonly name: string;
  readonly argv: readonly string[];
  readonly exit_code: number;
  readonly stdout: string;
}

const cases = readdirSync(FIXTURES)
  .filter((name) => existsSync(join(FIXTURES, name, 'case.json')))
  .map((name): Case => {
    const text = readFileSync(join(FIXTURES, name, 'case.json'), 'utf8');
    return { ...(JSON.parse(text) as Omit<Case, 'name'>), name };
  });

const folder = useTemporaryFolder();

/** Turns the arguments of the original program into ours. */
function translate(argv: readonly string[]): string[] {
  const values = new Map<string, string>();
  for (let i = 0; i < argv.length; i += 2) values.set(argv[i] ?? '', argv[i + 1] ?? '');
  return ['run', 'rlog-to-csv', ...[...values].flatMap(([option, value]) => translateOption(option, value))];
}

function translateOption(option: string, value: string): readonly string[] {
  if (option === '--rlog') return ['--path', value];
  if (option === '--out') return ['--out-dir', dirname(value), '-p', `out=${basename(value)}`];
  return ['-p', `${option.slice(2)}=${value}`];
}

describe('rlog-to-csv writes what comma-tools writes', () => {
  it('in all cases', () => {
    expect(cases).toHaveLength(11);
  });

  it.each(cases.filter((each) => each.exit_code === 0))('$name', async ({ name, argv, stdout }) => {
    cpSync(join(FIXTURES, name, 'rlog.zst'), join(folder.path, 'rlog.zst'));
    const end = await runCtsProcess(translate(argv), { cwd: folder.path });
    expect(end).toMatchObject({ exitCode: 0, stdout });
    expect(readdirSync(join(folder.path, 'expected'))).toEqual(['out.csv']);
    const written = readFileSync(join(folder.path, 'expected/out.csv'));
    expect(written.equals(readFileSync(join(FIXTURES, name, 'expected/out.csv')))).toBe(true);
  });
});

describe('rlog-to-csv differs from comma-tools', () => {
  it('in the words for a log that is not named', async () => {
    const { argv, exit_code } = cases.find(({ name }) => name === 'err_missing_rlog') ?? {
      argv: [],
      exit_code: NaN,
    };
    const end = await runCtsProcess(translate(argv), { cwd: folder.path });
    expect(end).toMatchObject({ exitCode: exit_code, stdout: '' });
    expect(end.stderr).toContain("error INPUT_MISSING: Required parameter 'rlog' missing");
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('in needing no name for the file: it is called after the log', async () => {
    const { argv } = cases.find(({ name }) => name === 'err_missing_out') ?? { argv: [] };
    cpSync(join(FIXTURES, 'no_window', 'rlog.zst'), join(folder.path, argv[1] ?? ''));
    const end = await runCtsProcess([...translate(argv), '--out-dir', '.'], { cwd: folder.path });
    expect(end).toMatchObject({ exitCode: 0, stdout: 'Wrote x.csv with 45 rows.\n' });
    const expected = readFileSync(join(FIXTURES, 'no_window', 'expected/out.csv'));
    expect(readFileSync(join(folder.path, 'x.csv')).equals(expected)).toBe(true);
  });
});
