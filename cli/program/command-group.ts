import type { CommandContext } from '../context.ts';

/** Does the work of a command, and keeps its exit code. */
export type Execute = (work: (context: CommandContext) => Promise<number>) => Promise<void>;

/** The end of a command's help. */
export function writeExamples(...examples: readonly string[]): string {
  const title = examples.length === 1 ? 'Example' : 'Examples';
  return `\n${title}:\n${examples.map((example) => `  ${example}`).join('\n')}`;
}
