import { expect, it } from 'vitest';
import * as z from 'zod';
import { CTS_VERSION } from '#protocol';
import { filesParameter, fileParameter } from '../../../../server/tools/file-parameter.ts';
import { writeMetadata } from '../../../../server/tools/results/metadata-artifact.ts';
import type { Analyzer } from '../../../../server/tools/tool.ts';
import { runTool, textInput } from '../../../support/tool-run.ts';

const parameters = z.strictObject({
  background: filesParameter({ kinds: ['csv'], description: 'Several' }),
  watchlist: fileParameter({ kinds: ['text'], description: 'One' }),
  limit: z.number().default(2.5).describe('A number'),
});

const TABLE = { name: 'bits', version: 'bits.v3', description: 'Bits', columns: [] };

const tool: Analyzer<typeof parameters> = {
  id: 'describing-tool',
  version: '1.2.3',
  title: 'Describing Tool',
  summary: 'Tells where it comes from',
  description: 'Tells where it comes from.',
  input: { parameter: 'file', kinds: ['csv'], isRequired: true },
  outputTypes: ['application/json'],
  parameters,
  run: (context) => writeMetadata(context, { tool, fileName: 'meta.json', tables: [TABLE] }),
};

it('tells where tables come from: files by their names, parameters with their defaults', async () => {
  const { files } = await runTool(tool, {
    input: textInput('drive.csv', 'a'),
    files: {
      background: [textInput('idle.csv', 'b'), textInput('park.csv', 'c')],
      watchlist: [textInput('bits.txt', 'd')],
    },
    parameters: { background: ['/secret/idle.csv', 'upload:1'], watchlist: '/secret/bits.txt' },
  });
  const text = files.get('meta.json')?.toString() ?? '';
  expect(text).not.toContain('secret');
  expect(JSON.parse(text)).toEqual({
    schema_version: 'analysis_meta.v1',
    analysis_id: '00000000-0000-4000-8000-000000000001',
    timestamp: '2025-01-02T03:04:05.678Z',
    tool: 'describing-tool',
    tool_version: '1.2.3',
    cts_version: CTS_VERSION,
    inputs: [{ name: 'drive.csv', size_bytes: 9, sha256: expect.stringMatching(/^[\da-f]{64}$/) as unknown }],
    parameters: { background: ['idle.csv', 'park.csv'], watchlist: 'bits.txt', limit: 2.5 },
    tables: { bits: 'bits.v3' },
  });
});
