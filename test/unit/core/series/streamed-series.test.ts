import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeries } from '../../../../server/core/series/chart-series.ts';
import { findGapSeconds, GapFinder } from '../../../../server/core/series/sample-gaps.ts';
import { type SeriesSummary, StreamedSeries } from '../../../../server/core/series/streamed-series.ts';

interface Sample {
  readonly at: number;
  readonly value: number;
}

const STRETCH = { from: 0, to: 10, columns: 12 } as const;

/** Adds samples in portions of a length. */
function stream(
  samples: readonly Sample[],
  portion: number,
  stretch = STRETCH as typeof wide,
): SeriesSummary {
  const series = new StreamedSeries(stretch);
  for (let i = 0; i < samples.length; i += portion) {
    const part = samples.slice(i, i + portion);
    // Columns are longer than what they hold, and used again.
    const seconds = Float64Array.from([...part.map(({ at }) => at), 5]);
    const values = Float64Array.from([...part.map(({ value }) => value), 1e9]);
    series.append(seconds, values, part.length);
  }
  return series.finish();
}
const wide = { from: -5, to: 20, columns: 1000 };

/** Samples at different moments, by time, now and then one that is no number. */
const listed = fc
  .uniqueArray(fc.integer({ min: -2_000_000, max: 12_000_000 }), { maxLength: 200 })
  .chain((times) =>
    fc.tuple(
      fc.constant([...times].sort((a, b) => a - b)),
      fc.array(
        fc.oneof(
          { weight: 8, arbitrary: fc.integer({ min: -20, max: 20 }).map((whole) => whole / 4) },
          fc.constantFrom(Infinity, -Infinity),
        ),
        { minLength: times.length, maxLength: times.length },
      ),
    ),
  )
  .map(([times, values]) => times.map((at, i): Sample => ({ at: at / 1e6, value: values[i] ?? 0 })));

/** The same without what is no number. */
const finite = listed.map((samples) => samples.filter(({ value }) => Number.isFinite(value)));

describe('StreamedSeries', () => {
  it('gives what a series of all samples at once gives, whatever the portions', () => {
    fc.assert(
      fc.property(listed, fc.integer({ min: 1, max: 50 }), (samples, portion) => {
        const { seconds, values } = stream(samples, portion);
        const all = createSeries({
          ...STRETCH,
          name: '',
          tone: 'ok',
          seconds: samples.map(({ at }) => at),
          values: samples.map(({ value }) => value),
          isStepped: stream(samples, 1000).isStepped,
        });
        expect({ seconds, values }).toEqual({ seconds: all.seconds, values: all.values });
      }),
    );
  });

  it('gives the same for samples in any order of time', () => {
    const shuffled = finite.chain((samples) =>
      fc.tuple(
        fc.constant(samples),
        fc.shuffledSubarray(samples, { minLength: samples.length, maxLength: samples.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([samples, mixed]) => {
        // The usual period is that of the order in which samples come; here no pause is a gap.
        const draw = (list: readonly Sample[]): unknown => {
          const { seconds, values, ...rest } = stream(list, 7);
          return {
            ...rest,
            points: seconds.map((at, i) => [at, values[i]]).filter(([, value]) => value !== null),
          };
        };
        expect(draw(mixed)).toEqual(draw(samples));
      }),
    );
  });

  it('counts the samples in the stretch, and finds the extremes of all of them', () => {
    fc.assert(
      fc.property(listed, (samples) => {
        const inside = samples.filter(({ at, value }) => at >= 0 && at <= 10 && Number.isFinite(value));
        const values = inside.map(({ value }) => value);
        const summary = stream(samples, 9);
        expect(summary).toMatchObject({
          samples: inside.length,
          minimum: inside.length > 0 ? Math.min(...values) : undefined,
          maximum: inside.length > 0 ? Math.max(...values) : undefined,
        });
        if (inside.length === 0) return;
        expect(summary.values).toContain(summary.minimum);
        expect(summary.values).toContain(summary.maximum);
      }),
    );
  });

  it('keeps every sample where there are more columns than samples', () => {
    const samples = [3, 1, 2].map((at) => ({ at, value: at + 0.5 }));
    expect(stream(samples, 2, wide)).toMatchObject({ seconds: [1, 2, 3], values: [1.5, 2.5, 3.5] });
  });

  it('breaks the line in a long pause, by the usual period', () => {
    const samples = Array.from({ length: 50 }, (_, i) => ({
      at: i < 25 ? i / 10 : 5 + i / 10,
      value: i + 0.5,
    }));
    const { seconds, values } = stream(samples, 10, wide);
    expect(seconds[values.indexOf(null)]).toBeCloseTo(2.4 + 0.5 / 3, 6);
    expect(values.filter((value) => value === null)).toHaveLength(1);
  });

  it('draws steps for few integers, unless told', () => {
    const samples = [0, 1, 2].map((at) => ({ at, value: at }));
    expect(stream(samples, 9).isStepped).toBe(true);
    const series = new StreamedSeries(STRETCH);
    series.append(Float64Array.of(0, 1), Float64Array.of(0, 1), 2);
    expect(series.finish(false).isStepped).toBe(false);
  });

  it('does not grow with the samples', () => {
    const series = new StreamedSeries({ from: 0, to: 1000, columns: 10 });
    const seconds = new Float64Array(1000);
    const values = new Float64Array(1000);
    for (let part = 0; part < 1000; part++) {
      for (let i = 0; i < 1000; i++) {
        seconds[i] = part + i / 1000;
        values[i] = Math.sin(part * 1000 + i);
      }
      series.append(seconds, values, 1000);
    }
    const summary = series.finish();
    expect(summary.samples).toBe(1_000_000);
    expect(summary.seconds.length).toBeLessThanOrEqual(44);
  });

  it('tells when the line reaches behind the stretch', () => {
    const series = new StreamedSeries(STRETCH);
    series.append(Float64Array.of(10), Float64Array.of(1), 1);
    expect(series.isBehind).toBe(false);
    series.append(Float64Array.of(10.5), Float64Array.of(1), 1);
    expect(series.isBehind).toBe(true);
  });
});

describe('GapFinder', () => {
  it('finds what findGapSeconds finds, for few samples exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 500 }), (distances) => {
        const finder = new GapFinder();
        const times = distances.reduce<number[]>((list, step) => [...list, (list.at(-1) ?? 0) + step], [0]);
        for (const at of times) finder.add(at);
        expect(finder.gapSeconds).toBe(findGapSeconds(times));
      }),
    );
  });

  it('is not led astray by a long log, nor by times that go back', () => {
    const finder = new GapFinder();
    for (let i = 0; i < 100_000; i++) finder.add(i % 10 === 9 ? i - 5 : i);
    expect(finder.gapSeconds).toBe(3);
  });
});
