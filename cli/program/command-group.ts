import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';

/** Does the work of a command, and keeps its exit code. */
export type Execute = (work: (context: CommandContext) => Promise<number>) => Promise<void>;

/** Adds commands that belong together; their work is loaded when one of them is used. */
export type AddCommands = (program: Command, execute: Execute) => void;

/** The end of a command's help. */
export function writeExamples(...examples: readonly string[]): string {
  const title = examples.length === 1 ? 'Example' : 'Examples';
  return `\n${title}:\n${examples.map((example) => `  ${example}`).join('\n')}`;
}
