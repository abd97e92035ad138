import { describe, expect, it } from 'vitest';
import { placeValueTicks } from '../../../../../webviews/shared/chart/value-ticks.ts';

describe('placeValueTicks', () => {
  it('steps by 1, 2 or 5, at most one label per 28 pixels', () => {
    const ticks = placeValueTicks({ least: 13, most: 23 }, 138);
    expect(ticks.map(({ label }) => label)).toEqual(['14', '16', '18', '20', '22']);
    for (const [least, most, pixels] of [
      [-1.6, 1.8, 116],
      [0, 1e6, 56],
      [-3, -2.9, 300],
    ] as const) {
      const { length } = placeValueTicks({ least, most }, pixels);
      expect(length).toBeGreaterThan(0);
      expect(length).toBeLessThanOrEqual(pixels / 27 + 1);
    }
  });

  it('writes as many decimals as steps have, and a real minus', () => {
    expect(placeValueTicks({ least: -0.3, most: 0.3 }, 100).map(({ label }) => label)).toEqual([
      '−0.2',
      '0.0',
      '0.2',
    ]);
    expect(placeValueTicks({ least: -600, most: 600 }, 108).map(({ label }) => label)).toEqual([
      '−500',
      '0',
      '500',
    ]);
  });

  it('names numbers that are too long or too small by their power', () => {
    expect(placeValueTicks({ least: 0, most: 2e12 }, 60).at(-1)?.label).toBe('2e12');
    expect(placeValueTicks({ least: 0, most: 2e-6 }, 60).at(-1)?.label).toBe('2e−6');
  });

  it('places none where there is nothing to place them on', () => {
    expect(placeValueTicks({ least: 1, most: 1 }, 100)).toEqual([]);
    expect(placeValueTicks({ least: 0, most: Infinity }, 100)).toEqual([]);
    expect(placeValueTicks({ least: 0, most: 1 }, 0)).toEqual([]);
  });
});
