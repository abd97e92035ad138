import type { CanFrames } from './frame-columns.ts';

/** When frames came, in nanoseconds since boot. */
export interface FrameTimes {
  readonly earliest: bigint;
  readonly latest: bigint;
}

/** Finds the earliest and the latest time of some frames; undefined without frames. */
export function findFrameTimes({ monoTime, monoTimeWords, length }: CanFrames): FrameTimes | undefined {
  if (length === 0) return undefined;
  let earliest = 0;
  let latest = 0;
  for (let row = 1; row < length; row++) {
    if (isEarlier(monoTimeWords, row, earliest)) earliest = row;
    else if (isEarlier(monoTimeWords, latest, row)) latest = row;
  }
  return { earliest: monoTime[earliest]!, latest: monoTime[latest]! };
}

/** The times of two portions of frames together. */
export function joinFrameTimes(a: FrameTimes | undefined, b: FrameTimes | undefined): FrameTimes | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    earliest: a.earliest < b.earliest ? a.earliest : b.earliest,
    latest: a.latest > b.latest ? a.latest : b.latest,
  };
}

/** Compares times by halves: nanoseconds are no doubles. */
function isEarlier(words: Uint32Array, row: number, other: number): boolean {
  const high = words[2 * row + 1]!;
  const otherHigh = words[2 * other + 1]!;
  return high < otherHigh || (high === otherHigh && words[2 * row]! < words[2 * other]!);
}
