import { describe, expect, it } from 'vitest';
import type { RowId } from '../../../bench/contestants.ts';
import { isReached, judgeGoals } from '../../../bench/goals.ts';
import type { InputId } from '../../../bench/inputs.ts';
import type { InputResult, RowResult } from '../../../bench/rounds.ts';

function row(id: RowId, ms: number, peakMb?: number): RowResult {
  const summary = { count: 4, minimum: ms, median: 2 * ms };
  const peakRssBytes = peakMb === undefined ? undefined : peakMb * 1e6;
  return { id, reference: undefined, wall: summary, cpu: summary, peakRssBytes, report: undefined };
}

function resultOf(id: InputId, rows: readonly RowResult[]): InputResult {
  return { input: { id, label: id, files: [] }, rows };
}

function verdicts(results: readonly InputResult[]): unknown {
  return judgeGoals(results).map((goal) => [goal.promise, goal.value, isReached(goal)]);
}

describe('judgeGoals', () => {
  it('judges ratios by the minute, and memory by the minute and the route', () => {
    const minute = resultOf('minute', [
      row('zstd', 30),
      row('peer-can', 50),
      row('cts-can-streamed', 30, 70),
      row('cts-can-one-buffer', 70),
      row('peer-csv', 60),
      row('cts-csv', 72, 151),
      row('peer-info', 60),
      row('cts-info', 150),
    ]);
    const route = resultOf('route', [row('cts-can-streamed', 1, 150), row('cts-csv', 1, 80)]);

    expect(verdicts([minute, route])).toEqual([
      ['CAN to columns, streamed, to the C++ peer', 0.6, true],
      ['CAN to columns, one buffer, to the C++ peer', 1.4, false],
      ['CAN to columns, streamed, to the CPU time of `zstd -d`', 1, true],
      ['rlog-to-csv to the C++ peer', 1.2, true],
      ['cold `cts info` to the C++ peer, whole processes', 2.5, true],
      ['peak memory, CAN to columns, one minute', 70, true],
      ['peak memory, rlog-to-csv, one minute', 151, false],
      ['peak memory, CAN to columns, ten segments', 150, true],
      ['peak memory, rlog-to-csv, ten segments', 80, true],
    ]);
  });

  it('calls nothing reached that was not measured', () => {
    const goals = judgeGoals([resultOf('minute', [row('cts-csv', 60, 80)])]);
    const judged = goals.filter((goal) => isReached(goal) !== undefined);
    expect(judged.map(({ promise }) => promise)).toEqual(['peak memory, rlog-to-csv, one minute']);
  });
});
