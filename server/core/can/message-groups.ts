import type { FrameTable } from './frame-table.ts';
import { MessageKeys } from './message-keys.ts';

/**
 * The rows of a frame table by message, that is by bus and arbitration id. Messages stand in the order in which they
 * are seen first; the rows of message `m` are `rows[start[m]]` to `rows[start[m + 1] - 1]`, by time, those of equal
 * time in the order of the source.
 */
export interface MessageGroups {
  readonly count: number;
  /** One entry per message. */
  readonly bus: Uint8Array;
  readonly arbitrationId: Uint32Array;
  /** `count + 1` entries. */
  readonly start: Uint32Array;
  readonly rows: Uint32Array;
}

/** So many rows are a step. */
const STEP_ROWS = 1 << 18;

/** Groups all frames of a table. The table must not grow afterwards. */
export function groupMessages(table: FrameTable): MessageGroups {
  const steps = groupInSteps(table);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/**
 * The same, going on when it is asked for the next step, so that millions of frames can be left in between.
 *
 * @yields Which part of the work is done, from 0 to 1.
 */
export function* groupInSteps(table: FrameTable): Generator<number, MessageGroups, undefined> {
  const { length } = table;
  const keys = new MessageKeys();
  const messageOfRow = new Uint32Array(length);
  for (let row = 0; row < length; row += STEP_ROWS) {
    numberRows(table, keys, messageOfRow.subarray(row, row + STEP_ROWS), row);
    yield row / (2 * length);
  }
  const start = countRows(messageOfRow, keys.count);
  const rows = new Uint32Array(length);
  const next = start.slice(0, keys.count);
  for (let row = 0; row < length; row += STEP_ROWS) {
    placeRows(messageOfRow.subarray(row, row + STEP_ROWS), row, { rows, next });
    yield (length + row) / (2 * length);
  }
  const groups = { count: keys.count, bus: keys.bus, arbitrationId: keys.arbitrationId, start, rows };
  if (!isInOrder(table)) sortByTime(groups, table.seconds);
  return groups;
}

/** Numbers the messages of some rows from `first` on. */
function numberRows(
  { bus, arbitrationId }: FrameTable,
  keys: MessageKeys,
  messageOfRow: Uint32Array,
  first: number,
): void {
  for (let i = 0; i < messageOfRow.length; i++)
    messageOfRow[i] = keys.add(bus[first + i]!, arbitrationId[first + i]!);
}

/** Puts some rows from `first` on to those of their messages; `next` has the place of the next row of each. */
function placeRows(
  messageOfRow: Uint32Array,
  first: number,
  { rows, next }: { readonly rows: Uint32Array; readonly next: Uint32Array },
): void {
  for (let i = 0; i < messageOfRow.length; i++) rows[next[messageOfRow[i]!]!++] = first + i;
}

function countRows(messageOfRow: Uint32Array, count: number): Uint32Array {
  const start = new Uint32Array(count + 1);
  for (const message of messageOfRow) start[message + 1]!++;
  for (let message = 0; message < count; message++) start[message + 1]! += start[message]!;
  return start;
}

function isInOrder({ seconds, length }: FrameTable): boolean {
  for (let row = 1; row < length; row++) if (seconds[row]! < seconds[row - 1]!) return false;
  return true;
}

/** Logs are nearly in order: only the messages that are not are sorted. */
function sortByTime({ count, start, rows }: MessageGroups, seconds: Float64Array): void {
  for (let message = 0; message < count; message++) {
    const own = rows.subarray(start[message], start[message + 1]);
    if (!isSorted(own, seconds)) own.sort((a, b) => seconds[a]! - seconds[b]! || a - b);
  }
}

function isSorted(rows: Uint32Array, seconds: Float64Array): boolean {
  for (let i = 1; i < rows.length; i++) if (seconds[rows[i]!]! < seconds[rows[i - 1]!]!) return false;
  return true;
}
