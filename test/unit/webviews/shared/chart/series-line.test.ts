import { describe, expect, it } from 'vitest';
import { traceLine } from '../../../../../webviews/shared/chart/series-line.ts';

const SCALE = { left: 50, bottom: 100, from: 10, least: 0, pixelsPerSecond: 10, pixelsPerValue: 2 };

function trace(points: readonly (readonly [number, number])[], isStepped: boolean): readonly string[] {
  const drawn: string[] = [];
  const note = (name: string) => (x: number, y: number) => void drawn.push(`${name} ${x} ${y}`);
  traceLine(
    { moveTo: note('M'), lineTo: note('L') },
    {
      seconds: Float64Array.from(points, ([seconds]) => seconds),
      values: Float64Array.from(points, ([, value]) => value),
    },
    { ...SCALE, isStepped },
  );
  return drawn;
}

describe('traceLine', () => {
  it('joins points by straight lines, and leaves gaps open', () => {
    const points = [
      [10, 0],
      [11, 10],
      [12, Number.NaN],
      [13, 5],
    ] as const;
    expect(trace(points, false)).toEqual(['M 50 100', 'L 50.01 100', 'L 60 80', 'M 80 90', 'L 80.01 90']);
  });

  it('holds a step until the next one, and until a gap begins', () => {
    const points = [
      [10, 0],
      [11, 10],
      [12, Number.NaN],
    ] as const;
    expect(trace(points, true)).toEqual(['M 50 100', 'L 50.01 100', 'L 60 100', 'L 60 80', 'L 70 80']);
  });

  it('draws nothing of nothing', () => {
    expect(trace([], true)).toEqual([]);
    expect(trace([[10, Number.NaN]], true)).toEqual([]);
  });
});
