import fc from 'fast-check';
import { FrameTable } from '../../../../../server/core/can/frame-table.ts';
import type { SignalLayout } from '../../../../../server/core/dbc/signal-layout.ts';

/** An unsigned byte. */
export const PLAIN: SignalLayout = {
  startBit: 0,
  length: 8,
  byteOrder: 'little-endian',
  isSigned: false,
  factor: 1,
  offset: 0,
};

/** Reads a raw value bit by bit, in whole numbers of any size; undefined where the payload lacks a bit. */
export function readSlowly(payload: Uint8Array, layout: SignalLayout): bigint | undefined {
  const { startBit, length, byteOrder, isSigned } = layout;
  const bits: bigint[] = [];
  for (let i = 0, at = startBit; i < length; i++) {
    const byte = payload[at >> 3];
    if (byte === undefined) return undefined;
    bits.push(BigInt((byte >> (at & 7)) & 1));
    if (byteOrder === 'little-endian') at++;
    else at = (at & 7) === 0 ? at + 15 : at - 1;
  }
  if (byteOrder === 'big-endian') bits.reverse();
  const value = bits.reduce((sum, bit, i) => sum + (bit << BigInt(i)), 0n);
  return isSigned ? BigInt.asIntN(length, value) : value;
}

/** What a slow reader makes of it: NaN where it is not there. */
export function calculate(payload: Uint8Array, layout: SignalLayout): number {
  const raw = readSlowly(payload, layout);
  return raw === undefined ? NaN : Number(raw) * layout.factor + layout.offset;
}

/** Any layout of integers of which some bits are in the first 68 bytes. */
export function anyLayout(): fc.Arbitrary<SignalLayout> {
  return fc.record({
    startBit: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 0, max: 543 })),
    length: fc.integer({ min: 1, max: 64 }),
    byteOrder: fc.constantFrom('little-endian', 'big-endian'),
    isSigned: fc.boolean(),
    factor: fc.constantFrom(1, 0.057, -2),
    offset: fc.constantFrom(0, -40, 0.5),
  });
}

/** A table with these payloads, given as bytes or in hexadecimal. */
export function tableOf(payloads: readonly (string | Uint8Array)[], arbitrationId = 1): FrameTable {
  const table = new FrameTable(1);
  for (const payload of payloads) {
    const bytes = typeof payload === 'string' ? Buffer.from(payload, 'hex') : payload;
    table.push({ seconds: 0, bus: 0, arbitrationId }, bytes, [0, bytes.length]);
  }
  return table;
}

/** The first rows of a table. */
export function firstRows(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i);
}
