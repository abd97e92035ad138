import { describe, expect, it } from 'vitest';
import { LineSplitter, MAX_LINE_BYTES, showText } from '../../../../server/adapters/workers/output-lines.ts';

function split(...pieces: readonly (string | Buffer)[]): readonly string[] {
  const splitter = new LineSplitter();
  const lines = pieces.flatMap((piece) => [...splitter.split(Buffer.from(piece))]);
  return [...lines, ...splitter.end()];
}

describe('output', () => {
  it.each([
    { name: 'nothing', printed: [], lines: [] },
    { name: 'nothing of an empty piece', printed: [''], lines: [] },
    { name: 'lines', printed: ['a\nb\n'], lines: ['a', 'b'] },
    { name: 'empty lines', printed: ['a\n\n\nb'], lines: ['a', '', '', 'b'] },
    { name: 'line ends of Windows', printed: ['a\r\nb\r\r\n'], lines: ['a', 'b\\x0d'] },
    { name: 'lines in pieces', printed: ['a', 'b', '\n', 'c'], lines: ['ab', 'c'] },
    { name: 'a line end in two pieces', printed: ['a\r', '\nb'], lines: ['a', 'b'] },
    { name: 'a tab', printed: ['tab\there'], lines: ['tab\there'] },
    {
      name: 'controls, escaped',
      printed: ['\u001b[31mred\u0007\0\u007f\u0085'],
      lines: ['\\x1b[31mred\\x07\\x00\\x7f\\x85'],
    },
    { name: 'any language', printed: ['ä€😀\n'], lines: ['ä€😀'] },
  ])('is $name', ({ printed, lines }) => {
    expect(split(...printed)).toEqual(lines);
  });

  it('may be cut anywhere, even inside a character', () => {
    const bytes = Buffer.from('ä€😀\nzwei\n');
    for (let at = 0; at <= bytes.length; at++)
      expect(split(bytes.subarray(0, at), bytes.subarray(at))).toEqual(['ä€😀', 'zwei']);
  });

  it('that is no UTF-8 is shown all the same', () => {
    expect(split(Buffer.from([0x61, 0xff, 0xc3, 0x0a, 0x80]))).toEqual(['a\ufffd\ufffd', '\ufffd']);
  });

  it('keeps a line of the greatest length, and cuts a longer one', () => {
    const longest = 'x'.repeat(MAX_LINE_BYTES);
    expect(split(`${longest}\n`)).toEqual([longest]);
    expect(split(`${longest}yz\nnext\n`)).toEqual([`${longest} … (2 bytes more)`, 'next']);
    expect(split('a', `${longest}\n`)).toEqual([`a${longest.slice(1)} … (1 bytes more)`]);
  });

  it('holds a bounded part of a line that never ends', () => {
    const splitter = new LineSplitter();
    const piece = Buffer.alloc(65_536, 'x');
    for (let i = 0; i < 1000; i++) expect([...splitter.split(piece)]).toEqual([]);
    const cut = 65_536_000 - MAX_LINE_BYTES;
    expect([...splitter.end()]).toEqual([`${'x'.repeat(MAX_LINE_BYTES)} … (${cut} bytes more)`]);
    expect([...splitter.end()]).toEqual([]);
  });

  it.each(['ä', '€', '😀'])('is not cut inside %s', (character) => {
    for (let shift = 0; shift < 4; shift++) {
      const [line = ''] = split(`${'x'.repeat(shift)}${character.repeat(9000)}\n`);
      const [, kept = '', more = ''] = /^(.*) … \((\d+) bytes more\)$/u.exec(line) ?? [];
      expect(kept.replace(/^x*/, '').replaceAll(character, '')).toBe('');
      const total = shift + 9000 * Buffer.byteLength(character);
      expect(Buffer.byteLength(kept) + Number(more)).toBe(total);
      expect(Buffer.byteLength(kept)).toBeGreaterThanOrEqual(MAX_LINE_BYTES - 4);
    }
  });
});

describe('what a tool says', () => {
  it('may have several lines, and no other controls', () => {
    expect(showText('a\n\tb\u001b[1mc')).toBe('a\n\tb\\x1b[1mc');
  });

  it('is cut when it is too long', () => {
    expect(showText('x'.repeat(MAX_LINE_BYTES + 5))).toBe(
      `${'x'.repeat(MAX_LINE_BYTES)} … (5 characters more)`,
    );
  });
});
