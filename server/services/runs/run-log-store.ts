import type { RunLogEntry } from '#protocol';

/** Keeps what runs said. Lines are numbered from 1 without a gap by whoever appends. */
export interface RunLogStore {
  /** Lines go to disk in the order of the calls; settled when they would survive the death of the process. */
  append(runId: string, entries: readonly RunLogEntry[]): Promise<void>;
  /** At most `limit` lines with a sequence above `after`; none for a run that said nothing. */
  read(runId: string, after: number, limit: number): Promise<readonly RunLogEntry[]>;
  /** The last line's sequence; 0 where there is none. A line cut by a crash is removed. */
  repair(runId: string): Promise<number>;
}
