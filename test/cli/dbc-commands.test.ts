import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import type { DbcInfo, DbcList, DbcMatches } from '#protocol';
import {
  CTS_PROGRAM,
  type CtsEnd,
  ctsHome,
  endOf,
  firstPieceOf,
  runCtsProcess,
} from '../support/cts-process.ts';
import { repository } from '../support/repository.ts';
import { SarifLog } from '../support/sarif-schema.ts';
import { sharedDir } from '../support/shared.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const DRIVE = join(repository, 'media/sample/synthetic-subaru-55mph.rlog.zst');
const EXAMPLES = join(repository, 'docs/examples');
const DATABASE = join(EXAMPLES, 'subaru_global_sample.dbc');
const FRAME = '(1.5) can0 13A#00C1040912202440\n';

function cts(...args: readonly string[]): Promise<CtsEnd> {
  return runCtsProcess(['dbc', ...args], { cwd: folder.path });
}

/** Starts `cts dbc` with a stdin that a test writes to. */
function spawnPiped(...args: readonly string[]): ReturnType<typeof spawn> {
  return spawn(process.execPath, [CTS_PROGRAM, 'dbc', ...args], {
    cwd: folder.path,
    env: { PATH: process.env['PATH'], ...ctsHome.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

async function pipe(text: string, ...args: readonly string[]): Promise<CtsEnd> {
  const child = spawnPiped(...args);
  child.stdin?.end(text);
  return endOf(child);
}

describe('cts dbc lint', () => {
  it('finds nothing in our own example, in any profile', async () => {
    for (const profile of ['opendbc', 'candb++', 'cantools'])
      expect(await cts('lint', DATABASE, '--profile', profile, '--severity', 'warning')).toMatchObject({
        exitCode: 0,
        stdout: '',
      });
  });

  it('tells errors by its exit code, mends what is safe, and leaves the rest', async () => {
    const path = join(folder.path, 'car.dbc');
    copyFileSync(join(EXAMPLES, 'faulty.dbc'), path);
    const before = await cts('lint', 'car.dbc', '--profile', 'cantools');
    expect(before.exitCode).toBe(6);
    expect(before.stdout).toMatch(/^car\.dbc:13:5: error id-range /m);
    await cts('lint', 'car.dbc', '--fix', '--profile', 'cantools');
    expect(readFileSync(path, 'utf8')).toContain(`BO_ ${String(2 ** 31 + 419_361_278)} ENGINE_HOURS`);
    const after = await cts('lint', 'car.dbc', '--profile', 'cantools');
    expect(after.stdout).not.toContain('id-range');
    expect(after.stdout.split('\n').length).toBeLessThan(before.stdout.split('\n').length);
  });

  it('writes SARIF', async () => {
    const { exitCode, stdout } = await cts('lint', EXAMPLES, '--format', 'sarif');
    expect(exitCode).toBe(6);
    const log = SarifLog.parse(JSON.parse(stdout));
    expect(log.runs[0]?.artifacts).toHaveLength(2);
    expect(log.runs[0]?.tool.driver.rules.length).toBeGreaterThan(40);
    expect(log.runs[0]?.results.every(({ ruleIndex }) => ruleIndex !== undefined)).toBe(true);
    expect(log.runs[0]?.results.some(({ fixes }) => fixes !== undefined)).toBe(true);
  });

  it.each([
    { what: 'is not there', name: 'gone.dbc', code: 'FILE_NOT_FOUND' },
    { what: 'is no DBC file', name: 'noise.dbc', code: undefined },
  ])('copes with what $what', async ({ name, code }) => {
    writeFileSync(
      join(folder.path, 'noise.dbc'),
      Uint8Array.from({ length: 100_000 }, (_, i) => i * 37),
    );
    const { exitCode, stderr } = await cts('lint', name, '--severity', 'error');
    expect(exitCode).toBe(code === undefined ? 6 : 1);
    expect(stderr).toMatch(code === undefined ? /^1 file with 0 messages/ : new RegExp(`^error ${code}: `));
  });
});

describe('cts dbc info, list and match', () => {
  it('show a database, and which there are', async () => {
    const { stdout } = await cts('info', DATABASE, '--json', '--message', '0x13A');
    const info = JSON.parse(stdout) as DbcInfo;
    expect(info).toMatchObject({
      checksums: 'SUBARU',
      messages: [{ name: 'WHEEL_SPEEDS', cycleTimeMs: 20 }],
    });
    const list = JSON.parse((await cts('list', '--json', '--opendbc', EXAMPLES)).stdout) as DbcList;
    expect(list.databases.map(({ name }) => name)).toEqual(['faulty', 'subaru_global_sample']);
  });

  it('find the database of a log by what is on its buses', async () => {
    const { stdout } = await cts('match', DRIVE, '--json', '--opendbc', EXAMPLES);
    const { buses } = JSON.parse(stdout) as DbcMatches;
    expect(buses[0]?.candidates[0]?.name).toBe('subaru_global_sample');
    expect(buses[0]?.candidates[0]?.coverage.wrongChecksums).toBe(0);
    expect(buses[0]?.candidates[0]?.coverage.checkedFrames).toBeGreaterThan(100);
  });
});

describe('cts dbc decode', () => {
  it('decodes a log', async () => {
    const { exitCode, stdout, stderr } = await cts(
      ...[
        'decode',
        DRIVE,
        '--dbc',
        DATABASE,
        '--message',
        'CRUISE_SET_SPEED',
        '--signal',
        'SET_SPEED',
        '--json',
      ],
    );
    expect(exitCode).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1000);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ bus: 0 });
    expect(stderr).toMatch(/^bus 0: \d+ % of 41,340 frames decoded with subaru_global_sample \(named on/m);
  });

  it('decodes text as it comes, and tells what it cannot read', async () => {
    const child = spawnPiped('decode', '--dbc', DATABASE);
    child.stdin?.write(FRAME);
    expect(child.stdout === null ? '' : await firstPieceOf(child.stdout)).toContain('WHEEL_SPEEDS');
    const end = endOf(child);
    child.stdin?.end('noise\n');
    const { exitCode, stderr } = await end;
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^warning: line 2: /);
    expect(stderr).toMatch(/\n1 of 1 frame decoded, 100 %\n$/);
  });

  it('decodes much text with bounded memory, back-pressure included', async () => {
    const { exitCode, stdout } = await pipe(
      FRAME.repeat(200_000),
      'decode',
      '-',
      '--dbc',
      DATABASE,
      '--json',
    );
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toHaveLength(200_001);
  });

  it('ends quietly when its reader goes away', async () => {
    const script = `'${process.execPath}' '${CTS_PROGRAM}' dbc decode '${DRIVE}' --dbc '${DATABASE}' | head -n 1`;
    const child = spawn('sh', ['-c', script], {
      env: { PATH: process.env['PATH'], ...ctsHome.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { exitCode, stdout, stderr } = await endOf(child);
    expect({ exitCode, stderr, lines: stdout.split('\n').length }).toEqual({
      exitCode: 0,
      stderr: '',
      lines: 2,
    });
  });
});

const corpus = join(sharedDir ?? '', 'vectors/schema');

describe.runIf(existsSync(corpus))('the whole corpus', () => {
  it('is linted in one call in less than 2 s', { retry: 3 }, async () => {
    const startedMs = performance.now();
    const { exitCode, stderr } = await cts('lint', corpus, '--severity', 'error');
    const seconds = (performance.now() - startedMs) / 1000;
    expect(exitCode).toBe(6);
    expect(stderr).toMatch(/^\d+ files with /m);
    expect(seconds).toBeLessThan(2);
  });
});
