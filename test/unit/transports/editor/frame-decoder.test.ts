import { describe, expect, it } from 'vitest';
import { FrameDecoder } from '../../../../server/transports/editor/frame-decoder.ts';
import { seededRandom } from '../../../support/random.ts';

/** Decodes bytes that come in pieces of a size; failures stand among the messages by their codes. */
function decode(bytes: Buffer, pieceBytes = bytes.length): readonly unknown[] {
  const found: unknown[] = [];
  const decoder = new FrameDecoder({
    onMessage: (message) => void found.push(message),
    onBroken: ({ code }) => void found.push(code),
  });
  for (let start = 0; start < bytes.length; start += pieceBytes)
    decoder.add(bytes.subarray(start, start + pieceBytes));
  return found;
}

function frame(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${String(body.length)}\r\n\r\n`), body]);
}

const LAST = { id: 7, text: 'größer → 𝛼' };

describe('FrameDecoder', () => {
  it.each([1, 2, 3, 7, 64, 1000])('finds every message in pieces of %i bytes', (pieceBytes) => {
    const messages = [{ id: 1 }, { id: 2, text: 'Content-Length: 5\r\n\r\nnot a header' }, LAST];
    expect(decode(Buffer.concat(messages.map(frame)), pieceBytes)).toEqual(messages);
  });

  it('reads further headers, and lengths in any case', () => {
    const bytes = 'Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length: 2\r\n\r\n{}';
    expect(decode(Buffer.from(bytes))).toEqual([{}]);
  });

  it.each([
    ['text that is no header', 'hello\r\n\r\n'],
    ['a header without an end', 'x'.repeat(9000)],
    ['a header without a length', 'Content-Type: x\r\n\r\n'],
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    ['a length below zero', 'Content-Length: -1\r\n\r\n'],
    ['a length beyond all measure', 'Content-Length: 9999999999\r\n\r\n{}'],
    ['a body that is no JSON', 'Content-Length: 3\r\n\r\n{"a'],
    ['a body shorter than told', 'Content-Length: 5000\r\n\r\n{"a":1}'],
    ['a body longer than told', 'Content-Length: 3\r\n\r\n{"a":1}'],
    ['an empty body', 'Content-Length: 0\r\n\r\n'],
  ])('tells of %s, and goes on with the next message', (_what, broken) => {
    for (const pieceBytes of [1, 5, 100_000]) {
      const found = decode(Buffer.concat([Buffer.from(broken), frame(LAST)]), pieceBytes);
      expect(found.at(-1)).toEqual(LAST);
      expect(found[0]).toMatch(/^INVALID_/);
    }
  });

  it('finds the messages behind any damage', () => {
    const random = seededRandom(20_261_127);
    const between = (least: number, most: number): number =>
      least + Math.floor(random() * (most - least + 1));
    for (let round = 0; round < 2000; round++) {
      const bytes = Buffer.concat([{ id: 1, a: 'b'.repeat(between(0, 300)) }, { id: 2 }].map(frame));
      for (let change = between(1, 6); change > 0; change--)
        bytes[between(0, bytes.length - 1)] = between(0, 255);
      const cut = bytes.subarray(between(0, 20), bytes.length - between(0, 20));
      const found = decode(Buffer.concat([cut, frame(LAST), frame(LAST)]), between(1, 200));
      expect(found.at(-1)).toEqual(LAST);
    }
  });
});
