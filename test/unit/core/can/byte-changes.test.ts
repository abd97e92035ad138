import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteChangeFinder } from '../../../../server/core/can/byte-changes.ts';
import { FrameTable } from '../../../../server/core/can/frame-table.ts';

interface TimedPayload {
  readonly seconds: number;
  readonly payload: readonly number[];
}

const payload = fc.array(fc.constantFrom(0, 1, 0x80, 0xff), { minLength: 1, maxLength: 12 });

describe('ByteChangeFinder', () => {
  it('finds what the rules say, byte by byte', () => {
    const frames = fc.array(fc.record({ pause: fc.constantFrom(0, 0.05, 0.25, 0.5, 1), payload }), {
      minLength: 1,
      maxLength: 40,
    });
    const finder = new ByteChangeFinder();
    const property = fc.property(frames, fc.integer({ min: 0, max: 40 }), (pauses, later) => {
      let seconds = 0;
      const all = pauses.map((each) => ({ seconds: (seconds += each.pause), payload: each.payload }));
      const atSeconds = later / 8;
      const seen = all.filter((frame) => frame.seconds <= atSeconds);
      fc.pre(seen.length > 0);
      expect(find(finder, all, atSeconds)).toEqual(judgeSlowly(seen, atSeconds));
    });
    fc.assert(property, { numRuns: 300 });
  });

  it.each([
    { name: 'rising, just now', values: [1, 2], times: [0, 5], at: 5.2, change: 0b0001 },
    { name: 'falling, half a second ago', values: [2, 1], times: [0, 5], at: 5.5, change: 0b0110 },
    { name: 'rising, two seconds ago', values: [1, 2], times: [0, 5], at: 7, change: 0b1001 },
    { name: 'too long ago', values: [1, 2], times: [0, 5], at: 8, change: 0 },
    { name: 'both ways', values: [1, 2, 1], times: [5, 5.1, 5.2], at: 5.3, change: 0b0011 },
    { name: 'one way only', values: [1, 2, 3], times: [5, 5.1, 5.2], at: 5.3, change: 0b0001 },
    {
      name: 'both ways in a fifth of the frames, which is too few',
      values: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
      times: [5, 5.1, 5.2, 5.3, 5.4, 5.5, 5.6, 5.7, 5.8, 5.9],
      at: 5.9,
      change: 0b0110,
    },
  ])('$name', ({ values, times, at, change }) => {
    const frames = values.map((value, i) => ({ seconds: times[i] ?? 0, payload: [value] }));
    expect(find(new ByteChangeFinder(), frames, at)).toEqual([change]);
  });
});

function find(finder: ByteChangeFinder, frames: readonly TimedPayload[], atSeconds: number): number[] {
  const end = frames.filter(({ seconds }) => seconds <= atSeconds).length;
  const table = new FrameTable(1);
  for (const frame of frames) {
    const bytes = Uint8Array.from(frame.payload);
    table.push({ seconds: frame.seconds, bus: 0, arbitrationId: 1 }, bytes, [0, bytes.length]);
  }
  const into = new Uint8Array(frames[end - 1]?.payload.length ?? 0);
  finder.find(table, Uint32Array.from(frames.keys()), { end, atSeconds, into });
  return [...into];
}

function judgeSlowly(seen: readonly TimedPayload[], atSeconds: number): number[] {
  const last = seen.at(-1)?.payload ?? [];
  return last.map((_, byte) => {
    const steps = seen.map((frame, i) => {
      const [before, now] = [seen[i - 1]?.payload[byte], frame.payload[byte]];
      return {
        age: atSeconds - frame.seconds,
        step: before === undefined || now === undefined ? 0 : now - before,
      };
    });
    const latest = steps.findLast(({ step, age }) => step !== 0 && age < 3);
    if (latest === undefined) return 0;
    const age = [0.25, 1, 3].findIndex((limit) => latest.age < limit);
    const recent = steps.filter((each) => each.age <= 1.5);
    const rises = recent.filter(({ step }) => step > 0).length;
    const falls = recent.filter(({ step }) => step < 0).length;
    const isToggling = rises > 0 && falls > 0 && (rises + falls) / recent.length > 0.2;
    return 4 * age + (isToggling ? 3 : latest.step > 0 ? 1 : 2);
  });
}
