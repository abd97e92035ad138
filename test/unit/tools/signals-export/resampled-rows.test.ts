import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGrid, listResampledRows } from '../../../../server/tools/signals-export/resampled-rows.ts';
import type { SignalKind, SignalSource } from '../../../../server/tools/signals-export/signal-source.ts';

type Sample = readonly [seconds: number, value: number];

function makeSignal(samples: readonly Sample[], kind: SignalKind = 'float'): SignalSource {
  return {
    name: 'signal',
    origin: 'a test',
    kind,
    unit: undefined,
    labels: undefined,
    nanoseconds: Float64Array.from(samples, ([seconds]) => Math.round(seconds * 1e9)),
    values: Float64Array.from(samples, ([, value]) => value),
  };
}

interface Resampling {
  readonly rateHz: number;
  readonly from: number;
  readonly to: number;
  readonly interpolation?: 'previous' | 'linear';
  readonly holdSeconds?: number;
}

function resample(
  signal: SignalSource,
  { rateHz, from, to, interpolation = 'previous', holdSeconds = Infinity }: Resampling,
): readonly Sample[] {
  const grid = createGrid(rateHz, from * 1e9, to * 1e9);
  const rows: Sample[] = [];
  for (const block of listResampledRows([signal], { ...grid, interpolation, holdNs: holdSeconds * 1e9 }))
    for (let row = 0; row < block.length; row++)
      rows.push([(block.nanoseconds[row] ?? 0) / 1e9, block.columns[0]?.[row] ?? NaN]);
  return rows;
}

describe('resampling', () => {
  const signal = makeSignal([
    [0.05, 1],
    [0.3, NaN],
    [0.5, 3],
  ]);

  it('keeps the last value at or before a time, and has none before the first', () => {
    expect(resample(signal, { rateHz: 10, from: 0, to: 0.6 })).toEqual([
      [0, NaN],
      [0.1, 1],
      [0.2, 1],
      [0.3, 1],
      [0.4, 1],
      [0.5, 3],
      [0.6, 3],
    ]);
  });

  it('lies on the line between samples, and has no value behind the last', () => {
    const rows = resample(
      makeSignal([
        [0, 0],
        [1, 4],
      ]),
      { rateHz: 4, from: 0, to: 1.25, interpolation: 'linear' },
    );
    expect(rows).toEqual([
      [0, 0],
      [0.25, 1],
      [0.5, 2],
      [0.75, 3],
      [1, 4],
      [1.25, NaN],
    ]);
  });

  it.each<SignalKind>(['boolean', 'enum'])('never works out a value between two of a %s', (kind) => {
    const rows = resample(
      makeSignal(
        [
          [0, 0],
          [1, 1],
        ],
        kind,
      ),
      { rateHz: 2, from: 0, to: 1, interpolation: 'linear' },
    );
    expect(rows).toEqual([
      [0, 0],
      [0.5, 0],
      [1, 1],
    ]);
  });

  it.each(['previous', 'linear'] as const)('does not bridge a gap: %s', (interpolation) => {
    const gap = makeSignal([
      [0, 0],
      [0.1, 1],
      [1, 2],
    ]);
    const rows = resample(gap, { rateHz: 10, from: 0, to: 1, interpolation, holdSeconds: 0.25 });
    const empty = rows.filter(([, value]) => Number.isNaN(value)).map(([seconds]) => seconds);
    expect(empty).toEqual(
      interpolation === 'previous'
        ? [0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
        : [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    );
  });

  it('has times that are whole multiples of the period, also before second 0', () => {
    const times = resample(makeSignal([[-1, 1]]), { rateHz: 3, from: -0.5, to: 0.4 }).map(
      ([seconds]) => seconds,
    );
    expect(times).toEqual([-0.333333333, 0, 0.333333333]);
  });

  it('gives every sample back at its own rate', () => {
    const values = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(
        values,
        fc.constantFrom(1, 3, 7, 10, 20, 100),
        fc.constantFrom('previous', 'linear'),
        (list, rateHz, how) => {
          const samples = list.map((value, i): Sample => [Math.round((i * 1e9) / rateHz) / 1e9, value]);
          const rows = resample(makeSignal(samples), {
            rateHz,
            from: 0,
            to: (list.length - 1) / rateHz + 1e-9,
            interpolation: how,
          });
          expect(rows.map(([, value]) => value)).toEqual(list);
        },
      ),
    );
  });

  it('stays between the two samples around a time', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: -100, max: 100 })), {
      minLength: 2,
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, (list) => {
        let at = 0;
        const samples = list.map(([step, value]): Sample => [(at += step) / 1000, value]);
        for (const [seconds, value] of resample(makeSignal(samples), {
          rateHz: 37,
          from: 0,
          to: at / 1000,
          interpolation: 'linear',
        })) {
          const next = samples.findIndex(([time]) => time >= seconds);
          if (next <= 0) continue;
          const around = [samples[next - 1]?.[1] ?? 0, samples[next]?.[1] ?? 0];
          expect(value).toBeGreaterThanOrEqual(Math.min(...around) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(...around) + 1e-9);
        }
      }),
    );
  });
});
