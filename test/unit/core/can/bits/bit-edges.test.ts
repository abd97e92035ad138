import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findBitEdges } from '../../../../../server/core/can/bits/bit-edges.ts';
import fixture from '../../../../fixtures/comma-tools-lib/bit_analysis.json' with { type: 'json' };
import { arbitraryFrames, tabulateFrames, togglesOf } from '../../../../support/frame-lists.ts';

it.each(fixture.detect_bit_edges)('finds the edges of $args.watched_bits as comma-tools does', (vector) => {
  const { table, rows } = tabulateFrames(vector.args.messages, { arbitrationId: 0x123 });
  const edges = findBitEdges(table, rows, vector.args.watched_bits);
  const listed = edges.map(({ row, seconds, bit, before, after }) => {
    return [seconds, bit, before, after, table.arbitrationId[row]];
  });
  expect(listed.map((edge) => edge.slice(0, 4))).toEqual(vector.result.map((edge) => edge.slice(0, 4)));
  expect(new Set(listed.map((edge) => edge[4])).size).toBe(Math.min(1, listed.length));
});

it('reports the edges of a frame in the order of the bits, and a bit that is named twice once', () => {
  const { table, rows } = tabulateFrames([
    [1, '00'],
    [2, '05'],
    [3, ''],
  ]);
  expect(findBitEdges(table, rows, [2, 0, 2, 1])).toEqual([
    { row: 1, seconds: 2, bit: 2, before: 0, after: 1 },
    { row: 1, seconds: 2, bit: 0, before: 0, after: 1 },
    { row: 2, seconds: 3, bit: 2, before: 1, after: 0 },
    { row: 2, seconds: 3, bit: 0, before: 1, after: 0 },
  ]);
});

it('finds what is found frame by frame', () => {
  const all = Array.from({ length: 96 }, (_, bit) => bit);
  fc.assert(
    fc.property(arbitraryFrames(12), (frames) => {
      const { table, rows } = tabulateFrames(frames);
      const edges = findBitEdges(table, rows, all);
      expect(edges.map(({ row, seconds, bit }) => ({ index: row, seconds, bit }))).toEqual(togglesOf(frames));
    }),
  );
});
