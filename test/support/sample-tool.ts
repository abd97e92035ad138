import * as z from 'zod';
import type { Analyzer, ToolContext } from '../../server/tools/tool.ts';

const parameters = z.strictObject({
  text: z.string().optional().describe('Any text'),
  count_limit: z.int().min(1).max(10).default(3).describe('A whole number'),
  ratio: z.number().optional().describe('Any number'),
  is_loud: z.boolean().default(false).describe('Yes or no'),
  mode: z.enum(['fast', 'exact']).default('exact').describe('One of two'),
  watch: z
    .array(z.union([z.string(), z.number()]))
    .optional()
    .describe('Several values'),
});

type SampleParameters = z.output<typeof parameters>;

/** A tool with a parameter of every kind, which does what a test wants. */
export function createSampleTool(
  run: (context: ToolContext<SampleParameters>) => Promise<void> = () => Promise.resolve(),
): Analyzer<typeof parameters> {
  return {
    id: 'sample-tool',
    version: '2.1.0',
    title: 'Sample Tool',
    summary: 'Does it',
    description: 'Does it well.',
    input: { parameter: 'file', kinds: ['log'], isRequired: false },
    outputTypes: ['text/plain'],
    parameters,
    run,
  };
}
