import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SamplePyramid } from '../../../../server/core/series/sample-pyramid.ts';

const value = fc.oneof(
  { arbitrary: fc.integer({ min: -20, max: 20 }), weight: 20 },
  { arbitrary: fc.constantFrom(NaN, Infinity, -Infinity), weight: 1 },
);

describe('SamplePyramid', () => {
  it('finds what a walk over all samples finds, however they were added', () => {
    const stretches = fc.array(fc.tuple(fc.nat(3000), fc.nat(3000)), { minLength: 1, maxLength: 20 });
    const property = fc.property(
      fc.array(value, { maxLength: 3000, size: 'max' }),
      fc.array(fc.nat(3000), { maxLength: 4 }),
      stretches,
      (values, cuts, questions) => {
        const pyramid = new SamplePyramid();
        for (const cut of [...cuts.sort((a, b) => a - b), values.length].map((at) =>
          Math.min(at, values.length),
        ))
          pyramid.extend(Float64Array.from(values.slice(0, cut)), cut);
        for (const [a, b] of questions) {
          const [first, end] = [Math.min(a, b, values.length), Math.min(Math.max(a, b), values.length)];
          expect({ ...pyramid.findExtremes(first, end) }).toEqual(walkExtremes(values, first, end));
          const finite = values.slice(first, end).filter(Number.isFinite);
          const sum = finite.reduce((total, each) => total + each, 0);
          expect({ ...pyramid.addUp(first, end) }).toEqual({ count: finite.length, sum: sum + 0 });
        }
      },
    );
    fc.assert(property, { numRuns: 150 });
  });

  it('keeps what is small when something large stands before it', () => {
    const values = new Float64Array(10_000).fill(1);
    values[3] = 1e300;
    const pyramid = new SamplePyramid();
    pyramid.extend(values, values.length);
    expect(pyramid.addUp(5000, 6000)).toEqual({ count: 1000, sum: 1000 });
  });

  it('looks at few of a million samples', () => {
    const values = Float64Array.from({ length: 1_000_000 }, (_, i) => (i * 7919) % 10_007);
    const pyramid = new SamplePyramid();
    pyramid.extend(values, values.length);
    expect(pyramid.byteLength).toBeLessThan(1_300_000);
    expect(pyramid.findExtremes(1, 999_999)).toEqual({
      lowest: 10_007,
      highest: values.indexOf(10_006, 1),
    });
  });
});

function walkExtremes(values: readonly number[], first: number, end: number): object {
  let lowest = -1;
  let highest = -1;
  for (let row = first; row < end; row++) {
    if (!Number.isFinite(values[row])) continue;
    if (lowest < 0 || (values[row] ?? 0) < (values[lowest] ?? 0)) lowest = row;
    if (highest < 0 || (values[row] ?? 0) > (values[highest] ?? 0)) highest = row;
  }
  return { lowest, highest };
}
