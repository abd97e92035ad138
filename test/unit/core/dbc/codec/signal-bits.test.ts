import { expect, it } from 'vitest';
import { listSignalBits } from '../../../../../server/core/dbc/codec/signal-bits.ts';

const PLAIN = { isSigned: false, factor: 1, offset: 0 };

it('lists the bits of a little-endian signal', () => {
  const layout = { ...PLAIN, startBit: 12, length: 5, byteOrder: 'little-endian' as const };
  expect(listSignalBits(layout)).toEqual([12, 13, 14, 15, 16]);
});

it('lists the bits of a big-endian signal, the most significant one first', () => {
  const layout = { ...PLAIN, startBit: 51, length: 12, byteOrder: 'big-endian' as const };
  expect(listSignalBits(layout)).toEqual([51, 50, 49, 48, 63, 62, 61, 60, 59, 58, 57, 56]);
});
