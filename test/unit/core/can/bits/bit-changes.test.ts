import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countBitChanges,
  countBitChangesByStretch,
  findChangedBits,
} from '../../../../../server/core/can/bits/bit-changes.ts';
import { divideAtSpan } from '../../../../../server/core/can/message-rows.ts';
import fixture from '../../../../fixtures/comma-tools-lib/bit_analysis.json' with { type: 'json' };
import {
  arbitraryFrames,
  tabulateFrames,
  togglesOf,
  type ListedFrame,
} from '../../../../support/frame-lists.ts';

it.each(fixture.find_changed_bits)('finds the bits between $args.old and $args.new', ({ args, result }) => {
  const { table } = tabulateFrames([
    [0, args.old],
    [1, args.new],
  ]);
  expect(findChangedBits(table, 0, 1)).toEqual(result);
});

describe('countBitChanges', () => {
  it('counts nothing without frames', () => {
    const { table, rows } = tabulateFrames([]);
    expect(countBitChanges(table, rows)).toEqual({
      byteLength: 0,
      frames: 0,
      changes: 0,
      toggles: new Uint32Array(0),
      order: new Uint16Array(0),
    });
  });

  it('takes the first frame as it is', () => {
    const { table, rows } = tabulateFrames([[0, 'ff']]);
    const { frames, changes, order } = countBitChanges(table, rows);
    expect({ frames, changes, order: [...order] }).toEqual({ frames: 1, changes: 0, order: [] });
  });

  it('counts a payload that only became longer by zeros as a change, in no bit', () => {
    const { table, rows } = tabulateFrames([
      [0, '01'],
      [1, '0100'],
      [2, '0100'],
    ]);
    const { byteLength, changes, order } = countBitChanges(table, rows);
    expect({ byteLength, changes, order: [...order] }).toEqual({ byteLength: 2, changes: 1, order: [] });
  });

  it('looks at the 64 bytes of CAN FD and at no more', () => {
    const { table, rows } = tabulateFrames([
      [0, '00'.repeat(70)],
      [1, `${'00'.repeat(63)}80${'ff'.repeat(6)}`],
    ]);
    const { byteLength, toggles, order } = countBitChanges(table, rows);
    expect({ byteLength, bits: toggles.length, order: [...order] }).toEqual({
      byteLength: 64,
      bits: 512,
      order: [511],
    });
  });

  it('counts what is found frame by frame', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryFrames(), arbitraryFrames(64)), (frames) => {
        const { table, rows } = tabulateFrames(frames);
        const { toggles, ...rest } = countBitChanges(table, rows);
        const found = togglesOf(frames);
        expect({ ...rest, order: [...rest.order] }).toEqual({
          byteLength: longestOf(frames),
          frames: frames.length,
          changes: frames.filter(([, payload], i) => i > 0 && payload !== frames[i - 1]?.[1]).length,
          order: [...new Set(found.map(({ bit }) => bit))],
        });
        expect([...toggles]).toEqual(
          Array.from(toggles, (_, bit) => found.filter((f) => f.bit === bit).length),
        );
      }),
    );
  });
});

describe('countBitChangesByStretch', () => {
  it('counts a change where its later frame lies', () => {
    const frames: readonly ListedFrame[] = [
      [0, '00'],
      [1, '01'],
      [2, '03'],
      [3, '03'],
      [4, '07'],
      [5, '06'],
    ];
    const { table, rows } = tabulateFrames(frames);
    const counted = countBitChangesByStretch(table, rows, divideAtSpan(table, { from: 2, to: 4 }));
    expect(counted).toEqual({
      byteLength: 1,
      order: Uint16Array.of(0, 1, 2),
      frames: Uint32Array.of(2, 3, 1),
      changes: Uint32Array.of(1, 2, 1),
      toggles: [
        Uint32Array.of(1, 0, 0, 0, 0, 0, 0, 0),
        Uint32Array.of(0, 1, 1, 0, 0, 0, 0, 0),
        Uint32Array.of(1, 0, 0, 0, 0, 0, 0, 0),
      ],
    });
  });

  it('leaves out what is in no stretch, but for the order of bits', () => {
    const { table, rows } = tabulateFrames([
      [0, '00'],
      [1, '80'],
      [2, '81'],
    ]);
    const counted = countBitChangesByStretch(table, rows, { count: 1, ofRow: Uint8Array.of(0, 255, 0) });
    expect(counted).toEqual({
      byteLength: 1,
      order: Uint16Array.of(7, 0),
      frames: Uint32Array.of(2),
      changes: Uint32Array.of(1),
      toggles: [Uint32Array.of(1, 0, 0, 0, 0, 0, 0, 0)],
    });
  });

  it('adds up to the whole', () => {
    const stretchOf = fc.constantFrom(0, 1, 2);
    const stretches = fc.infiniteStream(stretchOf);
    fc.assert(
      fc.property(arbitraryFrames(), stretches, (frames, stream) => {
        const { table, rows } = tabulateFrames(frames);
        const ofRow = Uint8Array.from(frames, () => stream.next().value as number);
        const parts = countBitChangesByStretch(table, rows, { count: 3, ofRow });
        const whole = countBitChanges(table, rows);
        const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
        expect([sum(parts.frames), sum(parts.changes)]).toEqual([whole.frames, whole.changes]);
        expect([...whole.toggles]).toEqual(
          Array.from(whole.toggles, (_, bit) => sum(parts.toggles.map((counts) => counts[bit] ?? 0))),
        );
      }),
    );
  });
});

function longestOf(frames: readonly ListedFrame[]): number {
  return Math.max(0, ...frames.map(([, payload]) => payload.length / 2));
}
