import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CtsCircumstances, type CtsOutcome, runFakeCts } from '../../../support/fake-engine.ts';
import { bytes, hangUp, json, problem, text, useFakeService } from '../../../support/fake-service.ts';
import {
  ARTIFACT,
  CONTENT,
  FAILED_RUN,
  makeArtifact,
  QUEUED_RUN,
  RUN,
} from '../../../support/service-bodies.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const service = useFakeService();
const folder = useTemporaryFolder();

function cts(args: readonly string[], kind: CtsCircumstances = {}): Promise<CtsOutcome> {
  return runFakeCts(['--url', service.current.url, ...args], kind);
}

async function readJson(...args: readonly string[]): Promise<unknown> {
  return JSON.parse((await cts([...args, '--json'])).stdout);
}

describe('cts runs list', () => {
  it('is a table for people', async () => {
    service.current.answer('GET /v1/runs', json([QUEUED_RUN, RUN]));
    expect((await cts(['runs', 'list'])).stdout).toBe(
      'ID     Tool         Status     Started                   Duration\n' +
        'run-1  rlog-to-csv  queued     -                                -\n' +
        'run-1  rlog-to-csv  completed  2026-01-31T12:00:00.000Z    1.50 s\n',
    );
  });

  it('is an array for programs', async () => {
    service.current.answer('GET /v1/runs', json([RUN]));
    expect(await readJson('runs', 'list')).toEqual([RUN]);
  });

  it.each([
    { args: [], query: {} },
    { args: ['--active'], query: { status: 'queued,running' } },
    {
      args: ['--status', 'failed', '--tool', 't', '--last', '5', '--since', '2026-01-31'],
      query: { status: 'failed', tool_id: 't', limit: '5', since: '2026-01-31T00:00:00.000Z' },
    },
  ])('asks for $args', async ({ args, query }) => {
    service.current.answer('GET /v1/runs', json([]));
    expect(await cts(['runs', 'list', ...args])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'No runs found.\n',
    });
    expect(service.current.heardAt('GET /v1/runs')[0]?.query).toEqual(query);
  });

  it('understands an age', async () => {
    service.current.answer('GET /v1/runs', json([]));
    await cts(['runs', 'list', '--since', '2d']);
    const since = Date.parse(service.current.heardAt('GET /v1/runs')[0]?.query['since'] ?? '');
    expect(Math.abs(Date.now() - 2 * 86_400_000 - since)).toBeLessThan(60_000);
  });
});

describe('cts runs get', () => {
  it.each([{ args: ['run-1'] }, { args: ['--run-id', 'run-1'] }])('$args', async ({ args }) => {
    service.current.answer('GET /v1/runs/{id}', json(FAILED_RUN));
    const { exitCode, stdout } = await cts(['runs', 'get', ...args]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^ID +run-1\nTool +rlog-to-csv 1\.0\.0\nStatus +failed\nInput +path \/data\/rlog\.zst\n/,
    );
    expect(stdout).toContain('\nError       NOT_A_LOG: x holds no openpilot event\n');
    expect(await readJson('runs', 'get', ...args)).toEqual(FAILED_RUN);
  });

  it('fetches the files on wish', async () => {
    service.current
      .answer('GET /v1/runs/{id}', json(RUN))
      .answer('GET /v1/runs/{id}/artifacts', json([ARTIFACT]))
      .answer('GET /v1/artifacts/{id}/download', bytes(CONTENT));
    const { stdout } = await cts(['runs', 'get', 'run-1', '--out-dir', folder.path]);
    expect(stdout).toMatch(/\nWrote .*\/rlog\.csv with 643 rows\.\n$/);
    expect(readFileSync(join(folder.path, 'rlog.csv'))).toEqual(CONTENT);
  });

  it('wants an id', async () => {
    expect(await cts(['runs', 'get'])).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('knows no run that the service does not know, and shows no quotes of CTS-Lite', async () => {
    service.current.answer('GET /v1/runs/{id}', problem('RUN_NOT_FOUND', `"Run 'x' not found"`));
    expect(await cts(['runs', 'get', 'x'])).toMatchObject({
      exitCode: 1,
      stderr: "error RUN_NOT_FOUND: Run 'x' not found\n",
    });
  });
});

describe('cts runs cancel', () => {
  it('tells what came of it', async () => {
    const answer = { message: 'Run cancelled', run_id: 'run-1', status: 'canceled' };
    service.current.answer('DELETE /v1/runs/{id}', json(answer));
    expect((await cts(['runs', 'cancel', 'run-1'])).stdout).toBe('Run cancelled: run-1\n');
    expect(await readJson('runs', 'cancel', 'run-1')).toEqual(answer);
  });

  it('fails for a run that there is not', async () => {
    service.current.answer('DELETE /v1/runs/{id}', json({ message: 'x', run_id: 'y', status: null }));
    expect(await cts(['runs', 'cancel', 'y'])).toMatchObject({
      exitCode: 1,
      stderr: 'error RUN_NOT_FOUND: No run with id y\n',
    });
  });
});

describe('cts runs clean', () => {
  const FOUND = { dry_run: true, runs: ['run-1', 'run-2'], uploads: [], artifacts: 3, freed_bytes: 4500 };
  const REMOVED = { ...FOUND, dry_run: false };

  function prepare(): void {
    service.current.answer('POST /v1/runs/clean', (response, request) => {
      const { dry_run } = JSON.parse(request.body.toString()) as { dry_run: boolean };
      json(dry_run ? FOUND : REMOVED)(response, request);
    });
  }

  it('only tells under --dry-run', async () => {
    prepare();
    expect((await cts(['runs', 'clean', '--older-than', '30d', '--dry-run'])).stdout).toBe(
      'Would remove 2 runs, 4.5 kB of artifacts.\n  run-1\n  run-2\n',
    );
    expect(service.current.bodiesAt('POST /v1/runs/clean')).toEqual([
      { older_than_seconds: 2_592_000, dry_run: true },
    ]);
  });

  it.each([
    { what: 'no terminal', args: [], kind: {}, isRemoved: true },
    { what: 'a terminal, yes', args: [], kind: { isTTY: true, typed: 'y\n' }, isRemoved: true },
    { what: 'a terminal, no', args: [], kind: { isTTY: true, typed: 'n\n' }, isRemoved: false },
    { what: 'a terminal, only Enter', args: [], kind: { isTTY: true, typed: '\n' }, isRemoved: false },
    { what: 'a terminal, --yes', args: ['--yes'], kind: { isTTY: true }, isRemoved: true },
    { what: 'a terminal, --no-input', args: ['--no-input'], kind: { isTTY: true }, isRemoved: true },
  ])('on $what: removes $isRemoved', async ({ args, kind, isRemoved }) => {
    prepare();
    const { exitCode, stdout } = await cts(['runs', 'clean', '--keep-bytes', '0', ...args], kind);
    expect(exitCode).toBe(0);
    const sent = service.current.bodiesAt('POST /v1/runs/clean');
    expect(sent.some((body) => !(body as { dry_run: boolean }).dry_run)).toBe(isRemoved);
    expect(stdout.startsWith('Removed 2 runs')).toBe(isRemoved);
  });

  it('is a document for programs', async () => {
    prepare();
    expect(await readJson('runs', 'clean')).toEqual(REMOVED);
  });
});

describe('cts runs manifest', () => {
  it('is JSON', async () => {
    service.current.answer('GET /v1/runs/{id}/manifest', json({ runId: 'run-1' }));
    expect(JSON.parse((await cts(['runs', 'manifest', 'run-1'])).stdout)).toEqual({ runId: 'run-1' });
  });
});

describe('cts logs', () => {
  const LINE = { sequence: 1, timestamp: 't1', level: 'INFO', message: 'reading', source: 'tool' };

  it('reads all pages', async () => {
    service.current.answer(
      'GET /v1/runs/{id}/logs/list',
      json({ run_id: 'run-1', logs: [LINE], has_more: true }),
      json({ run_id: 'run-1', logs: [{ ...LINE, sequence: 2, message: 'done' }], has_more: false }),
    );
    expect((await cts(['logs', 'run-1'])).stdout).toBe('[t1] INFO: reading\n[t1] INFO: done\n');
    const asked = service.current.heardAt('GET /v1/runs/{id}/logs/list').map(({ query }) => query['after']);
    expect(asked).toEqual(['0', '1']);
  });

  it('gives programs a line of JSON each', async () => {
    service.current.answer('GET /v1/runs/{id}/logs/list', json({ logs: [LINE], has_more: false }));
    expect((await cts(['logs', 'run-1', '--json'])).stdout).toBe(`${JSON.stringify(LINE)}\n`);
  });

  it('follows until the end, and leaves out what is no line', async () => {
    const stream =
      'data: {"timestamp":"t1","level":"INFO","message":"a"}\n\ndata: {"keepalive": true}\n\ndata: not json\n\n' +
      'data: [1]\n\ndata: [DONE]\n\n';
    service.current.answer('GET /v1/runs/{id}/logs', text(stream, 'text/event-stream'));
    expect((await cts(['logs', 'run-1', '--follow'])).stdout).toBe('[t1] INFO: a\n');
  });
});

describe('cts art list', () => {
  it('is a table for people, an array for programs', async () => {
    service.current.answer('GET /v1/runs/{id}/artifacts', json([ARTIFACT]));
    expect((await cts(['art', 'list', 'run-1'])).stdout).toBe(
      'ID     Filename  Size  Type      Created\n' +
        'art-1  rlog.csv  23 B  text/csv  2026-01-31T12:00:00.000Z\n',
    );
    expect(await readJson('art', 'list', 'run-1')).toEqual([ARTIFACT]);
  });
});

describe('cts rerun', () => {
  const OTHER = makeArtifact('rlog.csv', Buffer.from('x'), { id: 'art-2' });

  it.each([
    {
      what: 'the same bytes',
      after: [ARTIFACT],
      differences: [],
      told: 'The artifacts are equal to those of run-0, byte by byte.\n',
    },
    { what: 'other bytes', after: [OTHER], differences: ['rlog.csv differs.'], told: 'rlog.csv differs.\n' },
    {
      what: 'other files',
      after: [{ ...ARTIFACT, filename: 'new.csv' }],
      differences: ['rlog.csv is missing.', 'new.csv is new.'],
      told: 'rlog.csv is missing.\nnew.csv is new.\n',
    },
  ])('tells that it left $what', async ({ after, differences, told }) => {
    service.current
      .answer('POST /v1/runs/{id}/rerun', json(QUEUED_RUN))
      .answer('GET /v1/runs/run-1', json(RUN))
      .answer('GET /v1/runs/run-0/artifacts', json([ARTIFACT]))
      .answer('GET /v1/runs/run-1/artifacts', json(after))
      .answer('GET /v1/artifacts/art-1/download', bytes(CONTENT))
      .answer('GET /v1/artifacts/art-2/download', bytes(Buffer.from('x')));
    const args = ['rerun', 'run-0', '--out-dir', folder.path, '--force'];
    const { exitCode, stdout } = await cts(args);
    expect(exitCode).toBe(0);
    expect(stdout.startsWith(told)).toBe(true);
    expect(await readJson(...args)).toMatchObject({
      id: 'run-1',
      artifacts_equal: differences.length === 0,
      differences,
    });
  });

  it('is asked for again under the same key when no answer comes: a second request starts no second run', async () => {
    service.current.answer('POST /v1/runs/{id}/rerun', hangUp);
    expect(await cts(['rerun', 'run-0'])).toMatchObject({ exitCode: 2 });
    const heard = service.current.heardAt('POST /v1/runs/{id}/rerun');
    expect(heard).toHaveLength(3);
    const keys = new Set(heard.map(({ headers }) => headers['idempotency-key']));
    expect([...keys]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  });

  it('only starts it when nothing is said of waiting', async () => {
    service.current.answer('POST /v1/runs/{id}/rerun', json(QUEUED_RUN));
    expect((await cts(['rerun', 'run-0'])).stdout).toBe('Started run: run-1\n');
  });
});
