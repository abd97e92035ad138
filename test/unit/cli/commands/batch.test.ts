import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseFolders } from '../../../../cli/commands/batch.ts';
import { type CtsOutcome, runFakeCts } from '../../../support/fake-engine.ts';
import { bytes, json, problem, useFakeService } from '../../../support/fake-service.ts';
import { ARTIFACT, CONTENT, FAILED_RUN, QUEUED_RUN, RUN } from '../../../support/service-bodies.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const service = useFakeService();
const folder = useTemporaryFolder();
const START = 'POST /v1/runs';

beforeEach(() => {
  service.current
    .answer(START, json(QUEUED_RUN))
    .answer('GET /v1/runs/{id}', json(RUN))
    .answer('GET /v1/runs/{id}/artifacts', json([ARTIFACT]))
    .answer('GET /v1/artifacts/{id}/download', bytes(CONTENT));
});

function batch(...args: readonly string[]): Promise<CtsOutcome> {
  return runFakeCts(['--url', service.current.url, 'batch', 'rlog-to-csv', ...args]);
}

describe('cts batch', () => {
  it('does a run for each file and tells what became of them', async () => {
    const out = join(folder.path, 'out');
    const { exitCode, stdout, stderr } = await batch(
      '/a/x',
      '/b/y',
      '--params',
      'count=4,watch=a',
      '--out-dir',
      out,
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe(
      'File  Status     Duration  Result\n' +
        `/a/x  completed    1.50 s  Wrote ${out}/rlog.csv with 643 rows.\n` +
        `/b/y  completed    1.50 s  Wrote ${out}/rlog.csv with 643 rows.\n`,
    );
    expect(service.current.bodiesAt(START)).toMatchObject([
      { params: { count: 4, watch: ['a'] }, input: { value: '/a/x' } },
      { params: { count: 4, watch: ['a'] }, input: { value: '/b/y' } },
    ]);
    const keys = service.current.heardAt(START).map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
  });

  it('ends with 3 when one fails, and does the others', async () => {
    service.current
      .answer(START, problem('FILE_NOT_FOUND', 'There is no /a/x.'), json(QUEUED_RUN))
      .answer('GET /v1/runs/{id}', json(FAILED_RUN), json(RUN));
    const { exitCode, stdout } = await batch(
      '/a/x',
      '/b/y',
      '/c/z',
      '--parallel',
      '1',
      '--out-dir',
      folder.path,
    );
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/\n\/a\/x +not started +- +FILE_NOT_FOUND: There is no \/a\/x\.\n/);
    expect(stdout).toMatch(/\n\/b\/y +failed +1\.50 s +x holds no openpilot event\n/);
    expect(stdout).toMatch(/\n\/c\/z +completed +1\.50 s +Wrote/);
  });

  it('has never more than --parallel runs at once', async () => {
    let active = 0;
    let most = 0;
    service.current
      .answer(START, (response, request) => {
        most = Math.max(most, ++active);
        json(QUEUED_RUN)(response, request);
      })
      .answer('GET /v1/runs/{id}', (response, request) => {
        active--;
        json(RUN)(response, request);
      });
    const files = Array.from({ length: 9 }, (_, i) => `/a/${String(i)}`);
    expect((await batch(...files, '--parallel', '3', '--out-dir', folder.path)).exitCode).toBe(0);
    expect(most).toBeLessThanOrEqual(3);
    expect(most).toBeGreaterThan(1);
  });

  it('gives programs an array', async () => {
    const { stdout } = await batch('/a/x', '--json', '--out-dir', folder.path);
    expect(JSON.parse(stdout)).toMatchObject([
      { file: '/a/x', error: null, run: { run_id: 'run-1', downloads: [{ filename: 'rlog.csv' }] } },
    ]);
  });

  it('keeps results of files of the same name apart', async () => {
    for (const segment of ['0', '1']) {
      mkdirSync(join(folder.path, segment));
      writeFileSync(join(folder.path, segment, 'rlog'), '');
    }
    const files = ['0', '1'].map((segment) => join(folder.path, segment, 'rlog'));
    const out = join(folder.path, 'out');
    expect((await batch(...files, '--out-dir', out)).exitCode).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['0', '1']);
    expect(readFileSync(join(out, '1', 'rlog.csv'))).toEqual(CONTENT);
  });

  it('has all of them canceled after Ctrl-C', async () => {
    const interrupt = new AbortController();
    service.current
      .answer('DELETE /v1/runs/{id}', json({ message: 'Run cancelled', run_id: 'run-1', status: 'running' }))
      .answer(
        'GET /v1/runs/{id}',
        (response, request) => {
          interrupt.abort();
          json(QUEUED_RUN)(response, request);
        },
        json({ ...RUN, status: 'canceled' }),
      );
    const args = ['--url', service.current.url, 'batch', 't', '/a/x', '--out-dir', folder.path];
    const { exitCode, stderr } = await runFakeCts(args, { signal: interrupt.signal });
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: 'Canceled run run-1.\nInterrupted.\n' });
  });
});

describe('folders of results', () => {
  it.each([
    { files: ['/a/x', '/b/y'], folders: ['/out', '/out'] },
    { files: ['/a/0/rlog', '/a/1/rlog'], folders: ['/out/0', '/out/1'] },
    { files: ['/a/0/rlog', '/a/1/rlog', '/a/1/qlog'], folders: ['/out/0', '/out/1', '/out/1'] },
    { files: ['/rlog', '/a/rlog'], folders: ['/out', '/out/a'] },
    { files: ['/ab/rlog', '/a/rlog'], folders: ['/out/ab', '/out/a'] },
  ])('of $files are $folders', ({ files, folders }) => {
    expect(files.map(chooseFolders(files, '/out'))).toEqual(folders);
  });
});
