import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDbc } from '../../../../../server/core/dbc/syntax/parse-dbc.ts';
import { locateOffset, offsetAt } from '../../../../../server/core/dbc/syntax/text-position.ts';

const tree = parseDbc('one\r\ntwo\rthree\n\nend');

describe('locateOffset', () => {
  it('counts lines that end with LF, CRLF or CR', () => {
    expect([...tree.lineStarts]).toEqual([0, 5, 9, 15, 16]);
    expect(locateOffset(tree, 0)).toEqual({ line: 0, character: 0 });
    expect(locateOffset(tree, 6)).toEqual({ line: 1, character: 1 });
    expect(locateOffset(tree, 15)).toEqual({ line: 3, character: 0 });
    expect(locateOffset(tree, 19)).toEqual({ line: 4, character: 3 });
  });

  it('takes offsets beyond the text as its ends', () => {
    expect(locateOffset(tree, 1000)).toEqual({ line: 4, character: 3 });
    expect(locateOffset(tree, -1)).toEqual({ line: 0, character: 0 });
    expect(locateOffset(parseDbc(''), 0)).toEqual({ line: 0, character: 0 });
  });
});

describe('offsetAt', () => {
  it('takes characters beyond a line as its end, lines beyond the text as the end of that', () => {
    expect(offsetAt(tree, { line: 0, character: 99 })).toBe(3);
    expect(offsetAt(tree, { line: 1, character: 99 })).toBe(8);
    expect(offsetAt(tree, { line: 2, character: 2 })).toBe(11);
    expect(offsetAt(tree, { line: 99, character: 0 })).toBe(19);
  });

  it('is the way back from locateOffset, except between CR and LF', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', '😀') }), fc.nat(30), (text, at) => {
        const some = parseDbc(text);
        const offset = Math.min(at, text.length);
        const isInside = text.slice(offset - 1, offset + 1) === '\r\n';
        expect(offsetAt(some, locateOffset(some, offset))).toBe(isInside ? offset - 1 : offset);
      }),
    );
  });
});
