import { describe, expect, it } from 'vitest';
import { BitReader } from '../../../../server/adapters/bzip2/bit-reader.ts';
import {
  buildHuffmanTable,
  readCodeLengths,
  readLongCode,
} from '../../../../server/adapters/bzip2/huffman-table.ts';
import { viewAsSource } from '../../../../server/adapters/files/byte-source.ts';
import { InputWindow } from '../../../../server/adapters/files/input-window.ts';

async function openReader(bytes: readonly number[]): Promise<BitReader> {
  const reader = new BitReader(new InputWindow(viewAsSource(Uint8Array.from(bytes), 'bits')));
  await reader.prepare(bytes.length);
  return reader;
}

describe('buildHuffmanTable', () => {
  it('gives short codes by the length, then by the symbol', () => {
    const { short } = buildHuffmanTable(Uint8Array.of(2, 1, 3, 3))!;
    const lookUp = (bits: string): number[] => {
      const entry = short[parseInt(bits.padEnd(10, '0'), 2)]!;
      return [entry >> 5, entry & 31];
    };
    expect(['0', '10', '110', '111'].map(lookUp)).toEqual([
      [1, 1],
      [0, 2],
      [2, 3],
      [3, 3],
    ]);
  });

  it('refuses more codes than there is room for', () => {
    expect(buildHuffmanTable(Uint8Array.of(1, 1, 1))).toBeUndefined();
    expect(buildHuffmanTable(new Uint8Array(258).fill(8))).toBeUndefined();
  });

  it('reads codes that are longer than a look', async () => {
    const lengths = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20);
    const table = buildHuffmanTable(lengths)!;
    // 11 bits: ten 1s and a 0; 12 bits: eleven 1s and a 0; 20 bits: twelve 1s, then eight 0s; and what is no code.
    const reader = await openReader([
      0b11111111, 0b11011111, 0b11111101, 0b11111111, 0b11100000, 0b00011111, 0xff, 0xff, 0xff,
    ]);
    expect([1, 2, 3].map(() => readLongCode(reader, table))).toEqual([10, 11, 12]);
    expect(readLongCode(reader, table)).toBeGreaterThan(258);
  });
});

describe('readCodeLengths', () => {
  it('reads differences', async () => {
    // 5; stays; grows to 6; shrinks twice to 4.
    const reader = await openReader([0b00101_0_10, 0b0_11_11_0_00]);
    expect(readCodeLengths(reader, 3)).toEqual(Uint8Array.of(5, 6, 4));
  });

  it.each([
    { what: 'begins with 0', bits: [0, 0] },
    { what: 'begins with 21', bits: [0b10101_000, 0] },
    { what: 'shrinks to 0', bits: [0b00001_11_0, 0] },
    { what: 'grows to 21', bits: [0b10100_10_0, 0] },
  ])('refuses a length that $what', async ({ bits }) => {
    expect(readCodeLengths(await openReader(bits), 1)).toBeUndefined();
  });
});
