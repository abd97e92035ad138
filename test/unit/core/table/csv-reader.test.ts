import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvReader } from '../../../../server/core/table/csv-reader.ts';
import { failureOf } from '../../../support/failure.ts';

interface ReadRow {
  readonly line: number;
  readonly cells: readonly string[];
}

function readRows(text: string | Uint8Array, pieceBytes = 1 << 16): ReadRow[] {
  const bytes = Buffer.from(text);
  const reader = new CsvReader('drive.csv');
  const rows: ReadRow[] = [];
  const takeRows = (): void => {
    while (reader.readRow()) rows.push({ line: reader.line, cells: reader.copyTexts() });
  };
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes);
    reader.feed(piece);
    takeRows();
  }
  reader.end();
  takeRows();
  return rows;
}

const readCells = (text: string | Uint8Array, pieceBytes?: number): (readonly string[])[] =>
  readRows(text, pieceBytes).map(({ cells }) => cells);

describe('CsvReader', () => {
  it.each([
    [
      'line ends of every kind',
      'a,b\nc,d\r\ne,f\rg,h',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
        ['g', 'h'],
      ],
    ],
    ['a last line with its end', 'a\nb\n', [['a'], ['b']]],
    [
      'empty cells',
      ',\n,,',
      [
        ['', ''],
        ['', '', ''],
      ],
    ],
    ['blank lines, which are no rows', '\n\na\r\n\r\n\nb\r\r', [['a'], ['b']]],
    ['a line of blanks, which is one', 'a\n  \n', [['a'], ['  ']]],
    ['a byte order mark', '\ufeffa,b', [['a', 'b']]],
    [
      'quotes',
      '"a","b,c"\n"d""e",f',
      [
        ['a', 'b,c'],
        ['d"e', 'f'],
      ],
    ],
    ['line ends in quotes', '"a\r\nb",c\n"d\ne"', [['a\r\nb', 'c'], ['d\ne']]],
    ['an empty cell in quotes', '""\n"",a', [[''], ['', 'a']]],
    [
      'quotes within a cell, as text',
      'a"b,c\n"d"e"f,g',
      [
        ['a"b', 'c'],
        ['de"f', 'g'],
      ],
    ],
    ['a quote that is never closed', 'a,"b\nc,d', [['a', 'b\nc,d']]],
    ['letters beyond ASCII', 'ä,"ö,ü"', [['ä', 'ö,ü']]],
    ['no text', '', []],
    ['nothing but a byte order mark', '\ufeff', []],
  ] as const)('reads %s', (_, text, expected) => {
    expect(readCells(text)).toEqual(expected);
  });

  it('names the line on which a row begins', () => {
    const rows = readRows('a\r\n\r\n"b\nc\r\nd\re",f\ng\r\n\r\nh');
    expect(rows.map(({ line }) => line)).toEqual([1, 3, 7, 9]);
  });

  it('reads the same, however the text is cut', () => {
    const pieces = fc.array(fc.constantFrom('a', 'bc', ',', '"', '\n', '\r', '\r\n', ' ', 'ü', '""'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 7 }), (parts, pieceBytes) => {
        const text = parts.join('');
        expect(readRows(text, pieceBytes)).toEqual(readRows(text));
      }),
    );
  });

  it('reads back what is quoted as CSV wants', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '語') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (rows) => {
        const text = rows
          .map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(','))
          .join('\r\n');
        expect(readCells(text, 3)).toEqual(rows);
      }),
    );
  });

  it('has as many cells as a row has', () => {
    const cells = Array.from({ length: 1000 }, (_, index) => String(index));
    expect(readCells(cells.join(','))).toEqual([cells]);
  });

  it('keeps what is read while a caller uses its piece again', () => {
    const reader = new CsvReader('drive.csv');
    const piece = Buffer.from('a,b');
    reader.feed(piece);
    piece.fill(0x7a);
    reader.end();
    expect(reader.readRow()).toBe(true);
    expect(reader.copyTexts()).toEqual(['a', 'b']);
    expect(reader.copyText(2)).toBeUndefined();
  });

  it.each([
    [
      'a line longer than 1 MiB, as soon as it is',
      `a\n"${'x'.repeat((1 << 20) + 1)}`,
      'drive.csv, line 2: the line is longer than 1 MiB, which no row of CSV is',
    ],
    [
      'such a line with an end',
      `a\n${'x'.repeat((1 << 20) + 1)}\n`,
      'drive.csv, line 2: the line is longer than 1 MiB, which no row of CSV is',
    ],
    ['UTF-16', Buffer.from('\ufeffa,b', 'utf16le'), 'drive.csv is written in UTF-16; CSV is read as UTF-8'],
  ])('refuses %s', (_, text, message) => {
    expect(failureOf(() => readRows(text))).toMatchObject({ code: 'CSV_UNREADABLE', message });
  });

  it('refuses more bytes than it may read', () => {
    const reader = new CsvReader('drive.csv', 2 ** 20);
    reader.feed(new Uint8Array(2 ** 20));
    expect(failureOf(() => reader.feed(new Uint8Array(1)))).toMatchObject({
      code: 'CSV_UNREADABLE',
      message: 'drive.csv is larger than 1 MiB, the most that is read as CSV',
    });
  });
});
