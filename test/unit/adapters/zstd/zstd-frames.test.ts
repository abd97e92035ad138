import { describe, expect, it } from 'vitest';
import {
  beginsMagic,
  composeFrameHeader,
  isSkippableMagic,
  LONGEST_FRAME_HEADER_BYTES,
  measureFrameHeader,
  readBlockHeader,
  readFrameHeader,
} from '../../../../server/adapters/zstd/zstd-frames.ts';

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
const PLAIN = { contentBytes: undefined, dictionaryId: 0, hasChecksum: false, hasReservedFlag: false };

describe('readFrameHeader', () => {
  it.each([
    { what: 'a window only', rest: [0x00, 0x58], expected: { ...PLAIN, windowBytes: 2 ** 21 } },
    { what: 'eighths of a window', rest: [0x00, 0x5b], expected: { ...PLAIN, windowBytes: 11 * 2 ** 18 } },
    { what: 'the largest window', rest: [0x00, 0xff], expected: { ...PLAIN, windowBytes: 15 * 2 ** 38 } },
    { what: 'a checksum', rest: [0x04, 0x00], expected: { ...PLAIN, windowBytes: 1024, hasChecksum: true } },
    {
      what: 'a reserved flag',
      rest: [0x08, 0],
      expected: { ...PLAIN, windowBytes: 1024, hasReservedFlag: true },
    },
    {
      what: 'a size of 1 byte',
      rest: [0x20, 200],
      expected: { ...PLAIN, windowBytes: 200, contentBytes: 200 },
    },
    {
      what: 'a size of 2 bytes',
      rest: [0x60, 1, 1],
      expected: { ...PLAIN, windowBytes: 513, contentBytes: 513 },
    },
    {
      what: 'a size of 4 bytes',
      rest: [0xa0, 0, 0, 0, 0xff],
      expected: { ...PLAIN, windowBytes: 0xff00_0000, contentBytes: 0xff00_0000 },
    },
    {
      what: 'a size of 8 bytes and a window',
      rest: [0xc0, 0x00, 0, 0, 0, 0, 0, 0, 4, 0],
      expected: { ...PLAIN, windowBytes: 1024, contentBytes: 2 ** 50 },
    },
    {
      what: 'dictionary 7',
      rest: [0x01, 0x00, 7],
      expected: { ...PLAIN, windowBytes: 1024, dictionaryId: 7 },
    },
    {
      what: 'a large dictionary number',
      rest: [0xe7, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 0, 0, 0, 0],
      expected: { ...PLAIN, windowBytes: 1, contentBytes: 1, dictionaryId: 0xffff_ffff, hasChecksum: true },
    },
  ])('reads $what', ({ rest, expected }) => {
    const bytes = Uint8Array.from([...MAGIC, ...rest]);
    expect(measureFrameHeader(rest[0]!)).toBe(bytes.length);
    expect(readFrameHeader(bytes)).toEqual(expected);
  });

  it('measures no header longer than the longest', () => {
    const lengths = Array.from({ length: 256 }, (_, descriptor) => measureFrameHeader(descriptor));
    expect(Math.max(...lengths)).toBe(LONGEST_FRAME_HEADER_BYTES);
  });
});

describe('composeFrameHeader', () => {
  it.each([
    { windowBytes: 0, hasChecksum: false, rounded: 1024 },
    { windowBytes: 1025, hasChecksum: true, rounded: 1152 },
    { windowBytes: 2 ** 27, hasChecksum: false, rounded: 2 ** 27 },
  ])(
    'makes a header with a window of at least $windowBytes bytes',
    ({ windowBytes, hasChecksum, rounded }) => {
      const header = composeFrameHeader({ windowBytes, hasChecksum });
      expect(readFrameHeader(header)).toEqual({ ...PLAIN, windowBytes: rounded, hasChecksum });
    },
  );
});

describe('readBlockHeader', () => {
  const window = 2 ** 21;
  it.each([
    {
      what: 'bytes as they are',
      value: (500 << 3) | 0b000,
      expected: { isLast: false, storedBytes: 500, isInvalid: false },
    },
    {
      what: 'a byte repeated',
      value: (500 << 3) | 0b011,
      expected: { isLast: true, storedBytes: 1, isInvalid: false },
    },
    {
      what: 'a compressed block',
      value: (500 << 3) | 0b101,
      expected: { isLast: true, storedBytes: 500, isInvalid: false },
    },
    {
      what: 'the reserved type',
      value: (500 << 3) | 0b110,
      expected: { isLast: false, storedBytes: 500, isInvalid: true },
    },
    {
      what: 'the largest block',
      value: 0x20000 << 3,
      expected: { isLast: false, storedBytes: 0x20000, isInvalid: false },
    },
    {
      what: 'a larger block',
      value: 0x20001 << 3,
      expected: { isLast: false, storedBytes: 0x20001, isInvalid: true },
    },
  ])('reads $what', ({ value, expected }) => {
    expect(readBlockHeader(value, window)).toEqual(expected);
  });

  it('wants no block larger than the window', () => {
    expect(readBlockHeader(1025 << 3, 1024).isInvalid).toBe(true);
  });
});

describe('magic numbers', () => {
  it('of skippable frames are sixteen', () => {
    const magics = [0x184d2a4f, 0x184d2a50, 0x184d2a5f, 0x184d2a60, 0xfd2fb528];
    expect(magics.map(isSkippableMagic)).toEqual([false, true, true, false, false]);
  });

  it.each([
    { bytes: [0x28], expected: true },
    { bytes: [0x28, 0xb5, 0x2f], expected: true },
    { bytes: [0x28, 0x2a], expected: false },
    { bytes: [0x5a, 0x2a, 0x4d], expected: true },
    { bytes: [0x5a, 0xb5], expected: false },
    { bytes: [0x00], expected: false },
  ])('begin, or not, with $bytes', ({ bytes, expected }) => {
    expect(beginsMagic(Uint8Array.from(bytes))).toBe(expected);
  });
});
