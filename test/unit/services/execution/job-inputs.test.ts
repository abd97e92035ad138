import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { filesParameter } from '../../../../server/tools/file-parameter.ts';
import { expectText } from '../../../../server/tools/input-access.ts';
import type { Analyzer } from '../../../../server/tools/tool.ts';
import { execute } from '../../../support/job-execution.ts';
import { MemoryTexts } from '../../../support/memory-execution.ts';
import { placeOf } from '../../../support/run-job.ts';
import { createSampleTool } from '../../../support/sample-tool.ts';

describe('what a job reads', () => {
  it('reads text where the tool admits it and the file is text', async () => {
    const texts = new MemoryTexts({ 'drive.csv': 'a,b' });
    const tool: Analyzer = {
      ...createSampleTool(async ({ input, tell, describeInputs }) => {
        for await (const piece of expectText(input).chunks()) tell('INFO', Buffer.from(piece).toString());
        tell('INFO', (await describeInputs()).map(({ name, sizeBytes }) => `${name} ${sizeBytes}`).join());
      }),
      input: { parameter: 'file', kinds: ['csv', 'log'], isRequired: true },
    };
    const { outcome, voice } = await execute(tool, { job: { input: placeOf('drive.csv') }, texts });
    expect(voice.messages).toEqual(['a,b', 'drive.csv 9']);
    expect(outcome).toMatchObject({ kind: 'finished', inputs: [{ name: 'drive.csv' }], report: null });
    expect(voice.progressed.at(-1)).toEqual({ fraction: 1, message: 'reading drive.csv' });
    expect(texts.openStreams).toBe(0);
  });

  it.each([
    ['frames.csv', 'text'],
    ['nothing', 'text'],
    ['empty.rlog', 'log'],
  ])('takes an empty file called %s as %s where both are read', async (name, kind) => {
    const tool: Analyzer = {
      ...createSampleTool(async ({ input, tell }) => {
        tell('INFO', input.kind);
        await Promise.resolve();
      }),
      input: { parameter: 'file', kinds: ['csv', 'log'], isRequired: true },
    };
    const input = { name, path: 'drive', roots: [] };
    const { voice } = await execute(tool, { job: { input }, texts: new MemoryTexts({ drive: '' }) });
    expect(voice.messages).toEqual([kind]);
  });

  it('says of text that it is no log, where the tool reads logs only', async () => {
    const texts = new MemoryTexts({ 'drive.csv': 'a,b' });
    const { outcome, voice } = await execute(createSampleTool(), {
      job: { input: placeOf('drive.csv') },
      texts,
    });
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: {
        code: 'NOT_A_LOG',
        message: 'drive.csv is text, such as CSV, and no openpilot log, which sample-tool reads',
      },
    });
    expect(voice.starts).toBe(0);
  });

  it('opens what parameters name, by parameter, and hashes it with the rest', async () => {
    const texts = new MemoryTexts({ '/in/0-bits.txt': 'B0b1' });
    const parameters = z.strictObject({
      bits: filesParameter({ kinds: ['text'], description: 'Bits' }),
      others: filesParameter({ kinds: ['log'], description: 'Logs' }),
    });
    const tool: Analyzer = {
      ...createSampleTool(),
      parameters,
      run: async ({ files, tell }) => {
        for (const name of ['bits', 'others', 'nothing'])
          tell(
            'INFO',
            `${name}: ${files(name)
              .map((file) => `${file.kind} ${file.name}`)
              .join()}`,
          );
        await Promise.resolve();
      },
    };
    const files = {
      bits: [{ name: 'bits.txt', path: '/in/0-bits.txt', roots: [] }],
      others: [placeOf('drive')],
    };
    const { outcome, voice } = await execute(tool, { job: { input: null, files }, texts });
    expect(voice.messages).toEqual(['bits: text bits.txt', 'others: log drive', 'nothing: ']);
    expect(outcome).toMatchObject({ inputs: [{ name: 'bits.txt' }, { name: 'rlog' }] });
  });

  it('may read nothing', async () => {
    const tool = createSampleTool(async (context) => {
      context.tell('INFO', context.input.name);
    });
    const { outcome, voice } = await execute(tool, { job: { input: null } });
    expect(outcome).toEqual({ kind: 'finished', files: [], inputs: [], report: null });
    expect(voice.messages).toEqual(['sample-tool']);
  });
});
