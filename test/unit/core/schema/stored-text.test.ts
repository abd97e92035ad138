import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../../server/core/schema/stored-text.ts';

describe('decodeText', () => {
  it.each([
    ['nothing at all', [], ''],
    ['only the NUL', [0], ''],
    ['no NUL', [0x61], 'a'],
    ['an embedded NUL', [0x61, 0, 0x62, 0], 'a\0b'],
    ['invalid UTF-8', [0x61, 0xff, 0], 'a\ufffd'],
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61, 0], '\ufeffa'],
  ])('keeps %s', (_, bytes, text) => {
    const padded = Uint8Array.of(1, ...bytes, 1);
    expect(decodeText(padded, 1, bytes.length)).toBe(text);
  });

  it('decodes what TextEncoder wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
        const bytes = new TextEncoder().encode(`${text}\0`);
        expect(decodeText(bytes, 0, bytes.length)).toBe(text);
      }),
    );
  });
});
