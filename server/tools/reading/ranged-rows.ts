import { CtsError } from '#protocol';
import type { FrameTable } from '../../core/can/frame-table.ts';
import type { TimeSpan } from '../../core/can/message-rows.ts';
import { formatMinutes } from '../../core/text/minutes-text.ts';
import type { InputFrames } from './input-frames.ts';
import { isInRanges } from './time-ranges.ts';

/** Stretches of time, and the parameter that gave them. */
export interface NamedRanges {
  readonly parameter: string;
  readonly ranges: readonly TimeSpan[];
}

const NO_ROWS = new Uint32Array(0);

/** The rows that lie in one of the ranges, in their order. */
export function selectRows(table: FrameTable, rows: Uint32Array, ranges: readonly TimeSpan[]): Uint32Array {
  if (ranges.length === 0) return NO_ROWS;
  return rows.filter((row) => isInRanges(ranges, table.seconds[row] ?? NaN));
}

/** The rows that lie in none of the ranges, in their order. */
export function excludeRows(table: FrameTable, rows: Uint32Array, ranges: readonly TimeSpan[]): Uint32Array {
  if (ranges.length === 0) return rows;
  return rows.filter((row) => !isInRanges(ranges, table.seconds[row] ?? NaN));
}

/**
 * Makes sure that frames have times, and that there are some in each of the ranges.
 *
 * @throws {CtsError} INVALID_PARAMETER with the range without frames and the times that there are.
 */
export function requireFrames({ name, table, hasTimes }: InputFrames, given: readonly NamedRanges[]): void {
  for (const { parameter, ranges } of given) {
    if (ranges.length > 0 && !hasTimes) throw createTimeless(parameter, name);
    for (const range of ranges) {
      if (!hasFrameIn(table, range)) throw createEmpty(parameter, range, describeSpan(table, name));
    }
  }
}

function hasFrameIn({ seconds, length }: FrameTable, { from, to }: TimeSpan): boolean {
  return seconds.subarray(0, length).some((time) => time >= from && time <= to);
}

function describeSpan({ seconds, length }: FrameTable, name: string): string {
  const times = seconds.subarray(0, length);
  const first = times.reduce((least, time) => Math.min(least, time), Infinity);
  const last = times.reduce((most, time) => Math.max(most, time), -Infinity);
  return `those of "${name}" go from ${formatMinutes(first)} to ${formatMinutes(last)}`;
}

function createEmpty(parameter: string, { from, to }: TimeSpan, span: string): CtsError {
  return new CtsError(
    'INVALID_PARAMETER',
    `Parameter '${parameter}': no frame lies between ${formatMinutes(from)} and ${formatMinutes(to)}; ${span}`,
    { details: { parameter, from, to }, actions: ['Choose a stretch of time with frames.'] },
  );
}

function createTimeless(parameter: string, name: string): CtsError {
  return new CtsError(
    'INVALID_PARAMETER',
    `Parameter '${parameter}' needs times, and "${name}" has none: its columns are Bus, MessageID and Message`,
    { details: { parameter }, actions: ['Use a log, or a CSV with a column of times.'] },
  );
}
