import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CtsOutcome, runFakeCts } from '../../../support/fake-engine.ts';
import { bytes, json, text, useFakeService } from '../../../support/fake-service.ts';
import { ARTIFACT, CONTENT, QUEUED_RUN, RUN, RUNNING_RUN } from '../../../support/service-bodies.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const service = useFakeService();
const folder = useTemporaryFolder();

function cts(...args: readonly string[]): Promise<CtsOutcome> {
  return runFakeCts(['--url', service.current.url, ...args]);
}

/** `cts run` on a log that only the service knows. */
function run(...args: readonly string[]): Promise<CtsOutcome> {
  return cts('run', 'rlog-to-csv', '--path', '/data/rlog.zst', ...args);
}

function completeRuns(): void {
  service.current
    .answer('POST /v1/runs', json(QUEUED_RUN))
    .answer('GET /v1/runs/{id}', json(QUEUED_RUN), json(RUNNING_RUN), json(RUN))
    .answer('GET /v1/runs/{id}/artifacts', json([ARTIFACT]))
    .answer('GET /v1/artifacts/{id}/download', bytes(CONTENT));
}

describe('cts run --follow', () => {
  const EVENTS =
    'retry: 1000\n\n: keepalive\n\n' +
    'id: 1\ndata: {"timestamp":"t1","level":"INFO","message":"reading","source":"tool"}\n\n' +
    'id: 2\ndata: {"timestamp":"t2","level":"WARNING","message":"a\\u001b[0mb","source":"stderr"}\n\n' +
    'event: end\ndata: [DONE]\n\n';

  it('prints what the run says, then what it left', async () => {
    completeRuns();
    service.current.answer('GET /v1/runs/{id}/logs', text(EVENTS, 'text/event-stream'));
    const { exitCode, stdout } = await run('--follow', '--out-dir', folder.path);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: `[t1] INFO: reading\n[t2] WARNING: a\\x1b[0mb\nWrote ${folder.path}/rlog.csv with 643 rows.\n`,
    });
  });

  it('gives programs lines of JSON, the run last', async () => {
    completeRuns();
    service.current.answer('GET /v1/runs/{id}/logs', text(EVENTS, 'text/event-stream'));
    const { stdout } = await run('--follow', '--json', '--out-dir', folder.path);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { sequence: 1, message: 'reading' },
      { sequence: 2, source: 'stderr' },
      { run_id: 'run-1', status: 'completed', downloads: [{ filename: 'rlog.csv' }] },
    ]);
  });

  it('goes on behind the last line when the connection breaks', async () => {
    completeRuns();
    const half = EVENTS.slice(0, EVENTS.indexOf('id: 2'));
    service.current.answer(
      'GET /v1/runs/{id}/logs',
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(half, () => response.destroy());
      },
      text(EVENTS, 'text/event-stream'),
    );
    const { stdout } = await run('--follow', '--out-dir', folder.path);
    expect(stdout.match(/reading/g)).toHaveLength(1);
    expect(stdout).toContain('[t2] WARNING');
    const heard = service.current.heardAt('GET /v1/runs/{id}/logs');
    expect(heard.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '1']);
  });

  it('tells why the service breaks a log off', async () => {
    completeRuns();
    const broken = 'event: error\ndata: {"level":"ERROR","message":"the log is lost"}\n\n';
    service.current.answer('GET /v1/runs/{id}/logs', text(broken, 'text/event-stream'));
    expect(await run('--follow', '-q')).toMatchObject({
      exitCode: 1,
      stderr: 'error INTERNAL_ERROR: The service broke the log off: the log is lost\n',
    });
  });
});

describe('cts run --upload', () => {
  it('hands the file over first', async () => {
    const path = join(folder.path, 'in.csv');
    writeFileSync(path, 'hello');
    service.current
      .answer('POST /v1/uploads', json({ id: 'up-1', received: 0 }, 201))
      .answer('PUT /v1/uploads/{id}/content', json({}))
      .answer('POST /v1/uploads/{id}/finalize', json({ id: 'up-1' }))
      .answer('POST /v1/runs', json(QUEUED_RUN));
    expect((await cts('run', 't', '--upload', path)).stdout).toBe('Started run: run-1\n');
    expect(service.current.bodiesAt('POST /v1/runs')).toMatchObject([
      { input: { type: 'upload', value: 'up-1' } },
    ]);
  });
});

describe('cts run --help', () => {
  it('shows what a tool takes', async () => {
    const { exitCode, stdout, stderr } = await cts('run', 'rlog-to-csv', '--help');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: cts run \[options\] \[tool\]\n/);
    expect(stdout).toContain('\nrlog-to-csv: Every CAN frame of a log as a row of CSV\nParameters, given as');
    expect(stdout).toMatch(/\n {2}count +integer +3 +How many \(1 to 9\)\n/);
    expect(stdout).toMatch(/\n {2}background +files +More frames\n/);
    expect(stdout).toMatch(/\n {2}mode +all\|received +all +Which frames\n/);
  });

  it('is the description of the tool for programs', async () => {
    const { stdout } = await cts('run', 'rlog-to-csv', '--help', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ id: 'rlog-to-csv', parameters: { count: { type: 'int' } } });
  });

  it('offers the tools that there are', async () => {
    expect(await cts('run', 'nope', '-h')).toMatchObject({
      exitCode: 2,
      stderr: 'error TOOL_NOT_FOUND: No tool "nope". There are: rlog-to-csv, count-events\n',
    });
  });
});
