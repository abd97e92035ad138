import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import { canBitwatch } from '../../server/tools/can-bitwatch/can-bitwatch.ts';
import { runCtsProcess } from '../support/cts-process.ts';
import { repository } from '../support/repository.ts';
import { sharedDir } from '../support/shared.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { runTool, textInput, type ToolRun } from '../support/tool-run.ts';

const FIXTURES = join(repository, 'test/fixtures/can-bitwatch');

/** One call of comma-tools' program. */
interface Case {
  readonly name: string;
  readonly folder: string;
  readonly argv: readonly string[];
  readonly exit_code: number;
  readonly stdout: string;
  readonly files: readonly string[];
}

/** Several buses carry the same address in these, so statistics per bus must differ: see below. */
const MUST_DIFFER = ['multi_bus_same_address', 'random_2000'];

const cases = listCases(FIXTURES);
const folder = useTemporaryFolder();

function listCases(folder: string): readonly Case[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'case.json')))
    .map((name) => {
      const text = readFileSync(join(folder, name, 'case.json'), 'utf8');
      return { ...(JSON.parse(text) as Omit<Case, 'name' | 'folder'>), name, folder: join(folder, name) };
    });
}

const OPTIONS = ['--csv', '--output-prefix', '--window-start', '--watch', '--help'];

/** The arguments of the original program as parameters: options may be cut short, and the last of a name counts. */
function translate(argv: readonly string[]): { input: string; parameters: ParameterValues } {
  const given = new Map<string, string[]>();
  let values: string[] = [];
  for (const argument of argv) {
    if (argument.startsWith('--')) given.set(complete(argument), (values = []));
    else values.push(argument);
  }
  const first = (option: string): string | undefined => given.get(option)?.[0];
  const [input, prefix, start, watch] = [
    first('--csv'),
    first('--output-prefix'),
    first('--window-start'),
    given.get('--watch'),
  ];
  const parameters = {
    ...(prefix !== undefined && { output_prefix: prefix }),
    ...(start !== undefined && { window_start: start }),
    ...(watch !== undefined && { watch }),
  };
  return { input: input ?? '', parameters };
}

function complete(argument: string): string {
  const [option, ...others] = OPTIONS.filter((each) => each.startsWith(argument));
  if (option === undefined || others.length > 0) throw new Error(`no option is called ${argument}`);
  return option;
}

function findCase(name: string): Case {
  const found = cases.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no case is called ${name}`);
  return found;
}

function run({ folder, argv }: Case, change = (csv: string): string => csv): Promise<ToolRun> {
  const { input, parameters } = translate(argv);
  const text = change(readFileSync(join(folder, input), 'utf8'));
  return runTool(canBitwatch, { input: textInput('input', text, 1000), parameters });
}

/** Drops the last cell of every row, which must be the bus: the name of the column, then a number. */
function dropBus(csv: string): string {
  const [header = '', ...rows] = csv.split('\r\n');
  expect(header.endsWith(',bus')).toBe(true);
  expect(rows.pop()).toBe('');
  const cut = rows.map((row) => {
    expect(row).toMatch(/,\d{1,3}$/);
    return row.slice(0, row.lastIndexOf(','));
  });
  return [header.slice(0, -',bus'.length), ...cut, ''].join('\r\n');
}

/** Drops the bus in front of the addresses. */
function dropBusOfKeys(json: string): string {
  return json.replace(/^ {2}"\d{1,3}:(0x[\dA-F]{3,8})": \{$/gm, '  "$1": {');
}

/** What a run wrote of comma-tools' files, by their names in the case, without buses. */
function readAsBefore(files: ToolRun['files'], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const text = files.get(name.split('/').at(-1) ?? '')?.toString() ?? 'not written';
      return [name, name.endsWith('.json') ? dropBusOfKeys(text) : dropBus(text)];
    }),
  );
}

function readExpected({ folder, files }: Case): Record<string, string> {
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

const isEqualCase = ({ name, exit_code, files }: Case): boolean =>
  exit_code === 0 && files.length > 0 && !MUST_DIFFER.includes(name);

describe('can-bitwatch writes what comma-tools writes, and the bus', () => {
  it('in all cases', () => {
    expect(cases).toHaveLength(33);
    expect(cases.filter(isEqualCase)).toHaveLength(22);
  });

  it.each(cases.filter(isEqualCase))('$name', async (each) => {
    const { files } = await run(each);
    expect(readAsBefore(files, each.files)).toEqual(readExpected(each));
  });

  it.each(cases.filter(isEqualCase))('$name: says so', async (each) => {
    const { lines } = await run(each);
    const names = each.stdout.split('\n').slice(1, -1);
    const told = lines.map((line) => line.replace(/^INFO /, ''));
    expect(told).toContain('Wrote:');
    // Names alone: files become artifacts, wherever their paths led.
    for (const name of names) expect(told).toContain(`  ${name.trim().split('/').at(-1) ?? ''}`);
  });

  const uncopied = sharedDir === undefined ? [] : listCases(join(sharedDir, 'golden/can-bitwatch'));
  it.skipIf(sharedDir === undefined)('in the cases that are not copied', async () => {
    const others = uncopied.filter(({ name }) => !cases.some((copied) => copied.name === name));
    expect(others.map(({ name }) => name)).toEqual(['sample_from_upstream_test']);
    for (const each of others) {
      const { files } = await run(each);
      expect(readAsBefore(files, each.files)).toEqual(readExpected(each));
    }
  });
});

describe('can-bitwatch fails where comma-tools fails, and leaves no files', () => {
  it.each([
    [
      'err_bad_hex',
      'input, line 2, column "data_hex": found "GG"; hexadecimal digits are expected, such as 0011AAFF; blanks, commas and 0x may stand between them',
    ],
    ['err_bad_segment', 'input, line 2, column "segment": found "during"; pre, window or post is expected'],
    [
      'err_bad_timestamp',
      'input, line 2, column "timestamp": found "abc"; a finite number of seconds is expected, such as 12.345678',
    ],
    [
      'err_missing_segment_column',
      'input, line 1: no column is called "segment"; the header is "window, timestamp, address, bus, data_hex"',
    ],
    ['err_bad_watch_no_colon', 'Cannot watch "0x123": an address, ":" and a bit are expected'],
    ['err_bad_watch_label', 'Cannot watch "0x123:b4": "b4" may count from either end: is it 4?'],
  ])('%s', async (name, message) => {
    const each = findCase(name);
    expect(each).toMatchObject({ exit_code: 1, files: [] });
    await expect(run(each)).rejects.toThrow(message);
  });

  it('err_missing_file', async () => {
    expect(findCase('err_missing_file')).toMatchObject({ exit_code: 1, files: [] });
    const end = await runCtsProcess(['run', 'can-bitwatch', '--path', 'nope.csv', '--out-dir', '.'], {
      cwd: folder.path,
    });
    expect(end).toMatchObject({ exitCode: 1, stdout: '' });
    expect(end.stderr).toMatch(/^error FILE_NOT_FOUND: Cannot read .*nope\.csv/);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('err_no_args: an option that it does not have', async () => {
    await expect(
      runTool(canBitwatch, { input: textInput('input', ''), parameters: { bogus: true } }),
    ).rejects.toMatchObject({ code: 'UNKNOWN_PARAMETER' });
  });
});

it('can-bitwatch tells of every parameter, as in the case help', async () => {
  const { stdout, exitCode } = await runCtsProcess(['run', 'can-bitwatch', '--help'], { cwd: folder.path });
  expect(exitCode).toBe(findCase('help').exit_code);
  for (const name of ['csv', 'output_prefix', 'window_start', 'watch'])
    expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
});

describe('can-bitwatch differs from comma-tools', () => {
  it('in multi_bus_same_address: alternating buses are no toggles', async () => {
    const each = findCase('multi_bus_same_address');
    const { files } = await run(each);
    const written = Object.fromEntries([...files].map(([name, bytes]) => [name, bytes.toString()]));
    expect(written).toMatchObject({
      'out.counts.csv': 'address,pre,window,post,delta,bus\r\n0x099,0,2,0,2,0\r\n0x099,0,2,0,2,2\r\n',
      'out.bit_edges.csv': 'address,byte,msb_bit,lsb_bit,global_idx,timestamp,rel,edge,segment,bus\r\n',
      'out.candidates_window_only.csv': 'address,global_idx,toggles,bus\r\n',
      'out.accel_hunt.csv': 'address,global_idx,pulses,valid_three_2s,bus\r\n',
    });
    expect(JSON.parse(written['out.per_address.json'] ?? '')).toEqual({
      '0:0x099': { window: { unique_payloads: 1, top_payloads: [['00', 2]] } },
      '2:0x099': { window: { unique_payloads: 1, top_payloads: [['FF', 2]] } },
    });
    expect(readAsBefore(files, each.files)).not.toEqual(readExpected(each));
  });

  it.each(MUST_DIFFER)('in %s by nothing but the buses: all on one, it is the same', async (name) => {
    const each = findCase(name);
    const { files } = await run(each, (csv) => csv.replaceAll(/,\d+(,[\dA-F]+\r?\n)/g, ',7$1'));
    expect(readAsBefore(files, each.files)).toEqual(readExpected(each));
    const rows = files.get('out.counts.csv')?.toString().trim().split('\r\n').slice(1) ?? [];
    expect(rows.every((row) => row.endsWith(',7'))).toBe(true);
  });
});
