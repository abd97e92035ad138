import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CtsError } from '#protocol';
import { fileParameter, filesParameter } from '../../../../server/tools/file-parameter.ts';
import { settle } from '../../../support/fake-clock.ts';
import { MemoryService, OPEN_GATE } from '../../../support/memory-service.ts';
import { createSampleTool } from '../../../support/sample-tool.ts';

async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a run', () => {
  it('is queued with everything that was asked, works, and is completed with what it left', async () => {
    const service = new MemoryService();
    const input = { type: 'path', path: '/logs/drive.rlog.zst' } as const;
    const queued = await service.start({ input, parameters: { 'is-loud': 'yes' }, name: 'mine' });
    expect(queued).toEqual({
      id: 'run-1',
      toolId: 'sample-tool',
      toolVersion: '2.1.0',
      name: 'mine',
      state: 'queued',
      input,
      inputName: 'drive.rlog.zst',
      parameters: { count_limit: 3, is_loud: true, mode: 'exact' },
      createdAt: '2026-01-02T03:04:05.000Z',
      startedAt: null,
      completedAt: null,
      durationSeconds: null,
      progress: null,
      progressMessage: null,
      attempt: 1,
      queuePosition: null,
      artifactIds: [],
      error: null,
      recoveryAttempted: false,
      rerunOf: null,
      report: null,
    });

    const execution = await service.executor.next();
    expect(execution.job).toEqual({
      runId: 'run-1',
      attempt: 1,
      toolId: 'sample-tool',
      parameters: queued.parameters,
      input: { name: 'drive.rlog.zst', path: '/logs/drive.rlog.zst', roots: [] },
      files: {},
      maxBytes: null,
      workFolder: '/runs/run-1/work',
      limits: { heapMegabytes: 100, residentMegabytes: 200, artifactBytes: 1000 },
    });
    execution.start();
    execution.progress(0.5004, 'half');
    execution.progress(0.25, 'a step back is not shown');
    expect(await service.runs.get('run-1')).toMatchObject({
      ...{ state: 'running', progress: 50, progressMessage: 'half' },
      startedAt: '2026-01-02T03:04:05.000Z',
    });
    await execution.say('thinking');
    service.clock.advance(2500);
    service.finishWith(execution, 'out.csv', 'a,b');
    await settle();

    expect(await service.runs.get('run-1')).toMatchObject({
      ...{ state: 'completed', progress: 100, progressMessage: null, durationSeconds: 2.5 },
      ...{ artifactIds: ['artifact-1'], error: null, completedAt: '2026-01-02T03:04:07.500Z' },
    });
    expect(await service.readLog('run-1')).toEqual([
      'INFO service: Starting sample-tool execution',
      'INFO tool: thinking',
      'INFO service: Registered artifact: out.csv',
      'INFO service: Completed sample-tool execution',
    ]);
    expect(await service.runs.getManifest('run-1')).toEqual({
      runId: 'run-1',
      tool: { id: 'sample-tool', version: '2.1.0' },
      ctsVersion: '9.9.9',
      parameters: queued.parameters,
      inputs: [],
      artifacts: [{ name: 'out.csv', mediaType: 'text/csv', sizeBytes: 3, sha256: hash('a,b') }],
      environment: { node: 'v24.0.0', platform: 'linux', arch: 'x64' },
      startedAt: '2026-01-02T03:04:05.000Z',
      completedAt: '2026-01-02T03:04:07.500Z',
    });
    expect(service.observed).toEqual([
      ['queued'],
      ['started', 'sample-tool'],
      ['stored', 3],
      ['ended', 'sample-tool', 'completed', 2.5],
    ]);
    expect({ files: service.stores.files.size, timers: service.clock.waiting }).toEqual({
      files: 0,
      timers: 0,
    });
    expect(service.pins.has(hash('a,b'))).toBe(false);
  });

  it('takes its input from the parameter that comma-tools had for it', async () => {
    const service = new MemoryService();
    const run = await service.start({ parameters: { file: '/logs/a.csv', ratio: 2 } });
    expect(run).toMatchObject({
      input: { type: 'path', path: '/logs/a.csv' },
      parameters: { ratio: 2, count_limit: 3 },
    });
    expect(run.parameters).not.toHaveProperty('file');
  });

  it('reads an upload or an artifact under its name', async () => {
    const service = new MemoryService();
    const upload = await service.uploads.create({ filename: 'in.csv' });
    await service.uploads.receive(upload.id, piecesOf('x,y'), {
      offset: 0,
      signal: new AbortController().signal,
    });
    await service.uploads.finalize(upload.id);
    await service.start({ input: { type: 'upload', uploadId: upload.id } });
    const first = await service.executor.next();
    expect(first.job.input?.path).toBe('/runs/run-1/input/in.csv');
    expect(String(service.stores.files.get('/runs/run-1/input/in.csv'))).toBe('x,y');
    service.finishWith(first, 'out.csv', 'z');
    await settle();
    const run = await service.start({ input: { type: 'artifact', artifactId: 'artifact-1' } });
    expect(run.inputName).toBe('out.csv');
    expect((await service.executor.next()).job.input?.path).toBe('/runs/run-2/input/out.csv');
  });

  it('reads the files that parameters name: paths in full, uploads and artifacts under their names', async () => {
    const gate = { roots: ['/logs'], admit: (path: string) => Promise.resolve(`/logs/${path}`) };
    const parameters = z.strictObject({
      background: filesParameter({ kinds: ['csv'], description: 'Several' }),
      watchlist: fileParameter({ kinds: ['text'], description: 'One' }),
    });
    const service = new MemoryService({ gate, tools: [{ ...createSampleTool(), parameters }] });
    const upload = await service.uploads.create({ filename: 'in.csv' });
    await service.uploads.receive(upload.id, piecesOf('x,y'), {
      offset: 0,
      signal: new AbortController().signal,
    });
    await service.uploads.finalize(upload.id);
    const named = { background: `a.csv,upload:${upload.id}`, watchlist: 'bits.txt' };
    const run = await service.start({ parameters: named });
    expect(run.parameters).toEqual({
      background: ['/logs/a.csv', `upload:${upload.id}`],
      watchlist: '/logs/bits.txt',
    });
    const { job } = await service.executor.next();
    const linked = '/runs/run-1/input/background-1-in.csv';
    expect(job.files).toMatchObject({
      background: [
        { name: 'a.csv', roots: ['/logs'] },
        { name: 'in.csv', path: linked, roots: [] },
      ],
      watchlist: [{ name: 'bits.txt' }],
    });
    expect(String(service.stores.files.get(linked))).toBe('x,y');
    const lost = await rejectionOf(service.start({ parameters: { watchlist: 'artifact:none' } }));
    expect(lost).toMatchObject({ code: 'ARTIFACT_NOT_FOUND' });
  });

  it('is refused when values contradict each other', async () => {
    const tool = {
      ...createSampleTool(),
      checkParameters: ({ ratio }: { readonly ratio?: number | undefined }) =>
        ratio === 2 ? { parameter: 'ratio', expected: 'must be less than count_limit' } : undefined,
    };
    const service = new MemoryService({ tools: [tool] });
    expect(await rejectionOf(service.start({ parameters: { ratio: 2 } }))).toMatchObject({
      code: 'INVALID_PARAMETER',
      message: "Parameter 'ratio' must be less than count_limit",
    });
    expect(await service.start({ parameters: { ratio: 1 } })).toMatchObject({ state: 'queued' });
  });

  it.each([
    { params: { toolId: 'simple-tool' }, code: 'TOOL_NOT_FOUND', message: /sample-tool/ },
    { params: { parameters: { rato: 1 } }, code: 'UNKNOWN_PARAMETER', message: /ratio/ },
    {
      params: { parameters: { ratio: 'x' } },
      code: 'INVALID_PARAMETER',
      message: /^Parameter 'ratio' must be a number$/,
    },
    { params: { input: { type: 'upload', uploadId: 'u' } }, code: 'UPLOAD_NOT_FOUND', message: /u/ },
    { params: { input: { type: 'artifact', artifactId: 'a' } }, code: 'ARTIFACT_NOT_FOUND', message: /a/ },
    { params: { input: { type: 'path', path: '/etc/x' } }, code: 'INPUT_FORBIDDEN', message: /etc/ },
  ] as const)('is refused with $code at once, and nothing is kept', async ({ params, code, message }) => {
    const gate = {
      ...OPEN_GATE,
      admit: (path: string) => Promise.reject(new CtsError('INPUT_FORBIDDEN', `Cannot read ${path}`)),
    };
    const service = new MemoryService({ gate });
    const error = await rejectionOf(service.start(params));
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect((await service.runs.list({ limit: 10 })).total).toBe(0);
  });

  it('is refused without the input that its tool cannot do without, in the words of comma-tools', async () => {
    const tool = {
      ...createSampleTool(),
      input: { parameter: 'rlog', kinds: ['log' as const], isRequired: true },
    };
    const service = new MemoryService({ tools: [tool] });
    expect(await rejectionOf(service.start())).toMatchObject({
      code: 'INPUT_MISSING',
      message: "Required parameter 'rlog' missing",
    });
  });

  it('does not read an upload that is not complete', async () => {
    const service = new MemoryService();
    const { id } = await service.uploads.create({ filename: 'in.csv' });
    expect(await rejectionOf(service.start({ input: { type: 'upload', uploadId: id } }))).toMatchObject({
      code: 'UPLOAD_NOT_FINISHED',
    });
  });
});

describe('runs', () => {
  it('are listed newest first, by pages, with filters', async () => {
    const service = new MemoryService({ settings: { maxConcurrentRuns: 1 } });
    for (let count = 0; count < 5; count++) {
      await service.start();
      service.clock.advance(1000);
    }
    await settle();
    const first = await service.runs.list({ limit: 2 });
    expect(first).toMatchObject({ total: 5, nextCursor: 'run-4', runs: [{ id: 'run-5' }, { id: 'run-4' }] });
    const second = await service.runs.list({ limit: 10, cursor: 'run-4' });
    expect(second).toMatchObject({
      total: 5,
      nextCursor: null,
      runs: [{ id: 'run-3' }, { id: 'run-2' }, {}],
    });
    expect(await service.runs.list({ limit: 10, states: ['running'] })).toMatchObject({ total: 1 });
    expect(await service.runs.list({ limit: 10, since: '2026-01-02T03:04:08Z' })).toMatchObject({ total: 2 });
    expect(await service.runs.list({ limit: 10, toolId: 'other' })).toMatchObject({ total: 0, runs: [] });
  });

  it('are not listed from a cursor that leads nowhere', async () => {
    const error = await rejectionOf(new MemoryService().runs.list({ limit: 1, cursor: 'x' }));
    expect(error).toMatchObject({ code: 'INVALID_PARAMETER' });
  });

  it('that are not there cannot be done again', async () => {
    const error = await rejectionOf(new MemoryService().runs.rerun({ runId: 'nope' }));
    expect(error).toMatchObject({ code: 'RUN_NOT_FOUND' });
  });

  it('are done again once, however often it is asked under one key', async () => {
    const service = new MemoryService();
    await service.start();
    const asked = { runId: 'run-1', idempotencyKey: 'again' };
    const again = await service.runs.rerun(asked);
    expect((await service.runs.rerun(asked)).id).toBe(again.id);
    expect((await service.runs.list({ limit: 9 })).total).toBe(2);
  });

  it.each(['get', 'getManifest'] as const)('that are not there cannot be asked for: %s', async (method) => {
    expect(await rejectionOf(new MemoryService().runs[method]('nope'))).toMatchObject({
      code: 'RUN_NOT_FOUND',
    });
  });

  it('have no manifest before they are completed', async () => {
    const service = new MemoryService();
    await service.start();
    expect(await rejectionOf(service.runs.getManifest('run-1'))).toMatchObject({ code: 'RUN_NOT_FINISHED' });
  });

  it('can be done again with the same tool, parameters and input', async () => {
    const service = new MemoryService();
    const asked = {
      input: { type: 'path', path: '/a' },
      parameters: { ratio: 2 },
      timeoutSeconds: 9,
      maxBytes: 7,
    } as const;
    await service.start(asked);
    const again = await service.runs.rerun({ runId: 'run-1' });
    expect(again).toMatchObject({ id: 'run-2', rerunOf: 'run-1', input: asked.input, inputName: 'a' });
    await service.executor.next();
    expect((await service.executor.next()).job).toMatchObject({ parameters: { ratio: 2 }, maxBytes: 7 });
  });
});

async function* piecesOf(...texts: readonly string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
