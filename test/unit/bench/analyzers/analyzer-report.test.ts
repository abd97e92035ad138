import { expect, it } from 'vitest';
import { READING } from '../../../../bench/analyzers/analyzer-cases.ts';
import { renderAnalyzerReport } from '../../../../bench/analyzers/analyzer-report.ts';

const machine = {
  processor: 'P',
  cores: 2,
  memoryBytes: 2 ** 31,
  system: 'S',
  node: 'v24',
  zstd: undefined,
};

it('shows times, ratios and verdicts, and says what was left out', () => {
  const summary = { count: 1, minimum: 20, median: 30 };
  const reading = { id: READING, wall: { count: 1, minimum: 10, median: 10 }, cpu: summary };
  const text = renderAnalyzerReport({
    command: 'npm run bench -- analyzers',
    machine,
    results: [
      {
        label: 'A minute',
        rows: [
          { ...reading, peakRssBytes: 80e6, files: 0, outputBytes: 0 },
          { id: 'tool', wall: summary, cpu: summary, peakRssBytes: 90e6, files: 3, outputBytes: 1.5e6 },
        ],
      },
    ],
    goals: [
      { promise: 'kept', limit: 4, value: 2, byMedians: 3, unit: 'x' },
      { promise: 'broken', limit: 5000, value: 6000.4, byMedians: undefined, unit: 'ms' },
      { promise: 'open', limit: 300, value: undefined, byMedians: undefined, unit: 'MB' },
    ],
    omissions: ['other: there is no such tool'],
  });

  const lines = text.split('\n').map((line) => line.replaceAll(/ +/g, ' '));
  expect(lines).toContain('| frames to columns | 10.0 | 10.0 | 20.0 | 1.00 | 1.00 | | | 80 |');
  expect(lines).toContain('| tool | 20.0 | 30.0 | 20.0 | 2.00 | 3.00 | 3 | 1.5 | 90 |');
  expect(lines).toContain('| kept | 4 x | 2.00 x | 3.00 | pass |');
  expect(lines).toContain('| broken | 5000 ms | 6000 ms | | FAIL |');
  expect(lines).toContain('| open | 300 MB | | | not run |');
  expect(lines.slice(-3)).toEqual(['### Left out', '', '- other: there is no such tool']);
});
