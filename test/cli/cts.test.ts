import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LogInfo, RunBody, ToolCapabilityBody } from '#protocol';
import { type CtsEnd, runCtsProcess } from '../support/cts-process.ts';
import { makeLog } from '../support/log-builder.ts';
import { readRepositoryFile } from '../support/repository.ts';
import { FIRST_SEGMENT, makeSmallDrive, SECOND_SEGMENT } from '../support/small-drive.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const drive = makeSmallDrive();
const CSV = `window,segment,timestamp,address,bus,data_hex
1,pre,0.000000,0x040,0,00112233
1,pre,0.000000,0x119,1,
1,pre,0.000000,0x122,128,FFEE
1,window,0.500000,0x040,0,01112233
`.replaceAll('\n', '\r\n');

beforeEach(() => {
  writeFileSync(join(folder.path, 'drive.rlog.zst'), zstdCompressSync(drive));
});

function cts(...args: readonly string[]): Promise<CtsEnd> {
  return runCtsProcess(args, { cwd: folder.path });
}

function readText(...names: readonly string[]): string {
  return readFileSync(join(folder.path, ...names), 'utf8');
}

describe('cts', () => {
  it('tells its version', async () => {
    const { version } = JSON.parse(readRepositoryFile('package.json')) as { version: string };
    expect(await cts('--version')).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('shows help', async () => {
    const { exitCode, stdout, stderr } = await cts('--help');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: cts \[options\] \[command\]\n/);
  });
});

describe('cts info', () => {
  it('describes a log for people', async () => {
    const { exitCode, stdout, stderr } = await cts('info', 'drive.rlog.zst');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^drive\n/);
    expect(stdout).toMatch(/\n {2}car +SUBARU_OUTBACK, subaru, VIN 4S3\*{14}\n/);
    expect(stderr).toMatch(/^whole: 8 events read; \d+ B of zstd held 1\.4 kB of log\n$/);
  });

  it('describes a folder of segments as one route, for programs', async () => {
    for (const [segment, events] of [FIRST_SEGMENT, SECOND_SEGMENT].entries()) {
      const place = join(folder.path, 'logs', `00000001--a1b2c3d4e5--${String(segment)}`);
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'rlog'), makeLog(events));
    }
    const { exitCode, stdout, stderr } = await cts('--json', 'info', 'logs');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const info = JSON.parse(stdout) as LogInfo;
    expect(info).toMatchObject({ path: 'logs', route: '00000001--a1b2c3d4e5', durationSeconds: 60.5 });
    expect(info.report.segments.map(({ segment, events }) => [segment, events])).toEqual([
      [0, 8],
      [1, 4],
    ]);
  });
});

describe('cts events', () => {
  it.each([
    { args: ['--service', 'carState'], times: ['100250000000', '101000000000'] },
    { args: ['-s', 'carState', '-s', 'sendcan', '--from', '1'], times: ['101000000000', '101000000000'] },
    { args: ['--from', '0.25', '--to', '0.5'], times: ['100500000000', '100250000000'] },
    { args: ['--limit', '1'], times: ['90000000000'] },
  ])('$args prints JSON, one event a line', async ({ args, times }) => {
    const { exitCode, stdout, stderr } = await cts('events', 'drive.rlog.zst', ...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { logMonoTime: string });
    expect(events.map(({ logMonoTime }) => logMonoTime)).toEqual(times);
  });

  it('finds a service under its former name', async () => {
    writeFileSync(
      join(folder.path, 'old'),
      makeLog([{ logMonoTime: 7n, service: 'controlsState', value: {} }]),
    );
    const { exitCode, stdout } = await cts('events', 'old', '--service', 'live100');
    expect(exitCode).toBe(0);
    expect(Object.keys(JSON.parse(stdout) as object)).toContain('controlsState');
  });

  it('offers the nearest names of services', async () => {
    expect(await cts('events', 'drive.rlog.zst', '--service', 'carStat')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'error SERVICE_NOT_FOUND: No service "carStat" in schema v0.10.0. Did you mean carState?\n',
    });
  });
});

describe('cts tools', () => {
  it('lists the tools for programs', async () => {
    const { exitCode, stdout } = await cts('tools', '--json');
    expect(exitCode).toBe(0);
    const ids = (JSON.parse(stdout) as ToolCapabilityBody[]).map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    expect(ids).toContain('rlog-to-csv');
  });
});

describe('cts run', () => {
  it('leaves the files of the tool in a folder that it makes', async () => {
    const args = ['-p', 'window_start=0.5', '-p', 'window-dur=1', '--out-dir', 'a/b', '--wait'];
    const { exitCode, stdout, stderr } = await cts('run', 'rlog-to-csv', '--path', 'drive.rlog.zst', ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'Wrote a/b/drive.csv with 4 rows.\n' });
    expect(stderr).toMatch(/^Started run: .*\nwhole: 8 events read/);
    expect(readText('a', 'b', 'drive.csv')).toBe(CSV);
  });

  it('tells programs what it left, and shows progress when asked', async () => {
    const { exitCode, stdout, stderr } = await cts(
      ...['--json', '--progress', 'run', 'rlog-to-csv', '--path', 'drive.rlog.zst'],
      ...['-p', 'out=x.csv', '--out-dir', '.'],
    );
    expect(exitCode).toBe(0);
    const run = JSON.parse(stdout) as RunBody & { readonly downloads: readonly object[] };
    expect(run).toMatchObject({ tool_id: 'rlog-to-csv', status: 'completed', params: { resync: true } });
    expect(run.downloads).toMatchObject([{ filename: 'x.csv', path: join(folder.path, 'x.csv'), rows: 4 }]);
    expect(stderr).toMatch(/^Started run: .*\n(?:.* % {2}.*\n)*100 % {2}.*\nwhole: /);
    expect(readText('x.csv')).toBe(CSV.replace('window,0.5', 'pre,0.5'));
  });

  it.each([
    { args: ['rlog-to-cvs'], stderr: /^error TOOL_NOT_FOUND: .*rlog-to-cvs/ },
    {
      args: ['rlog-to-csv', '-p', 'windw_start=1'],
      stderr: /^error UNKNOWN_PARAMETER: .*"windw_start"[^]*window_start/,
    },
    {
      args: ['rlog-to-csv', '-p', 'window_start=noon'],
      stderr: /^error INVALID_PARAMETER: .*window_start.* number/,
    },
    {
      args: ['rlog-to-csv', '-p', 'out=a/b.csv'],
      stderr: /^error INVALID_PARAMETER: .*out.*a plain file name/,
    },
  ])('refuses $args, and writes nothing', async ({ args, ...expected }) => {
    const { exitCode, stdout, stderr } = await cts('run', ...args, '--path', 'drive.rlog.zst');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(expected.stderr);
    expect(readdirSync(folder.path)).toEqual(['drive.rlog.zst']);
  });
});
