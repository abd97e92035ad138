import { describe, expect, it } from 'vitest';
import type { Contestant, RowId } from '../../../bench/contestants.ts';
import { measureInput } from '../../../bench/rounds.ts';

const MINUTE = { id: 'minute', label: 'a minute', files: ['minute.rlog.zst'] } as const;
const EFFORT = { warmUp: 1, iterations: 2 };

/** A contestant whose nth turn takes n times `baseMs`, and that notes its turns in `turns`. */
function fakeContestant(id: RowId, baseMs: number, turns: RowId[]): Contestant {
  let turn = 0;
  return {
    id,
    accepts: () => true,
    measure: () => {
      turns.push(id);
      turn++;
      return { wallMs: [turn * baseMs, turn * baseMs + 1], cpuMs: [] };
    },
  };
}

describe('measureInput', () => {
  it('lets the contestants take turns and sums up all their rounds', () => {
    const turns: RowId[] = [];
    const contestants = [
      fakeContestant('peer-can', 10, turns),
      fakeContestant('cts-can-streamed', 100, turns),
    ];

    const { rows } = measureInput(contestants, MINUTE, { rounds: 3, effort: EFFORT });

    expect(turns).toEqual([
      'peer-can',
      'cts-can-streamed',
      'peer-can',
      'cts-can-streamed',
      'peer-can',
      'cts-can-streamed',
    ]);
    expect(rows.map(({ id, wall }) => ({ id, wall }))).toEqual([
      { id: 'peer-can', wall: { count: 6, minimum: 10, median: 20.5 } },
      { id: 'cts-can-streamed', wall: { count: 6, minimum: 100, median: 200.5 } },
    ]);
  });

  it('leaves out who does not accept the input', () => {
    const turns: RowId[] = [];
    const picky = { ...fakeContestant('zstd', 1, turns), accepts: () => false };

    expect(measureInput([picky], MINUTE, { rounds: 2, effort: EFFORT }).rows).toEqual([]);
    expect(turns).toEqual([]);
  });

  it('takes peak memory as the median of single runs', () => {
    const peaks = [90, 70, 80];
    const runOnce = () => ({
      wallMs: [1],
      cpuMs: [1],
      rawBytes: 0,
      events: 0,
      frames: 0,
      csvBytes: 0,
      peakRssBytes: peaks.shift() ?? 0,
    });
    const contestant = { ...fakeContestant('cts-csv', 1, []), runOnce };

    const { rows } = measureInput([contestant], MINUTE, { rounds: 1, effort: EFFORT });
    expect(rows[0]?.peakRssBytes).toBe(80);
  });
});
