import type { FuzzTargetName } from './fuzz-target.ts';
import type { CaseOutcome } from './rlog-target.ts';

/** What a worker is to read: cases `from` up to, but not including, `to`, or one file. */
export type WorkerTask = { readonly target: FuzzTargetName } & (
  | { readonly kind: 'cases'; readonly seed: number; readonly from: number; readonly to: number }
  | { readonly kind: 'file'; readonly path: string }
);

/** What a worker tells of one case: its outcome, or what was thrown. */
export interface CaseReport {
  readonly index: number;
  readonly outcome?: CaseOutcome;
  readonly failure?: string;
}
