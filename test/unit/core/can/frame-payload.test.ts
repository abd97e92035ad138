import { describe, expect, it } from 'vitest';
import {
  borrowPayload,
  describeFrame,
  formatPayload,
  readBit,
  readPayloadNumber,
} from '../../../../server/core/can/frame-payload.ts';
import fixture from '../../../fixtures/comma-tools-lib/bit_analysis.json' with { type: 'json' };
import { tabulateFrames } from '../../../support/frame-lists.ts';

it.each(fixture.payload_to_u64)('reads $args.payload as a $args.endian number', ({ args, result }) => {
  const payload = Buffer.from(args.payload, 'hex');
  const value = readPayloadNumber(payload, args.endian === 'big' ? 'big' : 'little');
  expect(`0x${value.toString(16)}`).toBe(result);
  expect(payload.toString('hex')).toBe(args.payload);
});

it.each(fixture.get_bit_value)('reads bit $args.bit of $args.payload', ({ args, result }) => {
  const { table } = tabulateFrames([[0, args.payload]]);
  // comma-tools sees no more than 64 bits, and 0 behind them.
  const isBeyond = args.payload === '0102030405060708090a' && args.bit === 64;
  expect(readBit(table, 0, args.bit)).toBe(isBeyond ? 1 : result);
});

it.each(fixture.can_message_repr)('words a frame as $result', ({ args, result }) => {
  const { table } = tabulateFrames([[args.timestamp, args.payload]], { arbitrationId: args.address });
  expect(describeFrame(table, 0)).toBe(result);
});

describe('a frame among others', () => {
  const { table } = tabulateFrames([
    [0, 'ffffff'],
    [1, '05ab0000000000000080'],
    [2, ''],
  ]);

  it('has its own payload', () => {
    expect([0, 1, 2].map((row) => formatPayload(table, row))).toEqual(['FFFFFF', '05AB0000000000000080', '']);
    expect([...borrowPayload(table, 0)]).toEqual([255, 255, 255]);
  });

  it('has bits beyond the first eight bytes, and zeros behind its end', () => {
    expect([79, 78, 80, 512].map((bit) => readBit(table, 1, bit))).toEqual([1, 0, 0, 0]);
    expect([0, 23, 24].map((bit) => readBit(table, 0, bit))).toEqual([1, 1, 0]);
    expect(readBit(table, 2, 0)).toBe(0);
  });
});
