import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameTable } from '../../../../server/core/can/frame-table.ts';
import { groupMessages } from '../../../../server/core/can/message-groups.ts';
import {
  borrowMessageRows,
  borrowRowsBetween,
  divideAtSpan,
} from '../../../../server/core/can/message-rows.ts';
import { tabulateFrames, type ListedFrame } from '../../../support/frame-lists.ts';

it('gives the rows of a message', () => {
  const table = new FrameTable();
  for (const arbitrationId of [1, 2, 1, 2, 2])
    table.push({ seconds: 0, bus: 0, arbitrationId }, new Uint8Array(0), [0, 0]);
  const groups = groupMessages(table);
  expect([0, 1].map((message) => [...borrowMessageRows(groups, message)])).toEqual([
    [0, 2],
    [1, 3, 4],
  ]);
});

describe('a stretch of time', () => {
  const { table, rows } = tabulateFrames([1, 2, 2, 3, 5].map((seconds): ListedFrame => [seconds, '00']));

  it.each([
    [{ from: 2, to: 3 }, [1, 2, 3]],
    [{ from: 0, to: 9 }, [0, 1, 2, 3, 4]],
    [{ from: 3.5, to: 4 }, []],
    [{ from: 6, to: 7 }, []],
    [{ from: 3, to: 2 }, []],
    [{ from: -Infinity, to: 1 }, [0]],
  ])('of %o holds rows %o', (span, expected) => {
    expect([...borrowRowsBetween(table, rows, span)]).toEqual(expected);
  });

  it('divides the table into before, in and after', () => {
    expect(divideAtSpan(table, { from: 2, to: 3 })).toEqual({
      count: 3,
      ofRow: Uint8Array.of(0, 1, 1, 1, 2),
    });
  });

  it('holds the rows whose times lie in it', () => {
    const time = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(fc.array(time), time, time, (times, from, to) => {
        const sorted = times.toSorted((a, b) => a - b);
        const listed = tabulateFrames(sorted.map((seconds): ListedFrame => [seconds, '']));
        const between = borrowRowsBetween(listed.table, listed.rows, { from, to });
        expect([...between]).toEqual([...sorted.keys()].filter((i) => isBetween(sorted[i] ?? -1, from, to)));
      }),
    );
  });
});

function isBetween(value: number, from: number, to: number): boolean {
  return value >= from && value <= to;
}
