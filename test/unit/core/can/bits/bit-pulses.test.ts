import { describe, expect, it } from 'vitest';
import { matchesPulses, measurePulses } from '../../../../../server/core/can/bits/bit-pulses.ts';
import type { BitTimeline } from '../../../../../server/core/can/bits/bit-toggles.ts';

function makeTimeline(initial: 0 | 1, seconds: readonly number[]): BitTimeline {
  return { initial, seconds: Float64Array.from(seconds), rows: Uint32Array.from(seconds.keys()) };
}

describe('measurePulses', () => {
  it.each([
    { what: 'whole pulses', initial: 0, seconds: [1, 3, 4, 7], pulses: [2, 3] },
    {
      what: 'nothing of a bit that is set at first, up to its next rise',
      initial: 1,
      seconds: [2, 4, 5],
      pulses: [1],
    },
    { what: 'nothing of a pulse that began before', initial: 0, seconds: [-2, 2, 4, 5], pulses: [1] },
    { what: 'nothing of a rise at the very start', initial: 0, seconds: [0, 2, 4, 5], pulses: [1] },
    { what: 'an open pulse up to the end', initial: 0, seconds: [8], pulses: [2] },
    { what: 'a pulse that ends after the end', initial: 0, seconds: [8, 12], pulses: [2] },
    { what: 'a fall at the end', initial: 0, seconds: [8, 10], pulses: [2] },
    { what: 'nothing after the end', initial: 0, seconds: [11, 12], pulses: [] },
    { what: 'nothing of a bit that never changes', initial: 1, seconds: [], pulses: [] },
  ] as const)('measures $what', ({ initial, seconds, pulses }) => {
    expect(measurePulses(makeTimeline(initial, seconds), { from: 0, to: 10 })).toEqual(pulses);
  });

  it('measures none where the end is before the start', () => {
    expect(measurePulses(makeTimeline(0, [1, 2]), { from: 5, to: 3 })).toEqual([]);
  });
});

describe('matchesPulses', () => {
  it.each([
    [[1.5, 2, 2.5], true],
    [[1.4999, 2, 2], false],
    [[2, 2, 2.5001], false],
    [[2, 2], false],
    [[2, 2, 2, 2], false],
  ])('%j', (pulses, expected) => {
    expect(matchesPulses(pulses, { seconds: 2, tolerance: 0.5, count: 3 })).toBe(expected);
  });
});
