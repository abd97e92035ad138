import type { FrameTable } from './frame-table.ts';
import type { MessageGroups } from './message-groups.ts';
import type { SampleRange } from '../series/sample-range.ts';

/** A stretch of time in seconds; both ends belong to it. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** The rows of a message by time: a view, not a copy. */
export function borrowMessageRows({ rows, start }: MessageGroups, message: number): Uint32Array {
  return rows.subarray(start[message], start[message + 1]);
}

/** Frames of one message. */
export interface MessageRows {
  readonly bus: number;
  readonly arbitrationId: number;
  /** By time. */
  readonly rows: Uint32Array;
}

/** Lists the messages of a table, with views of their rows. */
export function listMessageRows(groups: MessageGroups): readonly MessageRows[] {
  return Array.from({ length: groups.count }, (_, message) => ({
    bus: groups.bus[message]!,
    arbitrationId: groups.arbitrationId[message]!,
    rows: borrowMessageRows(groups, message),
  }));
}

/**
 * The rows in a stretch of time: a view, not a copy.
 *
 * @param rows By time.
 */
export function borrowRowsBetween(table: FrameTable, rows: Uint32Array, span: TimeSpan): Uint32Array {
  const { first, end } = findRowsBetween(table, rows, span);
  return rows.subarray(first, end);
}

/**
 * The places, among some rows, of those in a stretch of time.
 *
 * @param rows By time.
 */
export function findRowsBetween(table: FrameTable, rows: Uint32Array, { from, to }: TimeSpan): SampleRange {
  const { seconds } = table;
  const first = findFirst(rows, (row) => seconds[row]! >= from);
  const end = findFirst(rows, (row) => seconds[row]! > to);
  return { first, end: Math.max(first, end) };
}

/** Index of the first row for which something is true that stays true; the number of rows where there is none. */
function findFirst(rows: Uint32Array, isTrue: (row: number) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrue(rows[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The frames of a table divided into stretches, such as before, in and after a window. */
export interface Stretches {
  readonly count: number;
  /** The stretch of each row of the table; `count` and above: in none. */
  readonly ofRow: Uint8Array;
}

/** Divides the frames of a table into those before a stretch of time (0), in it (1) and after it (2). */
export function divideAtSpan({ seconds, length }: FrameTable, { from, to }: TimeSpan): Stretches {
  const ofRow = new Uint8Array(length);
  for (let row = 0; row < length; row++) {
    const time = seconds[row]!;
    ofRow[row] = time < from ? 0 : time > to ? 2 : 1;
  }
  return { count: 3, ofRow };
}
