import type { DecodeResult, MemoryResult, OpenResult } from './dbc-rounds.ts';

/** What one run found. */
export interface DbcFindings {
  readonly decoding: readonly DecodeResult[];
  readonly opening: OpenResult;
  readonly memory: readonly MemoryResult[];
}

/** A promise about DBC files, and how this run kept it. */
export interface DbcGoal {
  readonly promise: string;
  /** In words, with its unit. */
  readonly limit: string;
  readonly measured: string;
  readonly isReached: boolean;
}

/** Of both, one is enough. */
const LEAST_VALUES_PER_SECOND = 30e6;
const LEAST_OF_COPYING = 0.25;
const MOST_OF_SPLITTING = 50;
const PEAK_LIMIT_MB = 150;

/** Judges a run by its minima. */
export function judgeDbc({ decoding, opening, memory }: DbcFindings): readonly DbcGoal[] {
  return [...decoding.map(judgeDecoding), judgeOpening(opening), ...memory.map(judgeMemory)];
}

function valuesPerSecond({ values, decode }: DecodeResult): number {
  return (values / decode.minimum) * 1000;
}

/** Milliseconds from bytes to findings: the sum of the stages. */
export function openingTime({ decode, parse, build, lint }: OpenResult, of: 'minimum' | 'median'): number {
  return decode[of] + parse[of] + build[of] + lint[of];
}

function judgeDecoding(result: DecodeResult): DbcGoal {
  const perSecond = valuesPerSecond(result);
  const ofCopying = result.copy.minimum / result.decode.minimum;
  return {
    promise: `signals to columns; ${result.label}`,
    limit: '30 M/s or 0.25 of copying, at least',
    measured: `${(perSecond / 1e6).toFixed(0)} M/s, ${ofCopying.toFixed(2)}`,
    isReached: perSecond >= LEAST_VALUES_PER_SECOND || ofCopying >= LEAST_OF_COPYING,
  };
}

function judgeOpening(result: OpenResult): DbcGoal {
  const ratio = openingTime(result, 'minimum') / result.split.minimum;
  return {
    promise: `${result.lines.toLocaleString('en-US')} lines opened with findings, to splitting them`,
    limit: `${MOST_OF_SPLITTING} x, at most`,
    measured: `${ratio.toFixed(1)} x`,
    isReached: ratio <= MOST_OF_SPLITTING,
  };
}

function judgeMemory({ label, windowBytes }: MemoryResult): DbcGoal {
  const megabytes = windowBytes / 1e6;
  return {
    promise: `peak memory with a window; ${label}`,
    limit: `${PEAK_LIMIT_MB} MB, at most`,
    measured: `${megabytes.toFixed(0)} MB`,
    isReached: megabytes <= PEAK_LIMIT_MB,
  };
}
