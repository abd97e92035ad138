import { describe, expect, it } from 'vitest';
import { correlate, fitLinear, fitLinearRobustly } from '../../../../server/core/field-search/linear-fit.ts';
import { measureMonotony, measureMoves } from '../../../../server/core/field-search/order-agreement.ts';

const A = Float64Array.from({ length: 200 }, (_, i) => Math.sin(i / 7) * 40);
const B = Float64Array.from({ length: 200 }, (_, i) => (i * 37) % 11);

describe('fitLinear', () => {
  it('finds factors and offset of a sum', () => {
    const fit = fitLinear(
      [A, B],
      A.map((a, i) => 2 * a - 3 * (B[i] ?? 0) + 5),
    );
    expect(fit.factors[0]).toBeCloseTo(2, 9);
    expect(fit.factors[1]).toBeCloseTo(-3, 9);
    expect(fit.offset).toBeCloseTo(5, 9);
    expect(fit.explained).toBeCloseTo(1, 9);
  });

  it('survives columns that say the same, or nothing', () => {
    const fit = fitLinear(
      [A, A, new Float64Array(200)],
      A.map((a) => 4 * a),
    );
    expect(fit.explained).toBeCloseTo(1, 9);
    expect(fit.factors.every(Number.isFinite)).toBe(true);
  });
});

describe('fitLinearRobustly', () => {
  it('leaves aside a glitch', () => {
    const wanted = A.map((a, i) => (i > 90 && i < 100 ? 120 : 2 * a + 1 + Math.sin(i * 5)));
    const fit = fitLinearRobustly([A], wanted);
    expect(fit.factors[0]).toBeCloseTo(2, 1);
    expect([...fit.isKept.subarray(91, 100)]).toEqual(Array.from({ length: 9 }, () => 0));
    expect(fit.kept).toBeGreaterThanOrEqual(180);
  });

  it('leaves nothing aside where it would leave aside what matters', () => {
    const rare = Float64Array.from({ length: 200 }, (_, i) => Number(i % 40 === 0));
    const wanted = rare.map((value, i) => 30 * value + Math.sin(i / 3));
    expect(fitLinearRobustly([B], wanted).kept).toBe(200);
  });
});

describe('correlate', () => {
  it('is 0 for what is constant', () => {
    expect(correlate(A, new Float64Array(200).fill(3))).toBe(0);
    expect(
      correlate(
        A,
        A.map((a) => 1 - a),
      ),
    ).toBeCloseTo(-1, 12);
  });
});

describe('measureMonotony', () => {
  it('is 1 for what rises and falls together, however bent', () => {
    expect(
      measureMonotony(
        A,
        A.map((a) => a ** 3),
      ),
    ).toBeCloseTo(1, 12);
    expect(measureMonotony(Float64Array.of(1, 1, 2, 3), Float64Array.of(5, 5, 4, 1))).toBeCloseTo(-1, 12);
  });
});

describe('measureMoves', () => {
  it('weighs movement by its size', () => {
    expect(
      measureMoves(
        A,
        A.map((a) => 3 * a),
      ),
    ).toBe(1);
    expect(
      measureMoves(
        A.map((a) => -a),
        A,
      ),
    ).toBe(0);
    expect(measureMoves(Float64Array.of(0, 1, 2), Float64Array.of(0, 3, 2))).toBe(0.75);
    expect(measureMoves(A, new Float64Array(200))).toBe(0);
  });
});
