import { describe, expect, it } from 'vitest';
import {
  createIntervalReference,
  createReference,
  sampleReference,
} from '../../../../server/core/field-search/reference.ts';
import { matchTransitions } from '../../../../server/core/field-search/transition-match.ts';

const RAMP = createReference(
  Float64Array.from({ length: 50 }, (_, i) => i / 10),
  Float64Array.from({ length: 50 }, (_, i) => i),
  { name: 'ramp', isState: false },
);

describe('createReference', () => {
  it('sorts by time and leaves out what is no number', () => {
    const { seconds, values } = createReference(
      Float64Array.of(3, 1, 2, 0),
      Float64Array.of(30, 10, NaN, 0),
      { name: 'x', isState: false },
    );
    expect([...seconds]).toEqual([0, 1, 3]);
    expect([...values]).toEqual([0, 10, 30]);
  });

  it('takes few values for steps, two for on and off', () => {
    const seconds = Float64Array.from({ length: 60 }, (_, i) => i);
    const make = (count: number) =>
      createReference(
        seconds,
        seconds.map((i) => i % count),
        { name: 'x', isState: false },
      );
    expect(make(2)).toMatchObject({ isStepped: true, isBinary: true });
    expect(make(20)).toMatchObject({ isStepped: true, isBinary: false });
    expect(make(40)).toMatchObject({ isStepped: false, isBinary: false });
  });
});

describe('sampleReference', () => {
  it('reads later values by the lag, off the line between two', () => {
    const [sample] = sampleReference(RAMP, Float64Array.of(1), 0.25);
    expect(sample).toBeCloseTo(12.5, 9);
  });

  it('knows nothing before the first value, behind the last and in gaps', () => {
    const seconds = Float64Array.of(...Array.from({ length: 20 }, (_, i) => i / 10), 5, 5.1);
    const gapped = createReference(
      seconds,
      seconds.map((s) => s ** 2),
      { name: 'x', isState: false },
    );
    expect([...sampleReference(gapped, Float64Array.of(-1, 1, 3, 5, 6), 0)].map(Number.isNaN)).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('holds steps', () => {
    const stepped = createReference(Float64Array.of(0, 1, 2), Float64Array.of(5, 7, 5), {
      name: 'x',
      isState: true,
    });
    expect([...sampleReference(stepped, Float64Array.of(0.4, 1, 1.4, 2), 0)]).toEqual([5, 7, 7, 5]);
  });

  it('is 1 within intervals', () => {
    const reference = createIntervalReference([{ from: 2, to: 4 }], { from: 0, to: 10 }, 'x');
    expect([...sampleReference(reference, Float64Array.of(0, 1.9, 2, 3.9, 4, 10), 0)]).toEqual([
      0, 0, 1, 1, 0, 0,
    ]);
  });

  it('was not switched at the edges of a recording', () => {
    const whole = { from: 0, to: 10 };
    const listValues = (from: number, to: number): readonly number[] => [
      ...createIntervalReference([{ from, to }], whole, 'x').values,
    ];
    expect(listValues(0, 4)).toEqual([1, 0, 0]);
    expect(listValues(4, 12)).toEqual([0, 1, 1]);
    expect(listValues(-1, 12)).toEqual([1, 1]);
  });
});

describe('matchTransitions', () => {
  const reference = createIntervalReference(
    [
      { from: 2, to: 4 },
      { from: 6, to: 7 },
    ],
    { from: 0, to: 10 },
    'x',
  );
  const seconds = Float64Array.from({ length: 500 }, (_, i) => i / 50);

  it('pairs transitions of a state that comes earlier by the lag', () => {
    const values = seconds.map((s) => Number((s >= 1.5 && s < 3.5) || (s >= 5.5 && s < 6.5)));
    expect(matchTransitions({ reference, seconds, values, isInverted: false }, 0.5)).toMatchObject({
      wanted: 4,
      found: 4,
      matched: 4,
      agreement: 1,
    });
  });

  it('counts what is missed and what is left over', () => {
    const values = seconds.map((s) => Number((s >= 2 && s < 4) || (s >= 8 && s < 9)));
    const match = matchTransitions({ reference, seconds, values, isInverted: false }, 0);
    expect(match).toMatchObject({ wanted: 4, found: 4, matched: 2, agreement: 0.5 });
  });

  it('pairs falling with rising ones where the state is inverted', () => {
    const values = seconds.map((s) => Number(!((s >= 2 && s < 4) || (s >= 6 && s < 7))));
    expect(matchTransitions({ reference, seconds, values, isInverted: true }, 0).matched).toBe(4);
    expect(matchTransitions({ reference, seconds, values, isInverted: false }, 0).matched).toBe(0);
  });
});
