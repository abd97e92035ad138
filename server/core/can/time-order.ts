import { WINDOW } from './csv/frame-segments.ts';
import type { FrameTable } from './frame-table.ts';
import type { TimeSpan } from './message-rows.ts';

/**
 * Puts the rows of a table into the order of time; rows of one time stay in the order of the table.
 *
 * Merges what is in order already: logs are nearly so.
 *
 * @returns Undefined where the table is in order as it is.
 */
export function orderByTime({ seconds, length }: FrameTable): Uint32Array | undefined {
  let runs = findRuns(seconds, length);
  if (runs.length <= 2) return undefined;
  let from = Uint32Array.from({ length }, (_, row) => row);
  let into = new Uint32Array(length);
  while (runs.length > 2) {
    for (let run = 0; run + 1 < runs.length; run += 2) {
      const end = runs[run + 2] ?? length;
      mergeRuns(seconds, { from, into, start: runs[run]!, middle: runs[run + 1]!, end });
    }
    // Every second border is gone; the last one stays.
    runs = [...runs.filter((_, index) => index % 2 === 0 && index < runs.length - 1), length];
    [from, into] = [into, from];
  }
  return from;
}

/** Where each run of ascending times begins, and `length`. */
function findRuns(seconds: Float64Array, length: number): readonly number[] {
  const runs = [0];
  for (let row = 1; row < length; row++) if (seconds[row]! < seconds[row - 1]!) runs.push(row);
  return [...runs, length];
}

interface Merge {
  readonly from: Uint32Array;
  readonly into: Uint32Array;
  readonly start: number;
  readonly middle: number;
  readonly end: number;
}

/** Merges the runs from `start` and from `middle`; rows of the first come first where times are equal. */
function mergeRuns(seconds: Float64Array, { from, into, start, middle, end }: Merge): void {
  let left = start;
  let right = middle;
  for (let to = start; to < end; to++) {
    const takesLeft = left < middle && (right >= end || seconds[from[left]!]! <= seconds[from[right]!]!);
    into[to] = takesLeft ? from[left++]! : from[right++]!;
  }
}

/**
 * Tells for each row the segment of its time: where frames of several segments share a time, the one whose name is last
 * in the alphabet. So does comma-tools. `order` has the rows by time, and is undefined where they are so.
 */
export function labelTimes(
  { seconds, length }: FrameTable,
  segments: Uint8Array,
  order: Uint32Array | undefined,
): Uint8Array {
  const labels = segments.slice(0, length);
  const raise = (from: number, to: number): void => {
    const row = order === undefined ? from : order[from]!;
    const other = order === undefined ? to : order[to]!;
    if (seconds[row] === seconds[other]) labels[other] = Math.max(labels[other]!, labels[row]!);
  };
  // The last of equal times gathers what the others are, and hands it back.
  for (let index = 1; index < length; index++) raise(index - 1, index);
  for (let index = length - 1; index > 0; index--) raise(index, index - 1);
  return labels;
}

/**
 * Lists the stretches in which frame after frame is labelled window, by time: from the first to the last of each. `order`
 * has the rows by time, and is undefined where they are so.
 */
export function listWindows(
  { seconds, length }: FrameTable,
  segments: Uint8Array,
  order: Uint32Array | undefined,
): readonly TimeSpan[] {
  const windows: { from: number; to: number }[] = [];
  let open: { from: number; to: number } | undefined;
  for (let index = 0; index < length; index++) {
    const row = order === undefined ? index : order[index]!;
    const time = seconds[row]!;
    if (segments[row] !== WINDOW) open = undefined;
    else if (open !== undefined) open.to = time;
    else windows.push((open = { from: time, to: time }));
  }
  return windows;
}

/** The times of the earliest and the latest frame; undefined without frames. */
export function findTimeSpan({ seconds, length }: FrameTable): TimeSpan | undefined {
  if (length === 0) return undefined;
  let from = Infinity;
  let to = -Infinity;
  for (let row = 0; row < length; row++) {
    const time = seconds[row]!;
    if (time < from) from = time;
    if (time > to) to = time;
  }
  return { from, to };
}

/** Counts the frames that are earlier than the one before them. */
export function countOutOfOrder({ seconds, length }: FrameTable): number {
  let count = 0;
  for (let row = 1; row < length; row++) if (seconds[row]! < seconds[row - 1]!) count++;
  return count;
}
