import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findBitsActiveIn,
  findBitsActiveInStretch,
  listBitToggles,
  readBitTimeline,
  valueAfter,
} from '../../../../../server/core/can/bits/bit-toggles.ts';
import fixture from '../../../../fixtures/comma-tools-lib/bit_analysis.json' with { type: 'json' };
import { arbitraryFrames, bitOf, tabulateFrames, togglesOf } from '../../../../support/frame-lists.ts';

it.each(fixture.track_bit_toggles)('lists toggles of $args.watched_bits as comma-tools does', (vector) => {
  const { table, rows } = tabulateFrames(vector.args.messages);
  const toggled = listBitToggles(table, rows, vector.args.watched_bits ?? undefined);
  expect(toggled.map(({ bit, seconds }) => [bit, [...seconds]])).toEqual(vector.result);
});

it.each(fixture.find_bits_active_in_window)(
  'finds what toggles from $args.window_start to $args.window_end as comma-tools does',
  ({ args, result }) => {
    const { table, rows } = tabulateFrames(args.messages);
    expect(findBitsActiveIn(table, rows, { from: args.window_start, to: args.window_end })).toEqual(result);
  },
);

it('finds the bits of a stretch that is given row by row', () => {
  const { table, rows } = tabulateFrames([
    [0, '00'],
    [1, '01'],
    [2, '03'],
    [3, '02'],
  ]);
  const stretches = { count: 2, ofRow: Uint8Array.of(0, 0, 1, 0) };
  const found = [0, 1, 2].map((stretch) => findBitsActiveInStretch(table, rows, { stretches, stretch }));
  expect(found).toEqual([[0], [1], []]);
});

describe('readBitTimeline', () => {
  it('tells when a bit changed and what it was before', () => {
    const { table, rows } = tabulateFrames([
      [0, '04'],
      [1, '04'],
      [2, ''],
      [3, '0400'],
    ]);
    const timeline = readBitTimeline(table, rows, 2);
    expect(timeline).toEqual({
      initial: 1,
      rows: Uint32Array.of(2, 3),
      seconds: Float64Array.of(2, 3),
    });
    expect([valueAfter(timeline, 0), valueAfter(timeline, 1)]).toEqual([0, 1]);
  });

  it('is 0 and still without frames', () => {
    const { table, rows } = tabulateFrames([]);
    expect(readBitTimeline(table, rows, 0)).toEqual({
      initial: 0,
      rows: new Uint32Array(0),
      seconds: new Float64Array(0),
    });
  });
});

it('lists what is found frame by frame', () => {
  fc.assert(
    fc.property(fc.oneof(arbitraryFrames(), arbitraryFrames(64)), (frames) => {
      const { table, rows } = tabulateFrames(frames);
      const found = togglesOf(frames);
      const toggled = listBitToggles(table, rows);
      expect(toggled.map(({ bit }) => bit)).toEqual([...new Set(found.map(({ bit }) => bit))]);
      for (const timeline of toggled) {
        const own = found.filter(({ bit }) => bit === timeline.bit);
        expect([...timeline.rows]).toEqual(own.map(({ index }) => index));
        expect([...timeline.seconds]).toEqual(own.map(({ seconds }) => seconds));
        for (const [i, row] of timeline.rows.entries())
          expect(valueAfter(timeline, i)).toBe(bitOf(frames[row] ?? [0, ''], timeline.bit));
      }
    }),
  );
});

it('finds the bits of a window that are found frame by frame', () => {
  const time = fc.constantFrom(0, 0.01, 0.125, 0.5, 1);
  fc.assert(
    fc.property(arbitraryFrames(), time, time, (frames, from, to) => {
      const { table, rows } = tabulateFrames(frames);
      const found = togglesOf(frames);
      const outside = new Set(
        found.filter(({ seconds }) => seconds < from || seconds > to).map(({ bit }) => bit),
      );
      const active = [...new Set(found.map(({ bit }) => bit))].filter((bit) => !outside.has(bit));
      expect(findBitsActiveIn(table, rows, { from, to })).toEqual(active);
    }),
  );
});
