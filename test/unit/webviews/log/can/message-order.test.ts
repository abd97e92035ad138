import { describe, expect, test } from 'vitest';
import type { MessageRow } from '#protocol';
import { sortMessages } from '../../../../../webviews/log/can/message-order.ts';

function makeMessage(bus: number, arbitrationId: number, changes: Partial<MessageRow> = {}): MessageRow {
  return {
    ...{ bus, carBus: bus, origin: 'received', arbitrationId, name: null, node: null },
    ...{ frames: 1, rateHz: null, maxBytes: 8, changedShare: 0, signals: 0 },
    ...changes,
  };
}

const MESSAGES = [
  makeMessage(1, 0x20, { name: 'B', frames: 5 }),
  makeMessage(0, 0x30, { name: null, frames: 5 }),
  makeMessage(0, 0x10, { name: 'A', frames: 9, rateHz: 50 }),
];

describe('order of messages', () => {
  test.each([
    ['id', 'ascending', [2, 1, 0]],
    ['id', 'descending', [0, 1, 2]],
    ['name', 'ascending', [2, 0, 1]],
    ['frames', 'descending', [2, 1, 0]],
    ['rate', 'descending', [2, 1, 0]],
    ['nothing known', 'ascending', [2, 1, 0]],
  ] as const)('by %s %s', (column, direction, expected) => {
    expect(sortMessages([0, 1, 2], MESSAGES, { column, direction })).toEqual(expected);
  });

  test('leaves the places it was given as they are', () => {
    const places = [0, 1, 2];
    sortMessages(places, MESSAGES, { column: 'id', direction: 'ascending' });
    expect(places).toEqual([0, 1, 2]);
  });
});
