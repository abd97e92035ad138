import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CtsOutcome, runFakeCts } from '../../../support/fake-engine.ts';
import { bytes, json, problem, useFakeService } from '../../../support/fake-service.ts';
import {
  ARTIFACT,
  CONTENT,
  FAILED_RUN,
  makeArtifact,
  QUEUED_RUN,
  RUN,
  RUNNING_RUN,
} from '../../../support/service-bodies.ts';
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

const REPORT = 'whole: 85,560 events read; 12.2 MB of zstd held 31.9 MB of log\n';

describe('cts run without waiting', () => {
  it('starts a run and says which', async () => {
    service.current.answer('POST /v1/runs', json(QUEUED_RUN));
    expect(await run()).toEqual({ exitCode: 0, stdout: 'Started run: run-1\n', stderr: '' });
    expect(service.current.bodiesAt('POST /v1/runs')).toEqual([
      { tool_id: 'rlog-to-csv', params: {}, input: { type: 'path', value: '/data/rlog.zst' } },
    ]);
    expect(service.current.heard.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/version',
      'POST /v1/runs',
    ]);
  });

  it('gives programs the run and nothing else', async () => {
    service.current.answer('POST /v1/runs', json(QUEUED_RUN));
    const { stdout, stderr } = await run('--json');
    expect(JSON.parse(stdout)).toEqual(QUEUED_RUN);
    expect(stderr).toBe('');
  });

  it('sends everything that it is told', async () => {
    service.current.answer('POST /v1/runs', json(QUEUED_RUN));
    await cts(
      ...['run', 't', '--artifact', 'art-7', '--name', 'noon', '--max-bytes', '2G'],
      ...['--timeout-run', '90', '--idempotency-key', 'once'],
    );
    expect(service.current.bodiesAt('POST /v1/runs')).toEqual([
      {
        tool_id: 't',
        params: {},
        input: { type: 'artifact', value: 'art-7' },
        name: 'noon',
        timeout_seconds: 90,
        max_bytes: 2 ** 31,
      },
    ]);
    expect(service.current.heardAt('POST /v1/runs')[0]?.headers['idempotency-key']).toBe('once');
  });

  it('reads parameters as the tool wants them', async () => {
    service.current.answer('POST /v1/runs', json(QUEUED_RUN));
    await run(
      ...['-p', 'window-start=3', '-p', 'label=42', '-p', 'watch=a,b', '-p', 'watch=c', '-p', 'x=1,2'],
    );
    expect(service.current.bodiesAt('POST /v1/runs')).toMatchObject([
      { params: { 'window-start': 3, label: '42', watch: ['a', 'b', 'c'], x: ['1', '2'] } },
    ]);
  });

  it('names files of parameters in full, uploads as they are', async () => {
    service.current.answer('POST /v1/runs', json(QUEUED_RUN));
    await run('-p', 'background=package.json,upload:7');
    expect(service.current.bodiesAt('POST /v1/runs')).toMatchObject([
      { params: { background: [resolve('package.json'), 'upload:7'] } },
    ]);
  });

  it('refuses two inputs', async () => {
    expect(await run('--artifact', 'a')).toMatchObject({
      exitCode: 2,
      stderr: 'error INVALID_PARAMETER: A run reads one thing: give one of --path, --upload and --artifact\n',
    });
  });

  it('tells what the service says', async () => {
    service.current.answer(
      'POST /v1/runs',
      problem('UNKNOWN_PARAMETER', 'rlog-to-csv has no parameter "x".', {
        body: { suggested_actions: ['Did you mean y?'] },
      }),
    );
    expect(await run()).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'error UNKNOWN_PARAMETER: rlog-to-csv has no parameter "x".\n  Did you mean y?\n',
    });
  });
});

describe('cts run that waits', () => {
  it('ends with the files that were written', async () => {
    completeRuns();
    const out = join(folder.path, 'a', 'b');
    expect(await run('--out-dir', out)).toEqual({
      exitCode: 0,
      stdout: `Wrote ${out}/rlog.csv with 643 rows.\n`,
      stderr: `Started run: run-1\n${REPORT}`,
    });
    expect(readFileSync(join(out, 'rlog.csv'))).toEqual(CONTENT);
    expect(readdirSync(out)).toEqual(['rlog.csv']);
  });

  it('takes the folder of the configuration where none is said', async () => {
    completeRuns();
    const { stdout } = await runFakeCts(
      ['--url', service.current.url, 'run', 't', '--path', '/x', '--wait', '--json'],
      { env: { HOME: folder.path } },
    );
    const path = join(folder.path, 'Downloads/cts/rlog.csv');
    expect(JSON.parse(stdout)).toEqual({
      ...RUN,
      downloads: [
        {
          artifact_id: 'art-1',
          filename: 'rlog.csv',
          path,
          size: CONTENT.length,
          sha256: ARTIFACT.sha256,
          rows: 643,
          written: true,
        },
      ],
    });
    expect(readFileSync(path)).toEqual(CONTENT);
  });

  it('shows how far the run is', async () => {
    completeRuns();
    const { stderr } = await run('--out-dir', folder.path, '--progress');
    expect(stderr).toBe(
      'Started run: run-1\n  0 %  queued, place 2\n 40 %  reading rlog.zst\n100 %  completed\n' + REPORT,
    );
  });

  it('tells why a run failed, with exit code 3', async () => {
    completeRuns();
    service.current.answer('GET /v1/runs/{id}', json(FAILED_RUN));
    expect(await run('--wait')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr:
        'Started run: run-1\nerror NOT_A_LOG: x holds no openpilot event\n  Check that it is an rlog.\n',
    });
    const { exitCode, stdout, stderr } = await run('--wait', '--json', '-q');
    expect({ exitCode, run: JSON.parse(stdout) as unknown }).toEqual({
      exitCode: 3,
      run: { ...FAILED_RUN, downloads: [] },
    });
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'NOT_A_LOG', details: { runId: 'run-1' } } });
  });

  it('tells that a run was canceled, with exit code 4', async () => {
    completeRuns();
    service.current.answer('GET /v1/runs/{id}', json({ ...RUN, status: 'canceled', report: null }));
    expect(await run('--wait')).toMatchObject({
      exitCode: 4,
      stderr: 'Started run: run-1\nwarning: Run run-1 was canceled.\n',
    });
  });

  it('stops waiting after --wait-timeout, with exit code 124, and lets the run go on', async () => {
    completeRuns();
    service.current.answer('GET /v1/runs/{id}', json(RUNNING_RUN));
    expect(await run('--wait', '--wait-timeout', '0.3')).toMatchObject({
      exitCode: 124,
      stderr: 'Started run: run-1\nWaited long enough; the run goes on. See how it is: cts runs get run-1\n',
    });
    expect(service.current.heardAt('DELETE /v1/runs/{id}')).toEqual([]);
  });

  it('has the run canceled after Ctrl-C', async () => {
    const interrupt = new AbortController();
    service.current
      .answer('POST /v1/runs', json(QUEUED_RUN))
      .answer('DELETE /v1/runs/{id}', json({ message: 'Run cancelled', run_id: 'run-1', status: 'running' }))
      .answer(
        'GET /v1/runs/{id}',
        (response, request) => {
          interrupt.abort();
          json(RUNNING_RUN)(response, request);
        },
        json(RUNNING_RUN),
        json({ ...RUN, status: 'canceled' }),
      );
    const outcome = await runFakeCts(['--url', service.current.url, 'run', 't', '--wait'], {
      signal: interrupt.signal,
    });
    expect(outcome).toEqual({
      exitCode: 130,
      stdout: '',
      stderr: 'Started run: run-1\nCanceled run run-1.\nInterrupted.\n',
    });
    expect(service.current.heardAt('DELETE /v1/runs/{id}')).toHaveLength(1);
  });

  it('does not lose the run when its folder cannot be made: it is not even started', async () => {
    completeRuns();
    writeFileSync(join(folder.path, 'x'), '');
    expect(await run('--out-dir', join(folder.path, 'x'))).toMatchObject({
      exitCode: 1,
      stderr:
        `error OUTPUT_NOT_WRITABLE: Cannot write ${folder.path}/x: a file stands where the folder should be; ` +
        'choose another folder with --out-dir\n',
    });
    expect(service.current.heard).toEqual([]);
  });
});

describe('files that are there already', () => {
  function pathOf(name: string): string {
    return join(folder.path, name);
  }

  function startWithFile(content: string | Buffer): void {
    completeRuns();
    writeFileSync(pathOf('rlog.csv'), content);
  }

  it('are left, which is told', async () => {
    startWithFile('mine');
    const { exitCode, stderr } = await run('--out-dir', folder.path, '-q');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^error FILE_EXISTS: .*rlog\.csv is there already, with other content\n {2}Add --force/,
    );
    expect(stderr).toContain('cts runs get run-1 --download');
    expect(readFileSync(pathOf('rlog.csv'), 'utf8')).toBe('mine');
    expect(readdirSync(folder.path)).toEqual(['rlog.csv']);
  });

  it('are no obstacle with the same content', async () => {
    startWithFile(CONTENT);
    expect((await run('--out-dir', folder.path)).stdout).toBe(`Wrote ${pathOf('rlog.csv')} with 643 rows.\n`);
  });

  it.each([
    { option: '--force', stdout: 'Wrote {}/rlog.csv with 643 rows.\n', mine: CONTENT.toString(), files: 1 },
    { option: '--skip-existing', stdout: 'Kept {}/rlog.csv, which was there.\n', mine: 'mine', files: 1 },
    { option: '--rename', stdout: 'Wrote {}/rlog (2).csv with 643 rows.\n', mine: 'mine', files: 2 },
  ])('$option', async ({ option, stdout, mine, files }) => {
    startWithFile('mine');
    expect((await run('--out-dir', folder.path, option)).stdout).toBe(stdout.replace('{}', folder.path));
    expect(readFileSync(pathOf('rlog.csv'), 'utf8')).toBe(mine);
    expect(readdirSync(folder.path)).toHaveLength(files);
  });

  it('refuses options that contradict each other', async () => {
    expect(await run('--force', '--rename', '--wait')).toMatchObject({
      exitCode: 2,
      stderr: 'error INVALID_PARAMETER: Give one of --force, --skip-existing and --rename, not more\n',
    });
  });

  it('do not stand outside of the folder, whatever the service calls its files', async () => {
    completeRuns();
    const names = ['../../evil.csv', '/etc/passwd', 'a\\b.csv', 'x\u001b[2J.csv', 'nul.csv', '..'];
    service.current.answer(
      'GET /v1/runs/{id}/artifacts',
      json(names.map((name) => makeArtifact(name, CONTENT))),
    );
    const out = join(folder.path, 'out');
    expect((await run('--out-dir', out)).exitCode).toBe(0);
    expect(readdirSync(out).sort()).toEqual(
      ['_nul.csv', 'artifact', 'b.csv', 'evil.csv', 'passwd', 'x_[2J.csv'].sort(),
    );
    expect(existsSync(join(folder.path, 'evil.csv'))).toBe(false);
  });
});
