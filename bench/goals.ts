import type { RowId } from './contestants.ts';
import type { InputId } from './inputs.ts';
import type { InputResult, RowResult } from './rounds.ts';
import { compare, type Ratio } from './statistics.ts';

/** A promise about speed or memory, and how this run kept it. */
export interface GoalResult {
  readonly promise: string;
  readonly limit: number;
  /** As judged: the ratio of minima, or megabytes. `undefined` where a row of it could not be run. */
  readonly value: number | undefined;
  /** The same by medians, for ratios. */
  readonly byMedians: number | undefined;
  readonly unit: 'x' | 'MB';
}

/** Two rows of one input, and the clock that each is read from. */
export interface Comparison {
  readonly row: RowId;
  readonly over: RowId;
  /** The work runs on one thread: its wall time is its price. `zstd` may use several, so its CPU time counts. */
  readonly overClock: 'wall' | 'cpu';
}

interface RatioGoal extends Comparison {
  readonly promise: string;
  readonly limit: number;
}

const RATIO_GOALS: readonly RatioGoal[] = [
  {
    promise: 'CAN to columns, streamed, to the C++ peer',
    row: 'cts-can-streamed',
    over: 'peer-can',
    overClock: 'wall',
    limit: 0.75,
  },
  {
    promise: 'CAN to columns, one buffer, to the C++ peer',
    row: 'cts-can-one-buffer',
    over: 'peer-can',
    overClock: 'wall',
    limit: 1.2,
  },
  {
    promise: 'CAN to columns, streamed, to the CPU time of `zstd -d`',
    row: 'cts-can-streamed',
    over: 'zstd',
    overClock: 'cpu',
    limit: 1.2,
  },
  {
    promise: 'rlog-to-csv to the C++ peer',
    row: 'cts-csv',
    over: 'peer-csv',
    overClock: 'wall',
    limit: 1.2,
  },
  {
    promise: 'cold `cts info` to the C++ peer, whole processes',
    row: 'cts-info',
    over: 'peer-info',
    overClock: 'wall',
    limit: 3,
  },
];

interface MemoryGoal {
  readonly promise: string;
  readonly input: InputId;
  readonly row: RowId;
}

const PEAK_LIMIT_MB = 150;
const MEMORY_GOALS: readonly MemoryGoal[] = [
  { promise: 'peak memory, CAN to columns, one minute', input: 'minute', row: 'cts-can-streamed' },
  { promise: 'peak memory, rlog-to-csv, one minute', input: 'minute', row: 'cts-csv' },
  { promise: 'peak memory, CAN to columns, ten segments', input: 'route', row: 'cts-can-streamed' },
  { promise: 'peak memory, rlog-to-csv, ten segments', input: 'route', row: 'cts-csv' },
];

/** Judges a run: ratios on the minute, memory on the minute and on the route. */
export function judgeGoals(results: readonly InputResult[]): readonly GoalResult[] {
  return [
    ...RATIO_GOALS.map((goal) => judgeRatio(goal, results)),
    ...MEMORY_GOALS.map((goal) => judgeMemory(goal, results)),
  ];
}

/** Whether a goal was reached; `undefined` where it could not be judged. */
export function isReached({ value, limit }: Pick<GoalResult, 'value' | 'limit'>): boolean | undefined {
  return value === undefined ? undefined : value <= limit;
}

/** Divides the wall time of one row by a time of another; `undefined` where one of them was not run. */
export function compareRows(
  rows: readonly RowResult[],
  { row, over, overClock }: Comparison,
): Ratio | undefined {
  const contestant = rows.find(({ id }) => id === row)?.wall;
  const reference = rows.find(({ id }) => id === over)?.[overClock];
  if (contestant === undefined || reference === undefined) return undefined;
  return compare(contestant, reference);
}

function judgeRatio(goal: RatioGoal, results: readonly InputResult[]): GoalResult {
  const ratio = compareRows(rowsOf(results, 'minute'), goal);
  const { promise, limit } = goal;
  return { promise, limit, value: ratio?.ofMinima, byMedians: ratio?.ofMedians, unit: 'x' };
}

function judgeMemory({ promise, input, row }: MemoryGoal, results: readonly InputResult[]): GoalResult {
  const peak = rowsOf(results, input).find(({ id }) => id === row)?.peakRssBytes;
  const value = peak === undefined ? undefined : peak / 1e6;
  return { promise, limit: PEAK_LIMIT_MB, value, byMedians: undefined, unit: 'MB' };
}

function rowsOf(results: readonly InputResult[], input: InputId): readonly RowResult[] {
  return results.find((result) => result.input.id === input)?.rows ?? [];
}
