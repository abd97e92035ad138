import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeDbcText, encodeDbcText } from '../../../../../server/core/dbc/syntax/source-text.ts';

describe('decodeDbcText', () => {
  it('reads ASCII, UTF-8 and cp1252 by what the bytes are', () => {
    expect(decodeDbcText(bytesOf('BO_'))).toEqual({ text: 'BO_', encoding: 'ascii', hasBom: false });
    expect(decodeDbcText(bytesOf('°C'))).toEqual({ text: '°C', encoding: 'utf-8', hasBom: false });
    const cp1252 = Uint8Array.of(0xb0, 0x43, 0x80, 0x9f);
    expect(decodeDbcText(cp1252)).toEqual({ text: '°C€Ÿ', encoding: 'cp1252', hasBom: false });
  });

  it('keeps the five bytes that cp1252 leaves open', () => {
    const bytes = Uint8Array.of(0x81, 0x8d, 0x8f, 0x90, 0x9d);
    expect(decodeDbcText(bytes).text).toBe('\u0081\u008d\u008f\u0090\u009d');
    expect(encodeDbcText(decodeDbcText(bytes))).toEqual(bytes);
  });

  it('takes the byte order mark off, also before cp1252', () => {
    expect(decodeDbcText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toMatchObject({ text: 'A', hasBom: true });
    const mixed = Uint8Array.of(0xef, 0xbb, 0xbf, 0xb0);
    expect(decodeDbcText(mixed)).toEqual({ text: '°', encoding: 'cp1252', hasBom: true });
    expect(encodeDbcText(decodeDbcText(mixed))).toEqual(mixed);
  });

  it('reads UTF-16 of both byte orders', () => {
    const little = Uint8Array.of(0xff, 0xfe, 0x41, 0, 0xac, 0x20);
    const big = Uint8Array.of(0xfe, 0xff, 0, 0x41, 0x20, 0xac);
    expect(decodeDbcText(little)).toMatchObject({ text: 'A€', encoding: 'utf-16', isBigEndian: false });
    expect(decodeDbcText(big)).toMatchObject({ text: 'A€', encoding: 'utf-16', isBigEndian: true });
  });

  it('gives the same bytes back, whatever they are', () => {
    const marks = [[], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf]].map((mark) => Uint8Array.from(mark));
    fc.assert(
      fc.property(fc.constantFrom(...marks), fc.uint8Array({ maxLength: 64 }), (mark, content) => {
        const bytes = Uint8Array.of(...mark, ...content);
        expect(encodeDbcText(decodeDbcText(bytes))).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('encodeDbcText', () => {
  it('writes an edited text in the encoding of its file', () => {
    expect(encodeDbcText({ text: 'é€', encoding: 'cp1252', hasBom: false })).toEqual(
      Uint8Array.of(0xe9, 0x80),
    );
    expect(encodeDbcText({ text: 'é', encoding: 'utf-8', hasBom: false })).toEqual(Uint8Array.of(0xc3, 0xa9));
  });

  it('turns to UTF-8 where the encoding lacks a character', () => {
    expect(encodeDbcText({ text: 'Ω', encoding: 'ascii', hasBom: false })).toEqual(bytesOf('Ω'));
    expect(encodeDbcText({ text: 'éΩ', encoding: 'cp1252', hasBom: false })).toEqual(bytesOf('éΩ'));
  });

  it('never writes an edited text so that it is read as another', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'Ã', '¤', 'é', '€', 'Ω') }), (text) => {
        for (const encoding of ['ascii', 'utf-8', 'cp1252', 'utf-16'] as const) {
          expect(decodeDbcText(encodeDbcText({ text, encoding, hasBom: false })).text).toBe(text);
        }
      }),
    );
  });
});

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
