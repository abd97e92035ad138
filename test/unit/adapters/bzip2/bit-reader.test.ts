import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitReader } from '../../../../server/adapters/bzip2/bit-reader.ts';
import { viewAsSource } from '../../../../server/adapters/files/byte-source.ts';
import { InputWindow } from '../../../../server/adapters/files/input-window.ts';
import { randomBytes } from '../../../support/random.ts';

const content = randomBytes(600_000);
const bits = Array.from(content.subarray(0, 2000), (byte) => byte.toString(2).padStart(8, '0')).join('');

function openReader(bytes: Uint8Array): BitReader {
  return new BitReader(new InputWindow(viewAsSource(bytes, 'bits')));
}

describe('BitReader', () => {
  it('reads numbers of any width and knows where it is', async () => {
    const widths = fc.array(fc.integer({ min: 1, max: 24 }), { maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(widths, fc.integer({ min: 1, max: 50 }), async (list, preparedEvery) => {
        const reader = openReader(content);
        let at = 0;
        for (const [i, width] of list.entries()) {
          if (i % preparedEvery === 0) await reader.prepare(2000);
          expect(reader.readBits(width)).toBe(parseInt(bits.slice(at, at + width), 2));
          at += width;
          expect(reader.position).toBe(Math.floor(at / 8));
        }
      }),
    );
  });

  it('reads on across blocks of the file', async () => {
    const reader = openReader(content);
    const seen: number[] = [];
    for (let i = 0; i < content.length; i++) {
      if (!reader.has(1)) await reader.prepare(1);
      seen.push(reader.readBits(8));
    }
    expect(Buffer.compare(Uint8Array.from(seen), content)).toBe(0);
  });

  it('tells when it read what is not there', async () => {
    const reader = openReader(Uint8Array.of(1, 2, 3));
    expect(await reader.prepare(4)).toBe(false);
    reader.readBits(20);
    expect([reader.isOverrun, reader.isBehindFile]).toEqual([false, false]);
    reader.alignToByte();
    expect([reader.isOverrun, reader.position]).toEqual([false, 3]);
    reader.readBits(1);
    expect([reader.isOverrun, reader.isBehindFile]).toEqual([true, true]);
  });

  it('tells the end of the bytes at hand from the end of the file', async () => {
    const reader = openReader(content);
    await reader.prepare(1);
    while (reader.has(1)) reader.readBits(24);
    for (let i = 0; i < 3; i++) reader.readBits(24);
    expect([reader.isOverrun, reader.isBehindFile]).toEqual([true, false]);
  });

  it('reads 32 bits as an unsigned number', async () => {
    const reader = openReader(Uint8Array.of(0xff, 0, 0, 1));
    await reader.prepare(4);
    expect(reader.readUint32()).toBe(0xff00_0001);
  });
});
