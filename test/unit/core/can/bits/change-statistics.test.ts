import { describe, expect, it } from 'vitest';
import { countBitChanges } from '../../../../../server/core/can/bits/bit-changes.ts';
import {
  rankBits,
  summarizeChanges,
  summarizeMessages,
  type ChangeStatistics,
} from '../../../../../server/core/can/bits/change-statistics.ts';
import { FrameTable } from '../../../../../server/core/can/frame-table.ts';
import { groupMessages } from '../../../../../server/core/can/message-groups.ts';
import fixture from '../../../../fixtures/comma-tools-lib/bit_analysis.json' with { type: 'json' };
import { tabulateFrames } from '../../../../support/frame-lists.ts';

it.each(fixture.compute_change_stats)(
  'sums up $args.messages.length frames as comma-tools does',
  (vector) => {
    const { table, rows } = tabulateFrames(vector.args.messages);
    const statistics = summarizeChanges(countBitChanges(table, rows));
    expect(statistics === undefined ? null : toPython(statistics)).toEqual(vector.result);
  },
);

it.each(fixture.analyze_multi_address)('sums up many messages as comma-tools does', ({ args, result }) => {
  const { table, groups } = tabulateMessages(args.messages_by_address);
  const summed = summarizeMessages(table, groups).map(({ message, ...statistics }) => [
    groups.arbitrationId[message],
    toPython(statistics),
  ]);
  // The members of an object come in the order of their numbers here, and in that of the file in Python.
  expect(summed).toEqual(result.toSorted((a, b) => Number(a[0]) - Number(b[0])));
});

it('keeps buses apart', () => {
  const table = new FrameTable();
  for (const [seconds, bus, value] of [
    [0, 0, 1],
    [1, 1, 2],
    [2, 0, 1],
    [3, 1, 3],
  ] as const)
    table.push({ seconds, bus, arbitrationId: 0x146 }, Uint8Array.of(value), [0, 1]);
  expect(summarizeMessages(table, groupMessages(table))).toMatchObject([
    { message: 1, totalChanges: 1, messageCount: 2, bitFrequency: [{ bit: 0, toggles: 1 }] },
  ]);
});

describe('rankBits', () => {
  it('puts the bit first that toggled first, of equals', () => {
    const { table, rows } = tabulateFrames([
      [0, '00'],
      [1, '80'],
      [2, '81'],
      [3, '83'],
      [4, '81'],
    ]);
    expect(rankBits(countBitChanges(table, rows), 2)).toEqual([
      { bit: 1, toggles: 2 },
      { bit: 7, toggles: 1 },
    ]);
  });
});

function toPython(statistics: ChangeStatistics): object {
  const toPairs = (bits: ChangeStatistics['bitFrequency']) => bits.map(({ bit, toggles }) => [bit, toggles]);
  return {
    total_changes: statistics.totalChanges,
    bit_frequency: toPairs(statistics.bitFrequency),
    message_count: statistics.messageCount,
    change_rate: statistics.changeRate,
    most_active_bits: toPairs(statistics.mostActiveBits),
  };
}

function tabulateMessages(messages: Readonly<Record<string, readonly (readonly (number | string)[])[]>>) {
  const table = new FrameTable();
  for (const [address, frames] of Object.entries(messages)) {
    for (const [seconds, payload] of frames) {
      const data = Buffer.from(String(payload), 'hex');
      const head = { seconds: Number(seconds), bus: 0, arbitrationId: Number(address) };
      table.push(head, data, [0, data.length]);
    }
  }
  return { table, groups: groupMessages(table) };
}
