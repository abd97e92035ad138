import { describe, expect, it } from 'vitest';
import type { CandidateBit, MessageFindings } from '../../../../server/core/can/bits/window-bits.ts';
import {
  findBusierBits,
  measureFit,
  rankCandidates,
} from '../../../../server/tools/can-bitwatch/candidate-ranking.ts';

const RULE = { seconds: 2, tolerance: 0.5, count: 3 };

function makeMessage(bus: number, toggles: readonly (readonly number[])[] = []): MessageFindings {
  return {
    bus,
    arbitrationId: 0x100,
    rows: new Uint32Array(0),
    frames: Uint32Array.of(100, 100, 100),
    payloads: [],
    byteLength: 1,
    toggles: toggles.map((counts) => Uint32Array.from(counts)),
  };
}

interface Sample {
  readonly pulses?: readonly number[];
  readonly bus?: number;
}

function makeCandidate(bit: number, toggles: number, { pulses = [], bus = 0 }: Sample = {}): CandidateBit {
  const timeline = {
    initial: 0 as const,
    rows: new Uint32Array(toggles),
    seconds: new Float64Array(toggles),
  };
  return { message: makeMessage(bus), bit, timeline, pulses, hasPulses: false };
}

describe('rankCandidates', () => {
  it('puts fitting pulses first, then few toggles, then received messages, then low bits', () => {
    const ranked = rankCandidates(
      [
        makeCandidate(1, 100),
        makeCandidate(2, 2, { bus: 128 }),
        makeCandidate(4, 2),
        makeCandidate(3, 2),
        makeCandidate(5, 6, { pulses: [2, 2, 9] }),
        makeCandidate(6, 6, { pulses: [2, 2, 2] }),
      ],
      RULE,
    );
    expect(ranked.map(({ bit }) => bit)).toEqual([6, 5, 3, 4, 2, 1]);
  });
});

it.each([
  [[2, 2, 2], 1],
  [[2, 2], 2 / 3],
  [[2, 2, 2, 2], 3 / 4],
  [[2, 2, 2, 9, 9], 3 / 5],
  [[], 0],
])('measures how well pulses fit: %j', (pulses, expected) => {
  expect(measureFit(pulses, RULE)).toBe(expected);
});

it('finds bits that toggle five times as often in the window, the greatest ratio first', () => {
  // Toggles after, before and in the window; twice as many frames lie outside of it.
  const message = makeMessage(0, [
    [0, 1, 0, 1, 2, 0, 0, 0],
    [0, 0, 1, 1, 2, 0, 0, 0],
    [9, 9, 3, 5, 4, 1, 0, 0],
  ]);
  const found = findBusierBits([message]).map(({ bit, inWindow, outside, ratio }) => [
    bit,
    inWindow,
    outside,
    ratio,
  ]);
  expect(found).toEqual([
    [1, 9, 1, 18],
    [2, 3, 1, 6],
    [3, 5, 2, 5],
  ]);
});
