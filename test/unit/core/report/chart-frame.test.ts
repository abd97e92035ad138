import { describe, expect, it } from 'vitest';
import { layOutChart, PLOT_WIDTH } from '../../../../server/core/report/chart-frame.ts';
import { estimateTextWidth } from '../../../../server/core/report/text-width.ts';

describe('labels of the time axis', () => {
  it.each([1, 60, 600, 36_000, 1e6, 1e9, 1.8e10])('keep clear of each other over %d seconds', (to) => {
    const { ticks } = layOutChart({ title: 'Speed', from: 0, to, panels: [], lanes: [] });
    expect(ticks.length).toBeGreaterThan(2);
    const ends = ticks.map(({ at, label, anchor }) => {
      const middle = (at / to) * PLOT_WIDTH;
      const width = estimateTextWidth(label);
      return anchor === 'end' ? [middle - width, middle] : [middle - width / 2, middle + width / 2];
    });
    for (const [i, [left = 0]] of ends.slice(1, -1).entries())
      expect(left).toBeGreaterThan(ends[i]?.[1] ?? 0);
  });
});
