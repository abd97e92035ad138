import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CanFrameColumns } from '../../../../server/core/can/frame-columns.ts';
import { findFrameTimes, joinFrameTimes } from '../../../../server/core/can/frame-times.ts';

function columnsAt(times: readonly bigint[]): CanFrameColumns {
  const frames = new CanFrameColumns(times.length + 1);
  frames.monoTime.set(times);
  frames.length = times.length;
  return frames;
}

const times = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 1, maxLength: 20 });

describe('times of frames', () => {
  it('are the earliest and the latest, in whatever order they stand', () => {
    fc.assert(
      fc.property(times, (list) => {
        const sorted = [...list].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        expect(findFrameTimes(columnsAt(list))).toEqual({ earliest: sorted[0], latest: sorted.at(-1) });
      }),
    );
  });

  it('are none without frames', () => {
    expect(findFrameTimes(columnsAt([]))).toBeUndefined();
  });

  it('are joined to those of all', () => {
    fc.assert(
      fc.property(times, times, (one, other) => {
        const joined = joinFrameTimes(findFrameTimes(columnsAt(one)), findFrameTimes(columnsAt(other)));
        expect(joined).toEqual(findFrameTimes(columnsAt([...one, ...other])));
      }),
    );
    const known = { earliest: 1n, latest: 2n };
    expect(joinFrameTimes(undefined, known)).toBe(known);
    expect(joinFrameTimes(known, undefined)).toBe(known);
  });
});
