import type { LogWindow } from './log-window.ts';

/** The message has several segments or a far pointer to its root: it must be followed with a `MessageView`. */
export const MULTI_SEGMENT = 1;
/** The event's `valid` is false. */
export const NOT_VALID = 2;

/** Most rows that a batch holds. */
export const BATCH_ROWS = 32_768;

/**
 * Events that lie whole in one window of the log, in file order and in columns: row `i` of each describes the same
 * event. Borrowed: window and columns are overwritten when the next batch is asked for.
 */
export interface EventBatch {
  readonly length: number;
  readonly window: LogWindow;
  /** Offset of the window's first byte in the decompressed log. */
  readonly windowStart: number;
  /** Byte of the window at which the message begins: its segment table. */
  readonly start: Uint32Array;
  /** Byte just past the message. */
  readonly end: Uint32Array;
  /** Union tag: which service the event belongs to. 0 where the writer's Event had no room for one. */
  readonly tag: Uint16Array;
  /** Nanoseconds since boot. */
  readonly monoTime: BigUint64Array;
  /** The same memory as `monoTime`: lower half at `2 * i`, upper half at `2 * i + 1`. */
  readonly monoTimeWords: Uint32Array;
  /**
   * Byte of the window at which the pointer to the service's content lies, 0 when the writer's Event had none.
   * Meaningless where `flags` has MULTI_SEGMENT.
   */
  readonly pointer: Uint32Array;
  /** MULTI_SEGMENT, NOT_VALID. */
  readonly flags: Uint8Array;
}

/** An `EventBatch` under construction. */
export interface MutableEventBatch extends EventBatch {
  length: number;
  window: LogWindow;
  windowStart: number;
}

/** Makes an empty batch; its columns are allocated once and used again for every window. */
export function createEventBatch(window: LogWindow): MutableEventBatch {
  const monoTime = new BigUint64Array(BATCH_ROWS);
  return {
    length: 0,
    window,
    windowStart: 0,
    start: new Uint32Array(BATCH_ROWS),
    end: new Uint32Array(BATCH_ROWS),
    tag: new Uint16Array(BATCH_ROWS),
    monoTime,
    monoTimeWords: new Uint32Array(monoTime.buffer),
    pointer: new Uint32Array(BATCH_ROWS),
    flags: new Uint8Array(BATCH_ROWS),
  };
}
