import { describe, expect, it } from 'vitest';
import { READING } from '../../../../bench/analyzers/analyzer-cases.ts';
import { judgeAnalyzers } from '../../../../bench/analyzers/analyzer-goals.ts';
import type { AnalyzerRow } from '../../../../bench/analyzers/analyzer-rounds.ts';

const cases = [
  { id: 'quick', parameters: {}, ratioLimit: 4 },
  { id: 'thorough', parameters: {}, millisecondsLimit: 5000 },
  { id: 'free', parameters: {} },
];

function makeRow(id: string, [minimum, median]: readonly [number, number], peakMB = 90): AnalyzerRow {
  const wall = { count: 3, minimum, median };
  return { id, wall, cpu: wall, peakRssBytes: peakMB * 1e6, files: 1, outputBytes: 10 };
}

describe('judgeAnalyzers', () => {
  it('judges ratios by minima, times by themselves, and memory by the largest tool', () => {
    const rows = [
      makeRow(READING, [50, 80], 400),
      makeRow('quick', [150, 160]),
      makeRow('thorough', [6000, 7000], 310),
      makeRow('free', [900, 900]),
    ];

    expect(judgeAnalyzers(cases, [{ label: 'a minute', rows }])).toEqual([
      { promise: 'quick; a minute', limit: 4, value: 3, byMedians: 2, unit: 'x' },
      { promise: 'thorough; a minute', limit: 5000, value: 6000, byMedians: 7000, unit: 'ms' },
      {
        promise: 'peak memory, the largest (thorough); a minute',
        limit: 300,
        value: 310,
        byMedians: undefined,
        unit: 'MB',
      },
    ]);
  });

  it('leaves open what was not measured', () => {
    const goals = judgeAnalyzers(cases, [{ label: 'a minute', rows: [makeRow(READING, [50, 80])] }]);
    expect(goals.map(({ value }) => value)).toEqual([undefined, undefined, undefined]);
  });
});
