import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeries, type SeriesSource } from '../../../../server/core/series/chart-series.ts';

const BASE = { name: 'Speed', tone: 'series1', from: 0, to: 10, columns: 10, gapSeconds: Infinity } as const;

/**
 * Samples at ascending times from -2 to 12 s, of which some are no number. Times are whole microseconds, as those of
 * logs: a time so close before 0 s that its column rounds to the first (-5e-324) does not occur.
 */
const samples = fc
  .array(
    fc.record({
      at: fc.integer({ min: -2_000_000, max: 12_000_000 }).map((microseconds) => microseconds / 1e6),
      value: fc.oneof(
        { weight: 9, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
        fc.constant(NaN),
      ),
    }),
    { maxLength: 300 },
  )
  .map((list) => [...list].sort((a, b) => a.at - b.at))
  .map((list) => ({ seconds: list.map(({ at }) => at), values: list.map(({ value }) => value) }));

function drawLine(source: Partial<SeriesSource>): [number, number | null][] {
  const { seconds, values } = createSeries({ ...BASE, seconds: [], values: [], isStepped: false, ...source });
  return seconds.map((at, i) => [at, values[i] ?? null]);
}

describe('createSeries', () => {
  it('keeps a column with few samples as it is', () => {
    expect(drawLine({ seconds: [0.1, 0.2, 0.3, 4], values: [1.5, 9, 2, 3] })).toEqual([
      [0.1, 1.5],
      [0.2, 9],
      [0.3, 2],
      [4, 3],
    ]);
  });

  it('keeps of a full column the first, the extremes in their order, and the last', () => {
    expect(drawLine({ seconds: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], values: [2, 3, 9, 4, -1, 2.5] })).toEqual([
      [0.1, 2],
      [0.3, 9],
      [0.5, -1],
      [0.6, 2.5],
    ]);
  });

  it('keeps the samples next to the stretch, so that lines reach its edges', () => {
    const line = drawLine({ seconds: [-3, -1, 5, 11, 12], values: [0.5, 1, 2, 3, 4] });
    expect(line.map(([at]) => at)).toEqual([-1, 5, 11]);
  });

  it('breaks the line in a pause, one period behind the last sample', () => {
    expect(drawLine({ seconds: [0, 5, 9], values: [1.5, 2, 3], gapSeconds: 4.5 })).toEqual([
      [0, 1.5],
      [1.5, null],
      [5, 2],
      [9, 3],
    ]);
  });

  it.each([NaN, Infinity, -Infinity])('breaks the line where a value is %s', (odd) => {
    expect(drawLine({ seconds: [0, 1, 2, 3], values: [1.5, odd, odd, 2] })).toEqual([
      [0, 1.5],
      [1, null],
      [3, 2],
    ]);
    expect(drawLine({ seconds: [0, 1], values: [1.5, odd] }).at(-1)).toEqual([1, null]);
  });

  it('finds the usual period by itself', () => {
    const seconds = [0, 1, 2, 3, 6.5, 7.5];
    expect(
      drawLine({
        ...BASE,
        gapSeconds: undefined as never,
        seconds,
        values: seconds.map((s) => s + 0.5),
      }).filter(([, value]) => value === null),
    ).toEqual([[4, null]]);
  });

  it.each<[string, number[], boolean]>([
    ['few integers', [0, 1, 1, 0, 3], true],
    ['fractions', [0, 0.5, 1], false],
    ['many integers', Array.from({ length: 17 }, (_, i) => i), false],
    ['sixteen integers', Array.from({ length: 16 }, (_, i) => i), true],
    ['integers with a gap', [1, NaN, 2], true],
    ['nothing', [], false],
  ])('draws steps for integers with few values: %s', (_, values, isStepped) => {
    expect(createSeries({ ...BASE, seconds: values.map((__, i) => i / 2), values }).isStepped).toBe(
      isStepped,
    );
  });

  it('leaves out points that repeat a step', () => {
    const line = drawLine({ seconds: [0, 1, 2, 3, 4, 5], values: [7, 7, 7, 8, 8, 8], isStepped: true });
    expect(line.map(([at]) => at)).toEqual([0, 2, 3, 5]);
  });

  it.each<[string, Partial<SeriesSource>, number]>([
    ['no samples', {}, 0],
    ['one sample', { seconds: [4], values: [2.5] }, 1],
    ['a stretch without length', { from: 3, to: 3, seconds: [2, 3, 3, 3, 4], values: [1.5, 2, 3, 4, 5] }, 5],
    ['a stretch without samples', { from: 20, to: 30, seconds: [1, 2], values: [1.5, 2] }, 1],
  ])('takes %s', (_, source, points) => {
    expect(drawLine(source)).toHaveLength(points);
  });

  it('never loses an extreme, keeps the order, and has at most four points a column', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 40 }), ({ seconds, values }, columns) => {
        const line = drawLine({ seconds, values, columns });
        const times = line.map(([at]) => at);
        expect(times).toEqual([...times].sort((a, b) => a - b));

        const inside = values.filter(
          (value, i) => seconds[i]! >= 0 && seconds[i]! <= 10 && !Number.isNaN(value),
        );
        const drawn = line.flatMap(([, value]) => (value === null ? [] : [value]));
        for (const extreme of [Math.min(...inside), Math.max(...inside)])
          if (inside.length > 0) expect(drawn).toContain(extreme);

        // The column behind the last holds samples at its very edge; one more stands on each side.
        expect(drawn.length).toBeLessThanOrEqual(4 * (columns + 1) + 2);
        for (const value of drawn) expect(values).toContain(value);
      }),
    );
  });

  it('decimates a million points into what can be seen, in a moment', () => {
    const seconds = Float64Array.from({ length: 1_000_000 }, (_, i) => i / 10_000);
    const values = seconds.map((at) => Math.sin(at * 50) + 0.5);
    const startedAt = performance.now();
    const series = createSeries({ name: 'x', tone: 'ok', from: 0, to: 100, seconds, values });
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect(series.seconds.length).toBeGreaterThan(920);
    expect(series.seconds.length).toBeLessThanOrEqual(4 * 921);
  });
});
