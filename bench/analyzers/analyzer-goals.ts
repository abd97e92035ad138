import { compare, type Ratio } from '../statistics.ts';
import { type AnalyzerCase, READING } from './analyzer-cases.ts';
import type { AnalyzerRow } from './analyzer-rounds.ts';

/** The rows of one log. */
export interface AnalyzerResult {
  readonly label: string;
  readonly rows: readonly AnalyzerRow[];
}

/** A promise about a tool, and how this run kept it. */
export interface AnalyzerGoal {
  readonly promise: string;
  readonly limit: number;
  /** As judged: the ratio of minima, milliseconds or megabytes; undefined where it was not measured. */
  readonly value: number | undefined;
  /** The same by medians, for ratios and times. */
  readonly byMedians: number | undefined;
  readonly unit: 'x' | 'ms' | 'MB';
}

const PEAK_LIMIT_MB = 300;

/** Judges every tool on every log: time against the reading of the frames, or by itself, and memory. */
export function judgeAnalyzers(
  cases: readonly AnalyzerCase[],
  results: readonly AnalyzerResult[],
): readonly AnalyzerGoal[] {
  return results.flatMap((result) => [
    ...cases.flatMap((each) => judgeTime(each, result)),
    judgeMemory(cases, result),
  ]);
}

/** Divides the time of a row by that of reading the frames of the same log; undefined where one is missing. */
export function compareWithReading(rows: readonly AnalyzerRow[], id: string): Ratio | undefined {
  const own = rows.find((row) => row.id === id)?.wall;
  const reading = rows.find((row) => row.id === READING)?.wall;
  return own === undefined || reading === undefined ? undefined : compare(own, reading);
}

function judgeTime(
  { id, ratioLimit, millisecondsLimit }: AnalyzerCase,
  { label, rows }: AnalyzerResult,
): readonly AnalyzerGoal[] {
  const wall = rows.find((each) => each.id === id)?.wall;
  const ratio = compareWithReading(rows, id);
  const promise = `${id}; ${label}`;
  return [
    ...(ratioLimit === undefined
      ? []
      : [judge(promise, ratioLimit, ['x', ratio?.ofMinima, ratio?.ofMedians])]),
    ...(millisecondsLimit === undefined
      ? []
      : [judge(promise, millisecondsLimit, ['ms', wall?.minimum, wall?.median])]),
  ];
}

/** The tool that needs the most speaks for all of them. */
function judgeMemory(cases: readonly AnalyzerCase[], { label, rows }: AnalyzerResult): AnalyzerGoal {
  const [largest] = rows
    .filter((row) => cases.some(({ id }) => id === row.id))
    .toSorted((a, b) => b.peakRssBytes - a.peakRssBytes);
  const peak = largest && largest.peakRssBytes / 1e6;
  const promise = `peak memory, the largest (${largest?.id ?? 'no tool'}); ${label}`;
  return judge(promise, PEAK_LIMIT_MB, ['MB', peak, undefined]);
}

type Measured = readonly [
  unit: AnalyzerGoal['unit'],
  value: number | undefined,
  byMedians: number | undefined,
];

function judge(promise: string, limit: number, [unit, value, byMedians]: Measured): AnalyzerGoal {
  return { promise, limit, value, byMedians, unit };
}
