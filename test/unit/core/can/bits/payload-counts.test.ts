import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPayload } from '../../../../../server/core/can/frame-payload.ts';
import { countPayloads, rankPayloads } from '../../../../../server/core/can/bits/payload-counts.ts';
import { arbitraryFrames, tabulateFrames, type ListedFrame } from '../../../../support/frame-lists.ts';

const frames: readonly ListedFrame[] = ['00', '0000', '00', '', 'ff', 'ff', ''].map((payload, i) => [
  i,
  payload,
]);

describe('countPayloads', () => {
  it('tells payloads apart by content and length, in the order in which they are seen', () => {
    const { table, rows } = tabulateFrames(frames);
    expect(countPayloads(table, rows)).toEqual({
      rows: Uint32Array.of(0, 1, 3, 4),
      counts: Uint32Array.of(2, 1, 2, 2),
    });
  });

  it('counts the rows it is given, in their order', () => {
    const { table } = tabulateFrames(frames);
    expect(countPayloads(table, Uint32Array.of(5, 2, 4))).toEqual({
      rows: Uint32Array.of(5, 2),
      counts: Uint32Array.of(2, 1),
    });
  });

  it('finds nothing in no rows', () => {
    const { table } = tabulateFrames(frames);
    expect(countPayloads(table, new Uint32Array(0))).toEqual({
      rows: new Uint32Array(0),
      counts: new Uint32Array(0),
    });
  });

  it('counts what a map of their texts counts', () => {
    const few = fc.array(
      fc.tuple(fc.constant(0), fc.constantFrom('', '00', '0001', '0100', 'ff'.repeat(64))),
    );
    fc.assert(
      fc.property(fc.oneof(few, arbitraryFrames()), (listed) => {
        const { table, rows } = tabulateFrames(listed);
        const counted = countPayloads(table, rows);
        const expected = new Map<string, number>();
        for (const [, payload] of listed)
          expected.set(payload.toUpperCase(), (expected.get(payload.toUpperCase()) ?? 0) + 1);
        const texts = Array.from(counted.rows, (row, i) => [formatPayload(table, row), counted.counts[i]]);
        expect(texts).toEqual([...expected]);
      }),
    );
  });

  it('takes a moment for many payloads that are all different', () => {
    const many = Array.from({ length: 50_000 }, (_, i): ListedFrame => [i, i.toString(16).padStart(16, '0')]);
    const { table, rows } = tabulateFrames(many);
    expect(countPayloads(table, rows).rows).toHaveLength(50_000);
  });
});

describe('rankPayloads', () => {
  it('puts the most frequent first; of equals, the one seen first', () => {
    const { table, rows } = tabulateFrames(frames);
    expect(rankPayloads(countPayloads(table, rows), 3)).toEqual([
      { row: 0, count: 2 },
      { row: 3, count: 2 },
      { row: 4, count: 2 },
    ]);
  });
});
