import type { FrameTable } from '../../can/frame-table.ts';
import { type FramePayload, readField } from './payload-field.ts';
import { isInPayload, type ProtectingSignal, type Protection } from './protection.ts';

/** The frame is as it should be. */
export const RIGHT = 0;
/** It is not. */
export const WRONG = 1;
/** Nothing can be said: the message has no such signal, the payload does not hold it, or no frame came before. */
export const NOT_CHECKABLE = 2;

/** opendbc gives a message up when it has failed so often; see `CounterState.failures`. */
const MAX_COUNTER_FAILURES = 5;

/** What is remembered of a counter from frame to frame of one message on one bus. */
export interface CounterState {
  /** What it was last; -1 before the first. */
  last: number;
  /**
   * As opendbc counts: one more with every wrong step, up to 5, and one less with every right one. From 5 on opendbc
   * takes no values of the message. It takes 0 for what came before the first frame, where CTS checks nothing.
   */
  failures: number;
}

/** How counters are checked. */
export interface CounterOptions {
  /** What came before the rows; kept up to date for those that come next. Default: nothing came before. */
  readonly state?: CounterState;
}

/** Of a message of which no frame has been seen. */
export function createCounterState(): CounterState {
  return { last: -1, failures: 0 };
}

/**
 * Compares the checksums of frames with what they should be, over the whole payload that was received, as opendbc does.
 *
 * @param rows Frames of the message.
 * @returns `RIGHT`, `WRONG` or `NOT_CHECKABLE` for each of the rows.
 */
export function verifyChecksums(
  protection: Protection,
  table: FrameTable,
  rows: Uint32Array,
): Uint8Array<ArrayBuffer> {
  const results = new Uint8Array(rows.length).fill(NOT_CHECKABLE);
  const { checksum } = protection;
  if (checksum === undefined) return results;
  const { field, algorithm } = checksum;
  const frame = createPayload(table);
  for (let i = 0; i < rows.length; i++) {
    goToRow(frame, table, rows[i]!);
    if (!isInPayload(checksum, frame)) continue;
    results[i] = readField(field, frame) === algorithm(frame, field) ? RIGHT : WRONG;
  }
  return results;
}

/**
 * Tells of each frame whether its counter is one more than that of the frame before, modulo what its bits hold. Frames
 * that do not hold it are passed over.
 *
 * @param rows Frames of one message on one bus, in their order.
 * @returns `RIGHT`, `WRONG` or `NOT_CHECKABLE` for each of the rows.
 */
export function verifyCounters(
  protection: Protection,
  table: FrameTable,
  rows: Uint32Array,
  { state = createCounterState() }: CounterOptions = {},
): Uint8Array<ArrayBuffer> {
  const results = new Uint8Array(rows.length).fill(NOT_CHECKABLE);
  const { counter } = protection;
  if (counter === undefined) return results;
  const frame = createPayload(table);
  for (let i = 0; i < rows.length; i++) {
    goToRow(frame, table, rows[i]!);
    if (isInPayload(counter, frame)) results[i] = checkStep(counter, readField(counter.field, frame), state);
  }
  return results;
}

function checkStep({ field }: ProtectingSignal, value: number, state: CounterState): number {
  const { last } = state;
  state.last = value;
  if (last < 0) return NOT_CHECKABLE;
  const isRight = value === (last + 1) % 2 ** field.length;
  if (!isRight) state.failures = Math.min(state.failures + 1, MAX_COUNTER_FAILURES);
  else if (state.failures > 0) state.failures--;
  return isRight ? RIGHT : WRONG;
}

function createPayload({ data }: FrameTable): FramePayload {
  return { arbitrationId: 0, data, start: 0, length: 0 };
}

function goToRow(frame: FramePayload, table: FrameTable, row: number): void {
  frame.arbitrationId = table.arbitrationId[row]!;
  frame.start = table.dataStart[row]!;
  frame.length = table.dataLength[row]!;
}
