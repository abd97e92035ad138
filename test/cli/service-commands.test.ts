import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactBody, RunBody } from '#protocol';
import { ctsHome, type CtsEnd, endOf, runCtsProcess, spawnCts } from '../support/cts-process.ts';
import { makeSmallDrive } from '../support/small-drive.ts';

const RUN_ID = '[0-9a-f-]{36}';
const folder = mkdtempSync(join(ctsHome.path, 'work-'));
let runId = '';
let artifact: ArtifactBody;

beforeAll(async () => {
  writeFileSync(join(folder, 'drive.rlog.zst'), zstdCompressSync(makeSmallDrive()));
  const { stdout } = await cts(
    '--json',
    'run',
    'rlog-to-csv',
    '--path',
    'drive.rlog.zst',
    '--out-dir',
    'first',
  );
  runId = (JSON.parse(stdout) as RunBody).id;
  artifact = ((await readJson('art', 'list', runId)) as readonly ArtifactBody[])[0] ?? fail('no artifact');
}, 60_000);

function fail(reason: string): never {
  throw new Error(reason);
}

function cts(...args: readonly string[]): Promise<CtsEnd> {
  return runCtsProcess(args, { cwd: folder });
}

/** What a command prints under `--json`: one document, and nothing besides. */
async function readJson(...args: readonly string[]): Promise<unknown> {
  const { exitCode, stdout, stderr } = await cts(...args, '--json', '--quiet');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** By their ids. */
const TOOLS = [
  'can-bit-transition',
  'can-bitwatch',
  'can-unique',
  'cruise-control-analyzer',
  'find-signal',
  'log-stats',
  'rlog-to-csv',
  'signals-export',
].map((id) => ({ id }));

/** Stands for the id of the run and of its artifact in arguments. */
function fill(args: readonly string[]): readonly string[] {
  return args.map((arg) => arg.replace('RUN', runId).replace('ARTIFACT', artifact.id));
}

describe('a command is for people and for programs', () => {
  it.each([
    { args: ['ping'], text: /^CTS-Lite API is healthy\nStatus: healthy\n/, json: { status: 'healthy' } },
    { args: ['cap'], text: /\nrlog-to-csv .*\n/, json: { tools: TOOLS, monitors: [] } },
    { args: ['capabilities'], text: /\nFeatures: /, json: { tools: TOOLS } },
    { args: ['tools'], text: /^rlog-to-csv {2}/m, json: TOOLS },
    { args: ['describe', 'rlog-to-csv'], text: /\n {2}window_start +number/, json: { id: 'rlog-to-csv' } },
    {
      args: ['status'],
      text: /\nTools +8 tools: .*rlog-to-csv.*\n$/,
      json: { status: 'healthy', active_runs: 0 },
    },
    {
      args: ['runs', 'list', '--status', 'completed'],
      text: /^ID +Tool +Status/,
      json: [{ status: 'completed' }],
    },
    { args: ['runs', 'list', '--active'], text: /^$/, json: [] },
    { args: ['runs', 'get', 'RUN'], text: /\nStatus +completed\n/, json: { status: 'completed' } },
    { args: ['runs', 'get', '--run-id', 'RUN'], text: /^ID /, json: { tool_id: 'rlog-to-csv' } },
    { args: ['runs', 'manifest', 'RUN'], text: /^\{\n/, json: { tool: { id: 'rlog-to-csv' } } },
    { args: ['runs', 'cancel', 'RUN'], text: /already completed: /, json: { status: 'completed' } },
    {
      args: ['runs', 'clean', '--older-than', '0s', '--dry-run'],
      text: /^Would remove \d+ run/,
      json: { dry_run: true },
    },
    { args: ['art', 'list', 'RUN'], text: /\n.* drive\.csv /, json: [{ filename: 'drive.csv', rows: 4 }] },
    { args: ['mon', 'ls'], text: /^$/, json: [] },
    { args: ['doctor'], text: /\nok +store: /, json: { healthy: true } },
    { args: ['config', 'list'], text: /^$/, json: { profiles: {} } },
    { args: ['config', 'path'], text: /config\.toml\n$/, json: { path: /config\.toml$/ } },
  ])('$args', async ({ args, text, json }) => {
    const { exitCode, stdout } = await cts(...fill(args));
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(text);
    const told = await readJson(...fill(args));
    if ('path' in json) expect((told as { path: string }).path).toMatch(json.path);
    else if (Array.isArray(json)) expect(Array.isArray(told)).toBe(true);
    else expect(told).toMatchObject(json);
    if (Array.isArray(json) && json.length > 0)
      expect((told as readonly unknown[])[0]).toMatchObject(json[0] ?? {});
  });

  it('cts logs: lines of text, lines of JSON, the same when followed', async () => {
    const { stdout } = await cts('logs', runId);
    expect(stdout).toMatch(/^\[20\d\d-.*\] INFO: Starting rlog-to-csv execution\n/);
    expect((await cts('logs', runId, '--follow')).stdout).toBe(stdout);
    const lines = (await cts('logs', runId, '--json')).stdout.trimEnd().split('\n');
    const entries = lines.map((line) => JSON.parse(line) as { sequence: number });
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, index) => index + 1));
  });
});

describe('cts run', () => {
  it('only starts a run when nothing is waited for', async () => {
    const { stdout, stderr } = await cts('run', 'rlog-to-csv', '--path', 'drive.rlog.zst');
    expect(stdout).toMatch(new RegExp(`^Started run: ${RUN_ID}\n$`));
    expect(stderr).toBe('');
  });

  it('takes what was uploaded, follows, and fetches', async () => {
    const { exitCode, stdout } = await cts(
      'run',
      'rlog-to-csv',
      '--upload',
      'drive.rlog.zst',
      '--follow',
      '--out-dir',
      'u',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /\] INFO: Starting rlog-to-csv execution\n[^]*\nWrote u\/drive\.csv with 4 rows\.\n$/,
    );
    expect(stdout.match(/Starting rlog-to-csv/g)).toHaveLength(1);
    expect(readdirSync(join(folder, 'u'))).toEqual(['drive.csv']);
  });

  it('gives programs lines of JSON under --follow, the run last', async () => {
    const args = ['run', 'rlog-to-csv', '--path', 'drive.rlog.zst', '--follow', '--json', '--out-dir', 'j'];
    const lines = (await cts(...args)).stdout.trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ status: 'completed', downloads: [{ rows: 4 }] });
    expect(lines.slice(0, -1).every((line) => 'sequence' in (JSON.parse(line) as object))).toBe(true);
  });

  it('gives the same run for the same key', async () => {
    const args = ['run', 'rlog-to-csv', '--path', 'drive.rlog.zst', '--idempotency-key', 'noon'];
    const [first, second] = [await cts(...args), await cts(...args)];
    expect(second.stdout).toBe(first.stdout);
  });

  it('leaves a file with other content alone', async () => {
    writeFileSync(join(folder, 'first', 'drive.csv'), 'mine');
    const args = ['runs', 'get', runId, '--out-dir', 'first'];
    expect(await cts(...args)).toMatchObject({ exitCode: 1 });
    expect(readFileSync(join(folder, 'first', 'drive.csv'), 'utf8')).toBe('mine');
    expect(await cts(...args, '--force')).toMatchObject({ exitCode: 0 });
    expect(hashOf(readFileSync(join(folder, 'first', 'drive.csv')))).toBe(artifact.sha256);
  });
});

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('cts art get', () => {
  it('prints and saves the same bytes', async () => {
    const { stdout } = await cts('art', 'get', artifact.id, '--stdout');
    expect(hashOf(Buffer.from(stdout))).toBe(artifact.sha256);
    expect((await cts('art', 'get', artifact.id, '--download', 'x.csv')).stdout).toBe(
      'Wrote x.csv with 4 rows.\n',
    );
    expect(readFileSync(join(folder, 'x.csv'), 'utf8')).toBe(stdout);
  });

  it('ends without a word when its reader has seen enough', async () => {
    const child = spawnCts(['art', 'get', artifact.id, '--stdout'], { cwd: folder });
    child.stdout.destroy();
    expect(await endOf(child)).toMatchObject({ stderr: '' });
  });
});

describe('cts rerun', () => {
  it('leaves the same bytes', async () => {
    expect(await readJson('rerun', runId, '--out-dir', 'again')).toMatchObject({
      rerun_of: runId,
      artifacts_equal: true,
      downloads: [{ sha256: artifact.sha256 }],
    });
    expect((await cts('rerun', runId, '--out-dir', 'again')).stdout).toMatch(
      /^The artifacts are equal to those of /,
    );
  });
});

describe('cts batch', () => {
  it('ends with 3 when one of many fails', async () => {
    writeFileSync(join(folder, 'broken.zst'), 'no log at all, and quite long enough to tell');
    const { exitCode, stdout } = await cts(
      'batch',
      'rlog-to-csv',
      'drive.rlog.zst',
      'broken.zst',
      '--out-dir',
      'b',
    );
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(
      /^File +Status +Duration +Result\ndrive\.rlog\.zst +completed .*Wrote b\/drive\.csv with 4 rows\./,
    );
    expect(stdout).toMatch(/\nbroken\.zst +failed /);
  });
});

describe('cts upload', () => {
  it('tells what the service has', async () => {
    const bytes = readFileSync(join(folder, 'drive.rlog.zst'));
    expect(await readJson('upload', 'drive.rlog.zst')).toMatchObject({
      filename: 'drive.rlog.zst',
      status: 'completed',
      size: bytes.length,
      sha256: hashOf(bytes),
    });
    expect((await cts('upload', 'drive.rlog.zst')).stdout).toMatch(
      /^Upload completed: .*\nFilename: drive\.rlog\.zst\n/,
    );
  });
});

describe('logs where the service is', () => {
  it('read the same as here', async () => {
    const url = ctsHome.service?.url ?? '';
    for (const args of [
      ['info', join(folder, 'drive.rlog.zst'), '--json'],
      ['events', join(folder, 'drive.rlog.zst'), '--service', 'carState'],
    ]) {
      const here = await cts(...args);
      expect(here.exitCode).toBe(0);
      expect(await cts('--url', url, ...args)).toEqual(here);
    }
  });
});

describe('what goes wrong', () => {
  it.each([
    { args: ['runs', 'get', 'nope'], exitCode: 1, code: 'RUN_NOT_FOUND' },
    { args: ['logs', 'nope'], exitCode: 1, code: 'RUN_NOT_FOUND' },
    { args: ['logs', 'nope', '--follow'], exitCode: 1, code: 'RUN_NOT_FOUND' },
    { args: ['art', 'get', 'nope'], exitCode: 1, code: 'ARTIFACT_NOT_FOUND' },
    { args: ['describe', 'nope'], exitCode: 2, code: 'TOOL_NOT_FOUND' },
    { args: ['mon', 'start', 'x'], exitCode: 1, code: 'MONITOR_NOT_FOUND' },
    { args: ['mon', 'stop', 'x'], exitCode: 1, code: 'MONITOR_NOT_FOUND' },
    { args: ['mon', 'stream', 'x'], exitCode: 1, code: 'MONITOR_NOT_FOUND' },
    { args: ['run', 'rlog-to-csv'], exitCode: 2, code: 'INPUT_MISSING' },
    { args: ['run', 'rlog-to-csv', '--profile', 'x'], exitCode: 2, code: 'PROFILE_NOT_FOUND' },
    { args: ['download', 'no route'], exitCode: 2, code: 'INVALID_ROUTE_NAME' },
    { args: ['--url', 'http://127.0.0.1:1', 'ping'], exitCode: 2, code: 'SERVER_UNREACHABLE' },
  ])('$args: $code', async ({ args, exitCode, code }) => {
    const end = await cts(...args, '--json');
    expect({ exitCode: end.exitCode, stdout: end.stdout }).toEqual({ exitCode, stdout: '' });
    expect(JSON.parse(end.stderr)).toMatchObject({ error: { code } });
  });
});
