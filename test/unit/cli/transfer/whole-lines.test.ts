import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LinePiece, readWholeLines } from '../../../../cli/transfer/whole-lines.ts';

async function* give(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    await Promise.resolve();
    const borrowed = Uint8Array.from(piece);
    yield borrowed;
    borrowed.fill(0);
  }
}

async function readAll(pieces: readonly Uint8Array[]): Promise<readonly LinePiece[]> {
  const read: LinePiece[] = [];
  for await (const piece of readWholeLines(give(pieces))) read.push(piece);
  return read;
}

function read(...texts: readonly string[]): Promise<readonly LinePiece[]> {
  return readAll(texts.map((text) => Buffer.from(text)));
}

describe('readWholeLines', () => {
  it.each([
    { texts: [], expected: [] },
    {
      texts: ['a\nb\n', 'c'],
      expected: [
        ['a\nb\n', 1],
        ['c', 3],
      ],
    },
    {
      texts: ['a', 'b\n\n', 'c\r\n'],
      expected: [
        ['ab\n\n', 1],
        ['c\r\n', 3],
      ],
    },
  ])('$texts', async ({ texts, expected }) => {
    expect((await read(...texts)).map(({ text, firstLine }) => [text, firstLine])).toEqual(expected);
  });

  it('hands out pieces that a message of JSON-RPC can hold, and cuts a line without end', async () => {
    const line = `${'x'.repeat(999)}\n`;
    const pieces = await read(line.repeat(3000), 'y'.repeat(3_000_000), 'y\nz\n');
    expect(Math.max(...pieces.map(({ text }) => text.length))).toBeLessThanOrEqual(2 ** 19);
    expect(pieces[1]?.firstLine).toBe(1 + Math.floor(2 ** 19 / 1000));
    expect(pieces.map(({ text }) => text).join('')).toBe(`${line.repeat(3000)}${'y'.repeat(2 ** 19)}z\n`);
    expect(pieces.slice(-2).map(({ firstLine }) => firstLine)).toEqual([3001, 3002]);
  });

  it('loses nothing, wherever the pieces are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'é', '車', '😀') }),
        fc.nat(9),
        async (text, size) => {
          const bytes = Buffer.from(text);
          const pieces = Array.from({ length: Math.ceil(bytes.length / (size + 1)) }, (_, i) =>
            bytes.subarray(i * (size + 1), (i + 1) * (size + 1)),
          );
          const read = await readAll(pieces);
          expect(read.map((piece) => piece.text).join('')).toBe(text);
          for (const [i, { firstLine }] of read.entries()) {
            const before = read
              .slice(0, i)
              .map((piece) => piece.text)
              .join('');
            expect(firstLine).toBe(before.split('\n').length);
          }
        },
      ),
    );
  });
});
