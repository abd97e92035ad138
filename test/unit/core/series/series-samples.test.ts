import { describe, expect, it } from 'vitest';
import { SeriesSamples } from '../../../../server/core/series/series-samples.ts';

describe('SeriesSamples', () => {
  const samples = createSamples([
    [0, 1],
    [0.1, 2],
    [0.2, NaN],
    [0.3, NaN],
    [0.4, 3],
    [0.5, 4],
    [2.5, 5],
    [2.6, 6],
  ]);

  it('keeps the first of values that are none', () => {
    expect(samples.length).toBe(7);
    expect([...samples.seconds.subarray(0, 7)]).toEqual([0, 0.1, 0.2, 0.4, 0.5, 2.5, 2.6]);
    expect(samples.gapSeconds).toBe(0.5);
  });

  it.each([
    { atSeconds: -1, row: -1, next: 0, previous: undefined },
    { atSeconds: 0, row: 0, next: 0.1, previous: undefined },
    { atSeconds: 0.15, row: 1, next: 0.4, previous: 0.1 },
    { atSeconds: 0.25, row: -1, next: 0.4, previous: 0.1 },
    { atSeconds: 0.4, row: 3, next: 0.5, previous: 0.1 },
    { atSeconds: 0.6, row: 4, next: 2.5, previous: 0.5 },
    { atSeconds: 1, row: -1, next: 2.5, previous: 0.5 },
    { atSeconds: 3.0, row: 6, next: undefined, previous: 2.6 },
    { atSeconds: 3.2, row: -1, next: undefined, previous: 2.6 },
  ])('finds the sample at $atSeconds s and those beside it', ({ atSeconds, row, next, previous }) => {
    expect(samples.findRowAt(atSeconds)).toBe(row);
    expect(samples.findNext(atSeconds)).toBe(next);
    expect(samples.findPrevious(atSeconds)).toBe(previous);
  });

  it('knows steps by their values', () => {
    expect(
      createSamples([
        [0, 1],
        [1, 2],
      ]).looksStepped,
    ).toBe(true);
    expect(
      createSamples([
        [0, 1],
        [1, 2.5],
      ]).looksStepped,
    ).toBe(false);
    expect(createSamples(Array.from({ length: 17 }, (_, i) => [i, i])).looksStepped).toBe(false);
  });
});

function createSamples(all: readonly (readonly [number, number])[]): SeriesSamples {
  const samples = new SeriesSamples();
  for (const [seconds, value] of all) samples.append([seconds], [value], 1);
  return samples;
}
