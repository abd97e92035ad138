import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameTable } from '../../../../server/core/can/frame-table.ts';
import { groupInSteps, groupMessages } from '../../../../server/core/can/message-groups.ts';

interface Head {
  readonly seconds: number;
  readonly bus: number;
  readonly arbitrationId: number;
}

function makeTable(heads: readonly Head[]): FrameTable {
  const table = new FrameTable(4);
  for (const head of heads) table.push(head, new Uint8Array(0), [0, 0]);
  return table;
}

/** The slow way: a map, and a stable sort. */
function groupSlowly(heads: readonly Head[]): (readonly [string, number[]])[] {
  const groups = new Map<string, number[]>();
  for (const [row, { bus, arbitrationId }] of heads.entries()) {
    const key = `${bus}:${arbitrationId}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const timeOf = (row: number): number => heads[row]?.seconds ?? NaN;
  return [...groups].map(([key, rows]) => [key, rows.sort((a, b) => timeOf(a) - timeOf(b))]);
}

function groupInColumns(heads: readonly Head[]): (readonly [string, number[]])[] {
  const { count, bus, arbitrationId, start, rows } = groupMessages(makeTable(heads));
  return Array.from({ length: count }, (_, message) => [
    `${bus[message]}:${arbitrationId[message]}`,
    [...rows.subarray(start[message], start[message + 1])],
  ]);
}

describe('frames by message', () => {
  it('are those of the same bus and id, by time, in the order of the source where times are equal', () => {
    const anyHead = fc.record({
      seconds: fc.constantFrom(-1, 0, 0.5, 1, 2),
      bus: fc.constantFrom(0, 1, 128),
      arbitrationId: fc.constantFrom(0, 1, 0x7ff, 2 ** 32 - 1),
    });
    const property = fc.property(fc.array(anyHead), (heads) => {
      expect(groupInColumns(heads)).toEqual(groupSlowly(heads));
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('are told apart when there are very many', () => {
    const heads = Array.from({ length: 20_000 }, (_, i) => ({
      seconds: i,
      bus: i % 3,
      arbitrationId: Math.imul(i % 5000, 0x10001) >>> 0,
    }));
    const groups = groupInColumns(heads);
    expect(groups).toHaveLength(15_000);
    expect(groups).toEqual(groupSlowly(heads));
  });

  it('are found in steps when they are hundreds of thousands', () => {
    const table = new FrameTable();
    const head = { seconds: 0, bus: 0, arbitrationId: 0 };
    for (let row = 0; row < 600_000; row++) {
      head.arbitrationId = row % 7;
      table.push(head, new Uint8Array(0), [0, 0]);
    }
    const fractions = [...groupInSteps(table)];
    expect(fractions.length).toBeGreaterThan(4);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    const { count, start, rows } = groupMessages(table);
    expect(count).toBe(7);
    for (let message = 0; message < 7; message++)
      expect(
        rows.subarray(start[message], start[message + 1]).every((row, i) => row === 7 * i + message),
      ).toBe(true);
  });

  it('are none without frames', () => {
    expect(groupInColumns([])).toEqual([]);
  });
});
