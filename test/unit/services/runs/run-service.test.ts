import { describe, expect, it } from 'vitest';
import { CtsError, type Progress, type Run, type StartRunParams } from '#protocol';
import { createRunHandlers } from '../../../../server/services/runs/run-requests.ts';
import { ToolRegistry } from '../../../../server/services/tools/tool-registry.ts';
import type { Analyzer, ToolContext } from '../../../../server/tools/tool.ts';
import { MemoryArtifacts } from '../../../support/memory-artifacts.ts';
import { fileOf, MemoryLogs } from '../../../support/memory-logs.ts';
import { createSampleTool } from '../../../support/sample-tool.ts';
import { makeSmallDrive } from '../../../support/small-drive.ts';

const log = makeSmallDrive();
const START: StartRunParams = {
  toolId: 'sample-tool',
  inputPath: 'log',
  parameters: {},
  outputFolder: 'out',
};

/** Writes the arbitration id of each frame as a line. */
async function listIds({
  log: opened,
  artifacts,
}: Pick<ToolContext<unknown>, 'log' | 'artifacts'>): Promise<void> {
  const file = await artifacts.create(`${opened.name}.txt`, 'text/plain');
  for await (const { arbitrationId, length } of opened.canFrames({ service: 'can' }))
    await file.write(new TextEncoder().encode([...arbitrationId.subarray(0, length)].join('\n')));
  await file.finish({ rows: 4 });
}

interface Outcome {
  readonly artifacts: MemoryArtifacts;
  readonly progress: readonly Progress[];
  readonly run: Run | undefined;
  readonly error: unknown;
}

interface Circumstances {
  readonly params?: Partial<StartRunParams>;
  readonly signal?: AbortSignal;
  readonly artifacts?: MemoryArtifacts;
}

async function start(
  tool: Analyzer,
  { params, signal = new AbortController().signal, artifacts = new MemoryArtifacts() }: Circumstances = {},
): Promise<Outcome> {
  const handlers = createRunHandlers({
    tools: new ToolRegistry([tool]),
    logs: new MemoryLogs({ log: fileOf(log) }),
    artifacts,
    createId: () => 'run-1',
  });
  const progress: Progress[] = [];
  const context = { signal, notify: (_: string, told: unknown) => void progress.push(told as Progress) };
  try {
    const run = await handlers['runs/start']({ ...START, ...params }, context);
    return { artifacts, progress, run, error: undefined };
  } catch (error) {
    return { artifacts, progress, run: undefined, error };
  }
}

describe('a run', () => {
  it('executes a tool and tells what it left', async () => {
    const { run, artifacts, progress } = await start(createSampleTool(listIds), {
      params: { parameters: { 'is-loud': 'yes' } },
    });
    expect(run).toMatchObject({ report: { events: 8, isWhole: true } });
    expect({ ...run, report: undefined }).toEqual({
      id: 'run-1',
      toolId: 'sample-tool',
      toolVersion: '2.1.0',
      inputPath: 'log',
      parameters: { count_limit: 3, is_loud: true, mode: 'exact' },
      state: 'completed',
      artifacts: [{ name: 'log.txt', path: 'out/log.txt', mediaType: 'text/plain', sizeBytes: 13, rows: 4 }],
      report: undefined,
    });
    expect([...artifacts.files]).toEqual([['out/log.txt', '64\n281\n290\n64']]);
    expect(progress).toEqual([{ fraction: 1, message: 'reading rlog' }]);
  });

  it('has no report when its tool read nothing', async () => {
    expect((await start(createSampleTool())).run).toMatchObject({ report: null, artifacts: [] });
  });

  it('reads no further than the limit', async () => {
    const { run } = await start(createSampleTool(listIds), { params: { maxBytes: log.length - 8 } });
    expect(run).toMatchObject({ report: { events: 7, isWhole: false } });
  });

  it.each([
    { params: { toolId: 'simple-tool' }, code: 'TOOL_NOT_FOUND' },
    { params: { parameters: { x: '1' } }, code: 'UNKNOWN_PARAMETER' },
    { params: { parameters: { ratio: 'x' } }, code: 'INVALID_PARAMETER' },
    { params: { inputPath: 'nope' }, code: 'FILE_NOT_FOUND' },
  ])('does not begin with $params', async ({ params, code }) => {
    const { error, artifacts } = await start(createSampleTool(listIds), { params });
    expect(error).toMatchObject({ code });
    expect(artifacts.files.size).toBe(0);
  });
});

describe('a run that fails', () => {
  const brokenTool = createSampleTool(async (context) => {
    await listIds(context);
    await context.artifacts.create('second.txt', 'text/plain');
    throw new TypeError('x is not a function');
  });

  it('leaves no file, and says that the tool broke', async () => {
    const { error, artifacts } = await start(brokenTool);
    expect(error).toMatchObject({
      code: 'TOOL_FAILED',
      message: 'sample-tool broke: x is not a function',
      details: { tool: 'sample-tool' },
      cause: new TypeError('x is not a function'),
    });
    expect(artifacts).toMatchObject({ files: new Map(), unfinished: 0 });
  });

  it('passes on what is already said well', async () => {
    const full = new CtsError('DISK_FULL', 'Cannot write out/log.txt: the disk is full');
    const artifacts = new MemoryArtifacts(full);
    const { error } = await start(createSampleTool(listIds), { artifacts });
    expect(error).toBe(full);
    expect(artifacts).toMatchObject({ files: new Map(), unfinished: 0 });
  });

  it('leaves no file when it is interrupted, and does not count as broken', async () => {
    const interrupt = new AbortController();
    const tool = createSampleTool(async (context) => {
      const file = await context.artifacts.create('half.txt', 'text/plain');
      interrupt.abort();
      await listIds(context);
      await file.finish();
    });
    const { error, artifacts } = await start(tool, { signal: interrupt.signal });
    expect(error).toBe(interrupt.signal.reason);
    expect(artifacts).toMatchObject({ files: new Map(), unfinished: 0 });
  });
});

describe('tools', () => {
  it('are listed', async () => {
    const handlers = createRunHandlers({
      tools: new ToolRegistry([createSampleTool()]),
      logs: new MemoryLogs({}),
      artifacts: new MemoryArtifacts(),
      createId: () => '',
    });
    const context = { signal: new AbortController().signal, notify: () => undefined };
    expect(await handlers['tools/list']({}, context)).toMatchObject([{ id: 'sample-tool' }]);
  });
});
