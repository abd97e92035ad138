import { describe, expect, it } from 'vitest';
import { joinStates } from '../../../../../webviews/shared/chart/state-spans.ts';

function join(points: readonly (readonly [number, number])[]) {
  return joinStates({
    seconds: Float64Array.from(points, ([seconds]) => seconds),
    values: Float64Array.from(points, ([, value]) => value),
  }).map(({ from, to, value }) => [from, to, value]);
}

describe('joinStates', () => {
  it('joins equal values, and lets the last one hold to the end', () => {
    expect(
      join([
        [0, 1],
        [1, 1],
        [2, 0],
        [3, 5],
        [4, 5],
      ]),
    ).toEqual([
      [0, 2, 1],
      [2, 3, 0],
      [3, 4, 5],
    ]);
  });

  it('ends at gaps and begins anew behind them', () => {
    expect(
      join([
        [0, 1],
        [1, Number.NaN],
        [2, 1],
        [3, 1],
      ]),
    ).toEqual([
      [0, 1, 1],
      [2, 3, 1],
    ]);
    expect(
      join([
        [0, Number.NaN],
        [1, Number.NaN],
      ]),
    ).toEqual([]);
    expect(join([])).toEqual([]);
  });
});
