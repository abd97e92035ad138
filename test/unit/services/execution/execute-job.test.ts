import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import { expectLog } from '../../../../server/tools/input-access.ts';
import type { ToolContext } from '../../../../server/tools/tool.ts';
import { execute } from '../../../support/job-execution.ts';
import { MemoryArtifacts } from '../../../support/memory-artifacts.ts';
import { MemoryInputs } from '../../../support/memory-execution.ts';
import { placeOf } from '../../../support/run-job.ts';
import { createSampleTool } from '../../../support/sample-tool.ts';
import { makeSmallDrive } from '../../../support/small-drive.ts';

const log = makeSmallDrive();

/** Writes the arbitration id of each frame as a line. */
async function listIds({
  input,
  artifacts,
}: Pick<ToolContext<unknown>, 'input' | 'artifacts'>): Promise<void> {
  const opened = expectLog(input);
  const file = await artifacts.create(`${opened.name}.txt`, 'text/plain');
  for await (const { arbitrationId, length } of opened.canFrames({ service: 'can' }))
    await file.write(new TextEncoder().encode([...arbitrationId.subarray(0, length)].join('\n')));
  await file.finish({ rows: 4 });
}

describe('a job', () => {
  it('comes to files, the hashes of what was read, and a report on it', async () => {
    const { outcome, voice, files } = await execute(createSampleTool(listIds));
    expect(outcome).toEqual({
      kind: 'finished',
      files: [
        {
          name: 'drive.txt',
          mediaType: 'text/plain',
          sizeBytes: 13,
          sha256: 'e49691d05e519f5c4be566fe4885cd775668c33e174aa72fc718bcd0217d89a8',
          rows: 4,
        },
      ],
      inputs: [{ name: 'rlog', path: 'drive', sizeBytes: 5, sha256: 'ab'.repeat(32) }],
      report: expect.objectContaining({ events: 8, isWhole: true }) as unknown,
    });
    expect([...files]).toEqual([['work/drive.txt', '64\n281\n290\n64']]);
    expect(voice).toMatchObject({
      starts: 1,
      lines: [],
      progressed: [{ fraction: 1, message: 'reading rlog' }],
    });
  });

  it('gives the tool its parameters, and passes on what it says', async () => {
    const tool = createSampleTool(async (context) => {
      context.tell('WARNING', `at most ${context.parameters.count_limit}`);
    });
    const { outcome, voice } = await execute(tool, { job: { parameters: { count_limit: 5 } } });
    expect(outcome).toMatchObject({ kind: 'finished', files: [], report: null });
    expect(voice.lines).toEqual([{ level: 'WARNING', message: 'at most 5' }]);
  });

  it('reads no further than the limit', async () => {
    const { outcome } = await execute(createSampleTool(listIds), { job: { maxBytes: log.length - 8 } });
    expect(outcome).toMatchObject({ report: { events: 7, isWhole: false } });
  });

  it('passes on how far the tool has come, and who it works for', async () => {
    const tool = createSampleTool(async ({ tellProgress, tell, run }) => {
      tellProgress(1, 'sorting');
      tell('INFO', `${run.id} ${run.startedAt.toISOString()}`);
      await Promise.resolve();
    });
    const { voice } = await execute(tool);
    expect(voice.progressed).toEqual([{ fraction: 1, message: 'sorting' }]);
    expect(voice.messages).toEqual(['run-1 2026-01-02T03:04:05.000Z']);
  });

  it('fails when it wants a log and is given none', async () => {
    const { outcome } = await execute(createSampleTool(listIds), { job: { input: null } });
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: {
        code: 'TOOL_FAILED',
        message: 'sample-tool broke: a log was expected: the manifest admits other inputs',
      },
    });
  });

  it('warns of an input that changes while it is read', async () => {
    const inputs = new MemoryInputs();
    const tool = createSampleTool(async () => {
      inputs.touch();
    });
    const { outcome, voice } = await execute(tool, { inputs });
    expect(outcome).toMatchObject({ kind: 'finished', inputs: [{ path: 'drive' }] });
    expect(voice.lines).toEqual([
      { level: 'WARNING', message: 'drive changed while it was read: the result is of both' },
    ]);
  });

  it('warns of an input that is gone at the end', async () => {
    const inputs = new MemoryInputs();
    const tool = createSampleTool(async () => {
      inputs.lost.add('drive');
    });
    const { outcome, voice } = await execute(tool, { inputs });
    expect(outcome).toMatchObject({ kind: 'finished', inputs: [{ path: 'drive' }] });
    expect(voice.messages).toEqual(['drive changed while it was read: the result is of both']);
  });
});

describe('a job that fails', () => {
  it.each([
    { job: { toolId: 'simple-tool' }, code: 'TOOL_NOT_FOUND' },
    { job: { input: placeOf('nope') }, code: 'FILE_NOT_FOUND' },
  ])('does not begin with $job', async ({ job, code }) => {
    const { outcome, voice } = await execute(createSampleTool(listIds), { job });
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code } });
    expect(voice.starts).toBe(0);
  });

  it('says that the tool broke, and for its author where', async () => {
    const tool = createSampleTool(async () => {
      throw new TypeError('x is not a function');
    });
    const { outcome, voice } = await execute(tool);
    expect(outcome).toEqual({
      kind: 'failed',
      failure: {
        code: 'TOOL_FAILED',
        message: 'sample-tool broke: x is not a function',
        details: { tool: 'sample-tool' },
        actions: [],
      },
    });
    expect(voice.lines).toEqual([
      { level: 'DEBUG', message: expect.stringContaining('execute-job.test.ts') as unknown },
    ]);
  });

  it('passes on what is already said well', async () => {
    const full = new CtsError('DISK_FULL', 'Cannot write it', {
      details: { path: 'x' },
      actions: ['Free some space.'],
    });
    const { outcome, voice } = await execute(createSampleTool(listIds), {
      artifacts: new MemoryArtifacts(full),
    });
    expect(outcome).toEqual({
      kind: 'failed',
      failure: {
        code: 'DISK_FULL',
        message: 'Cannot write it',
        details: { path: 'x' },
        actions: ['Free some space.'],
      },
    });
    expect(voice.lines).toEqual([]);
  });
});

describe('a job that is told to stop', () => {
  it('has stopped, whatever its tool throws', async () => {
    const interrupt = new AbortController();
    const tool = createSampleTool(async (context) => {
      interrupt.abort();
      await listIds(context);
    });
    expect((await execute(tool, { signal: interrupt.signal })).outcome).toEqual({ kind: 'stopped' });
  });

  it('has not finished, even when its tool ends as if nothing were', async () => {
    const interrupt = new AbortController();
    const tool = createSampleTool(async () => {
      interrupt.abort();
    });
    const { outcome, files } = await execute(tool, { signal: interrupt.signal });
    expect(outcome).toEqual({ kind: 'stopped' });
    expect(files.size).toBe(0);
  });
});
