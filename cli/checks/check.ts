import type { CommandContext } from '../context.ts';

/** What looking at one thing came to. */
export interface CheckResult {
  readonly level: 'ok' | 'warn' | 'fail';
  readonly name: string;
  readonly found: string;
  /** What to do, where something is wrong. */
  readonly advice?: string;
}

/** How thoroughly is looked. */
export interface CheckDepth {
  /** Whether every byte that is kept is read. */
  readonly withChecksums: boolean;
}

/** Looks at one thing. */
export type Check = (context: CommandContext, depth: CheckDepth) => Promise<readonly CheckResult[]>;
