import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameTable } from '../../../../server/core/can/frame-table.ts';
import { groupMessages } from '../../../../server/core/can/message-groups.ts';
import { countUpTo, MessageIndex } from '../../../../server/core/can/message-index.ts';

const head = fc.record({
  seconds: fc.constantFrom(0, 0.5, 1, 2, 3),
  bus: fc.constantFrom(0, 1, 128),
  arbitrationId: fc.constantFrom(0x1d2, 0x24, 0x1fff_ffff),
});

describe('MessageIndex', () => {
  it('lists what groupMessages lists of the whole table, in whatever portions it came', () => {
    const property = fc.property(
      fc.array(fc.array(head, { maxLength: 60 }), { maxLength: 5 }),
      (portions) => {
        const table = new FrameTable(1);
        const index = new MessageIndex(table);
        for (const portion of portions) {
          for (const frame of portion) table.push(frame, new Uint8Array(0), [0, 0]);
          index.update();
        }
        const groups = groupMessages(table);
        const listed = Array.from({ length: index.count }, (_, message) => ({
          bus: index.busOf(message),
          arbitrationId: index.arbitrationIdOf(message),
          rows: [...index.borrowRows(message)],
        }));
        const expected = Array.from({ length: groups.count }, (_, message) => ({
          bus: groups.bus[message],
          arbitrationId: groups.arbitrationId[message],
          rows: [...groups.rows.subarray(groups.start[message], groups.start[message + 1])],
        }));
        expect(listed).toEqual(expected);
        for (const [message, { bus, arbitrationId }] of listed.entries())
          expect(index.find(bus, arbitrationId)).toBe(message);
        expect(index.find(7, 7)).toBe(-1);
      },
    );
    fc.assert(property);
  });

  it('tells when rows have moved', () => {
    const table = new FrameTable(1);
    const index = new MessageIndex(table);
    for (const seconds of [1, 2])
      table.push({ seconds, bus: 0, arbitrationId: 1 }, new Uint8Array(0), [0, 0]);
    index.update();
    const moves = index.movesOf(0);
    table.push({ seconds: 2, bus: 0, arbitrationId: 1 }, new Uint8Array(0), [0, 0]);
    index.update();
    expect(index.movesOf(0)).toBe(moves);
    table.push({ seconds: 1.5, bus: 0, arbitrationId: 1 }, new Uint8Array(0), [0, 0]);
    index.update();
    expect(index.movesOf(0)).not.toBe(moves);
    expect([...index.borrowRows(0)]).toEqual([0, 3, 1, 2]);
    expect([0.5, 1, 1.7, 2, 9].map((at) => countUpTo(table.seconds, index.borrowRows(0), at))).toEqual([
      0, 1, 2, 4, 4,
    ]);
  });

  it('tells 16,384 messages apart and counts what is beyond', () => {
    const table = new FrameTable(1);
    const index = new MessageIndex(table);
    for (let arbitrationId = 0; arbitrationId < 16_400; arbitrationId++)
      table.push({ seconds: 0, bus: 0, arbitrationId }, new Uint8Array(0), [0, 0]);
    index.update();
    expect([index.count, index.furtherFrames]).toEqual([16_384, 16]);
  });
});
