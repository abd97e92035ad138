import { describe, expect, it } from 'vitest';
import { listSpans, type SpanSource } from '../../../../server/core/series/chart-spans.ts';

const BASE = { from: 0, to: 10, gapSeconds: 3 };

describe('listSpans', () => {
  it.each<[string, Partial<SpanSource>, unknown]>([
    ['nothing', { seconds: [], values: [] }, []],
    ['never', { seconds: [1, 2, 3], values: [0, 0, 0] }, []],
    [
      'from the sample that sets to the one that clears',
      { seconds: [1, 2, 3, 4], values: [0, 1, 1, 0] },
      [{ from: 2, to: 4 }],
    ],
    ['the last for one period', { seconds: [1, 2], values: [0, 1] }, [{ from: 2, to: 3 }]],
    [
      'cut at the edges',
      { seconds: [-1, 5, 9.5], values: [1, 0, 1], gapSeconds: Infinity },
      [
        { from: 0, to: 5 },
        { from: 9.5, to: 10 },
      ],
    ],
    [
      'ended by a gap, one period behind the last sample',
      { seconds: [1, 2, 6, 7], values: [1, 1, 1, 0] },
      [
        { from: 1, to: 3 },
        { from: 6, to: 7 },
      ],
    ],
    ['ended by a value that is none', { seconds: [1, 2, 3], values: [1, NaN, 0] }, [{ from: 1, to: 2 }]],
  ])('%s', (_, source, expected) => {
    expect(listSpans({ ...BASE, seconds: [], values: [], ...source })).toEqual(expected);
  });

  it('names states, makes one of neighbours with the same name, and leaves out those without', () => {
    const names: Readonly<Record<number, string>> = { 1: 'on', 2: 'on', 3: 'fault' };
    const spans = listSpans({
      ...BASE,
      seconds: [0, 1, 2, 3, 4],
      values: [1, 2, 3, 4, 1],
      name: (value) => names[value],
    });
    expect(spans).toEqual([
      { from: 0, to: 2, label: 'on' },
      { from: 2, to: 3, label: 'fault' },
      { from: 4, to: 5, label: 'on' },
    ]);
  });
});
