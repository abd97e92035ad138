import * as z from 'zod';
import { readAddress } from '../../core/can/address-text.ts';
import { findOverlap, parseTimeRanges } from '../reading/time-ranges.ts';
import { busFilesParameter } from '../file-parameter.ts';
import type { ParameterConflict } from '../tool.ts';

const BUS = /^(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/;

export const SEARCH_PARAMETERS = z.strictObject({
  field: z
    .string()
    .max(300)
    .optional()
    .describe('What to search for: a number in the log, such as carState.vEgo or carState.gasPressed'),
  intervals: z
    .array(z.string().max(100))
    .max(1000)
    .default([])
    .describe(
      'Instead of field: when the thing was on, such as 12.5-14 or 1:05-1:20; it was off at all other times',
    ),
  buses: z
    .array(z.string().regex(BUS, 'a bus number from 0 to 255 is expected'))
    .max(256)
    .default([])
    .describe('Search on these buses only'),
  ids: z
    .array(z.string().max(40))
    .max(10_000)
    .default([])
    .describe('Search these messages only, such as 0x0AA'),
  dbc: busFilesParameter({
    kinds: ['text'],
    description: 'DBC files whose signals are named where they are found: FILE, or 0=FILE for one bus',
  }),
  max_candidates: z.int().min(1).max(1000).default(50).describe('How many candidates are listed'),
  max_lag: z
    .number()
    .min(0)
    .max(10)
    .default(1)
    .describe('How many seconds the field may come before or after its reference'),
  min_length: z.int().min(1).max(64).default(1).describe('Fields have at least this many bits'),
  max_length: z.int().min(1).max(64).default(32).describe('Fields have at most this many bits'),
  time_from: z.number().min(0).optional().describe('Leave out what comes before this second'),
  time_to: z.number().min(0).optional().describe('Leave out what comes after this second'),
});

/** Parameters of a search. */
export type SearchParameters = z.output<typeof SEARCH_PARAMETERS>;

/** Refuses parameters that contradict each other, and times and addresses that cannot be read. */
export function checkSearchParameters(given: SearchParameters): ParameterConflict | undefined {
  const { field, intervals, min_length, max_length, time_from = 0, time_to = Infinity } = given;
  if (field === undefined && intervals.length === 0)
    return { parameter: 'field', expected: 'must name what to search for, or intervals say when it was on' };
  if (field !== undefined && intervals.length > 0)
    return { parameter: 'intervals', expected: `must be empty where field (${field}) is given` };
  if (min_length > max_length)
    return { parameter: 'min_length', expected: `must be at most max_length (${String(max_length)})` };
  if (time_from >= time_to)
    return { parameter: 'time_from', expected: `must be less than time_to (${String(time_to)})` };
  return checkField(field) ?? checkIds(given.ids) ?? checkIntervals(intervals);
}

function checkField(field: string | undefined): ParameterConflict | undefined {
  if (field?.trim() !== '') return undefined;
  return { parameter: 'field', expected: 'must name a number in the log, such as carState.vEgo' };
}

function checkIds(ids: readonly string[]): ParameterConflict | undefined {
  const unread = ids.find((id) => readAddress(id) === undefined);
  if (unread === undefined) return undefined;
  const expected = `must hold CAN addresses such as 0x0AA, 170 or 67A, up to 0x1FFFFFFF; "${unread}" is none`;
  return { parameter: 'ids', expected };
}

function checkIntervals(intervals: readonly string[]): ParameterConflict | undefined {
  const ranges = parseTimeRanges(intervals, 'intervals');
  for (const [i, range] of ranges.entries()) {
    const overlap = findOverlap(ranges.slice(0, i), [range]);
    if (overlap !== undefined)
      return { parameter: 'intervals', expected: `must not overlap each other, as ${overlap} does` };
  }
  return undefined;
}
