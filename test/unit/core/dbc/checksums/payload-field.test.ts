import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  locateField,
  type PayloadField,
  readField,
  writeField,
} from '../../../../../server/core/dbc/checksums/payload-field.ts';
import type { SignalLayout } from '../../../../../server/core/dbc/signal-layout.ts';

function layoutOf(startBit: number, length: number, byteOrder: SignalLayout['byteOrder']): SignalLayout {
  return { startBit, length, byteOrder, isSigned: false, factor: 1, offset: 0 };
}

function locate(...place: Parameters<typeof layoutOf>): PayloadField {
  const field = locateField(layoutOf(...place));
  if (field === undefined) throw new Error('no field');
  return field;
}

const frameOf = (data: Uint8Array) => ({ arbitrationId: 0, data, start: 0, length: data.length });

describe('fields of a payload', () => {
  it.each([
    [0, 8, 'little-endian', 0x12],
    [4, 8, 'little-endian', 0x41],
    [0, 16, 'little-endian', 0x3412],
    [7, 8, 'big-endian', 0x12],
    [7, 16, 'big-endian', 0x1234],
    [3, 8, 'big-endian', 0x23],
    [19, 4, 'big-endian', 0x6],
  ] as const)('from %i, %i bits, %s, are read', (...[startBit, length, byteOrder, value]) => {
    const data = Uint8Array.of(0x12, 0x34, 0x56, 0x78);
    expect(readField(locate(startBit, length, byteOrder), frameOf(data))).toBe(value);
  });

  it('are undefined beyond 53 bits, and for nonsense', () => {
    expect(locateField(layoutOf(0, 54, 'little-endian'))).toBeUndefined();
    expect(locateField(layoutOf(0, 0, 'big-endian'))).toBeUndefined();
    expect(locateField(layoutOf(-1, 8, 'big-endian'))).toBeUndefined();
    expect(locateField(layoutOf(0, NaN, 'big-endian'))).toBeUndefined();
  });

  it('come back as they were written, and leave other bits alone', () => {
    const place = fc.record({
      startBit: fc.nat({ max: 63 }),
      length: fc.integer({ min: 1, max: 53 }),
      byteOrder: fc.constantFrom('little-endian' as const, 'big-endian' as const),
    });
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(place, bytes, fc.maxSafeNat(), ({ startBit, length, byteOrder }, before, number) => {
        const field = locate(startBit, length, byteOrder);
        const data = before.slice();
        const value = number % 2 ** length;
        const old = readField(field, frameOf(data));
        writeField(field, frameOf(data), value);
        expect(readField(field, frameOf(data))).toBe(value);
        writeField(field, frameOf(data), old);
        expect(data).toEqual(before);
      }),
    );
  });
});
