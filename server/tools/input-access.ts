import type { EventBatch } from '../core/rlog/event-batch.ts';
import type { CanFrames } from '../core/can/frame-columns.ts';
import type { Problem } from '#protocol';

/** Frames of a log, a window at a time. */
export interface CanFrameBatches extends AsyncIterable<CanFrames> {
  /**
   * `monoTime` of the first event of the service, even one without frames, in nanoseconds; undefined before the first
   * batch, and for a log without such events.
   */
  readonly firstMonoTime: bigint | undefined;
}

/** Which frames are wanted. */
export interface CanFrameQuery extends ReadOptions {
  readonly service: 'can' | 'sendcan';
}

/** How an input is read. */
export interface ReadOptions {
  /** Stop at the first bytes that are no message instead of searching on. */
  readonly stopAtGarbage?: boolean;
  /** Which part of the run's progress the reading is; default: all of it. */
  readonly progress?: { readonly from: number; readonly to: number };
}

/** Takes what it wants from every batch of a log's events; a batch is borrowed until `append` returns. */
export interface BatchReader {
  append(batch: EventBatch): void;
  /** What it found amiss since it was asked last; asked at the end of each segment. */
  takeProblems?(): readonly Problem[];
}

/** What a tool sees of a log: columns, never bytes or files. */
export interface LogAccess {
  readonly kind: 'log';
  /** Name to call files after. */
  readonly name: string;
  /** Frames in file order; each batch is borrowed until the next one is asked for. Progress is told by itself. */
  canFrames(query: CanFrameQuery): CanFrameBatches;
  /** Walks the log once, handing each batch to every reader in turn. Progress is told by itself. */
  read(readers: readonly BatchReader[], options?: ReadOptions): Promise<void>;
}

/** What a tool sees of a file that is text, such as CSV. */
export interface TextAccess {
  readonly kind: 'text';
  /** Name to call files after. */
  readonly name: string;
  /** The bytes of the file in pieces; each is borrowed until the next one is asked for. Progress is told by itself. */
  chunks(options?: Pick<ReadOptions, 'progress'>): AsyncIterable<Uint8Array>;
}

/** What a tool reads. */
export type InputAccess = LogAccess | TextAccess;

/** For tools whose manifest admits logs only. */
export function expectLog(input: InputAccess): LogAccess {
  if (input.kind !== 'log') throw new Error('a log was expected: the manifest admits other inputs');
  return input;
}

/** For tools and parameters whose manifest admits text only. */
export function expectText(input: InputAccess): TextAccess {
  if (input.kind !== 'text') throw new Error('text was expected: the manifest admits other inputs');
  return input;
}
