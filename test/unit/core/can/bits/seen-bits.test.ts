import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collectSeenBits,
  mergeSeenBits,
  type SeenBits,
} from '../../../../../server/core/can/bits/seen-bits.ts';
import { arbitraryFrames, bitOf, type ListedFrame, tabulateFrames } from '../../../../support/frame-lists.ts';

function collect(frames: readonly ListedFrame[]): SeenBits {
  const { table, rows } = tabulateFrames(frames);
  return collectSeenBits(table, rows);
}

/** The same, bit by bit. */
function collectSlowly(frames: readonly ListedFrame[]): SeenBits {
  const lengths = frames.map(([, payload]) => payload.length / 2);
  const longest = Math.max(0, ...lengths);
  const mask = (value: 0 | 1): Uint8Array =>
    Uint8Array.from({ length: longest }, (_, byte) =>
      [0, 1, 2, 3, 4, 5, 6, 7]
        .filter((lsb) =>
          frames.some((frame) => frame[1].length / 2 > byte && bitOf(frame, 8 * byte + lsb) === value),
        )
        .reduce((sum, lsb) => sum + 2 ** lsb, 0),
    );
  return { frames: frames.length, shortest: Math.min(64, ...lengths), ones: mask(1), zeros: mask(0) };
}

describe('collectSeenBits', () => {
  it('tells the bits that were set and those that were clear', () => {
    expect(
      collect([
        [0, '0F80'],
        [1, '0C81'],
        [2, '0D80'],
      ]),
    ).toEqual({
      frames: 3,
      shortest: 2,
      ones: Uint8Array.of(0x0f, 0x81),
      zeros: Uint8Array.of(0xf3, 0x7f),
    });
  });

  it('does not take the bytes that a short payload lacks for zeros', () => {
    expect(
      collect([
        [0, 'FF'],
        [1, 'FFFFFFFFFF'],
      ]),
    ).toMatchObject({
      shortest: 1,
      zeros: new Uint8Array(5),
    });
  });

  it('looks at 64 bytes of a payload that is longer', () => {
    const { shortest, ones } = collect([[0, 'AA'.repeat(70)]]);
    expect({ shortest, ones }).toEqual({ shortest: 64, ones: new Uint8Array(64).fill(0xaa) });
  });

  it('finds what a slow reading finds', () => {
    fc.assert(
      fc.property(arbitraryFrames(20), (frames) => {
        expect(collect(frames)).toEqual(collectSlowly(frames));
      }),
    );
  });
});

describe('mergeSeenBits', () => {
  it('gives what all frames together give', () => {
    fc.assert(
      fc.property(arbitraryFrames(), arbitraryFrames(), (first, second) => {
        expect(mergeSeenBits(collect(first), collect(second))).toEqual(collect([...first, ...second]));
      }),
    );
  });
});
