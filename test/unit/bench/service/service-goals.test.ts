import { describe, expect, it } from 'vitest';
import { describeDistribution } from '../../../../bench/service/distribution.ts';
import type { AmountRow, TimesId, TimesRow } from '../../../../bench/service/findings.ts';
import {
  findWrongs,
  type FindingsBySection,
  judgeServiceGoals,
  nameVerdict,
} from '../../../../bench/service/service-goals.ts';

function row(id: TimesId, ...ms: readonly number[]): TimesRow {
  return { id, times: describeDistribution(ms) };
}

function verdicts(findings: FindingsBySection): unknown {
  return judgeServiceGoals(findings).map((goal) => [goal.promise, goal.value, nameVerdict(goal)]);
}

function crowd(...amounts: readonly AmountRow[]): FindingsBySection {
  return { readers: { times: [row('crowd-health', 600)], amounts } };
}

describe('judgeServiceGoals', () => {
  it('judges commands by the medians of their wall times and of those of a Node that does nothing', () => {
    const times = [row('bare-node', 40, 50, 90), row('cts-version', 60, 100, 500), row('cts-cap', 251)];
    expect(verdicts({ commands: { times } })).toEqual([
      ['`cts --version` to `node -e 0`, medians', 2, 'pass'],
      ['`cts cap` to `node -e 0`, medians', 5.02, 'FAIL'],
      ['`cts cap --url` to `node -e 0`, medians', undefined, 'not run'],
    ]);
  });

  it('judges what a thousand readers got, and what they cost', () => {
    const findings = crowd(
      { id: 'crowd-missing', value: 0 },
      { id: 'crowd-repeated', value: 2 },
      { id: 'crowd-memory', value: 99 },
    );
    expect(verdicts(findings)).toEqual([
      ['lines that 1000 readers miss', 0, 'pass'],
      ['lines that 1000 readers get twice', 2, 'FAIL'],
      ['GET /v1/health beside 1000 readers, p99', 600, 'FAIL'],
      ['requests for health refused beside 1000 readers', undefined, 'not run'],
      ['memory for 1000 readers', 99, 'pass'],
    ]);
  });

  it('wants as few handles less as more', () => {
    const amounts: readonly AmountRow[] = [
      { id: 'endurance-handles', value: -6 },
      { id: 'endurance-processes', value: 5 },
    ];
    expect(verdicts({ endurance: { times: [], amounts } })).toContainEqual([
      'handles more or less after 500 runs',
      6,
      'FAIL',
    ]);
  });

  it('says nothing of parts that were not measured', () => {
    expect(judgeServiceGoals({})).toEqual([]);
  });
});

describe('findWrongs', () => {
  it.each([
    { amounts: [{ id: 'crowd-missing', value: 0 }], wrongs: [] },
    { amounts: [{ id: 'crowd-missing', value: 3 }], wrongs: ['lines missing: 3'] },
    { amounts: [{ id: 'crowd-repeated', value: 1 }], wrongs: ['lines repeated: 1'] },
  ] as const)('finds $wrongs', ({ amounts, wrongs }) => {
    expect(findWrongs(crowd(...amounts))).toEqual(wrongs);
  });

  it('finds nothing where no readers were measured', () => {
    expect(findWrongs({})).toEqual([]);
  });
});
