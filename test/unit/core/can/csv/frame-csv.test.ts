import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameCsvReader } from '../../../../../server/core/can/csv/frame-csv.ts';
import { SEGMENT_NAMES } from '../../../../../server/core/can/csv/frame-segments.ts';
import bitwatch from '../../../../fixtures/comma-tools-lib/bitwatch_helpers.json' with { type: 'json' };
import { failureOf } from '../../../../support/failure.ts';

const HEADER = 'window,segment,timestamp,address,bus,data_hex\n';

function readFile(text: string, pieceBytes = 7): FrameCsvReader {
  const bytes = Buffer.from(text);
  const reader = new FrameCsvReader('drive.csv');
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = Buffer.from(bytes.subarray(at, at + pieceBytes));
    reader.append(piece);
    // Pieces are borrowed.
    piece.fill(0xee);
  }
  reader.finish();
  return reader;
}

/** One line a frame. */
function listFrames(text: string, pieceBytes?: number): string[] {
  const { table, segments } = readFile(text, pieceBytes);
  expect(segments.length).toBe(table.length);
  return Array.from({ length: table.length }, (_, row) => {
    const start = table.dataStart[row] ?? 0;
    const payload = Buffer.from(table.data.subarray(start, start + (table.dataLength[row] ?? 0))).toString(
      'hex',
    );
    const segment = SEGMENT_NAMES[segments.segments[row] ?? 3] ?? '?';
    return `${segment} ${String(table.seconds[row])} ${String(table.arbitrationId[row])}@${String(table.bus[row])} ${payload}`;
  });
}

describe('FrameCsvReader', () => {
  it.each([
    [
      'rows as rlog-to-csv writes them',
      `${HEADER}1,pre,0.250000,0x1A0,128,00FF\r\n`,
      ['pre 0.25 416@128 00ff'],
    ],
    [
      'columns in any order',
      'data_hex,bus,extra,address,timestamp,segment\n01,2,x,7,-3,post\n',
      ['post -3 7@2 01'],
    ],
    ['blanks around names of columns', ' segment, timestamp ,address,data\npre,1,2,03\n', ['pre 1 2@0 03']],
    ['the last of columns with one name', 'segment,timestamp,timestamp,address\npre,1,2,3\n', ['pre 2 3@0 ']],
    ['bus 0 where there is no such column', 'segment,timestamp,address\npre,1,2\n', ['pre 1 2@0 ']],
    ['segments in any case, with blanks', `${HEADER}1, WinDow\t,1,2,0,\n`, ['window 1 2@0 ']],
    ['the column seg alone', 'seg,timestamp,address\nPOST,1,2\n', ['post 1 2@0 ']],
    [
      'seg where segment has no label',
      'segment,seg,timestamp,address\n?,window,1,2\npre,window,1,2\n',
      ['window 1 2@0 ', 'pre 1 2@0 '],
    ],
    [
      'data where data_hex is empty',
      'segment,timestamp,address,data_hex,data\npre,1,2,,AA\npre,1,2,BB,AA\n',
      ['pre 1 2@0 aa', 'pre 1 2@0 bb'],
    ],
    ['payloads that are missing, as empty', `${HEADER}1,pre,1,2,0\n`, ['pre 1 2@0 ']],
    ['cells beyond the header', `${HEADER}1,pre,1,2,0,0A,more,cells\n`, ['pre 1 2@0 0a']],
    ['quoted cells', `${HEADER}"1","pre","1e0","0x10","0","0x00,0x03"\n`, ['pre 1 16@0 0003']],
    ['blank lines and lines of blanks', `\n${HEADER}\n1,pre,1,2,0,\n   \n\r\n`, ['pre 1 2@0 ']],
    ['a byte order mark', `\ufeff${HEADER}1,pre,1,2,0,`, ['pre 1 2@0 ']],
    ['a header alone', HEADER, []],
    ['no bytes', '', []],
  ])('reads %s', (_, text, expected) => {
    expect(listFrames(text)).toEqual(expected);
    expect(listFrames(text, 1)).toEqual(expected);
  });

  it.each([
    ['a,b\n', 'drive.csv, line 1: no column is called "segment"; the header is "a, b"'],
    ['seg,address\n', 'drive.csv, line 1: no column is called "timestamp"'],
    ['seg,timestamp,bus\n', 'drive.csv, line 1: no column is called "address"'],
  ])('refuses the header %j even where no row is below it', (text, message) => {
    const { code, message: told } = failureOf(() => readFile(text));
    expect(code).toBe('CSV_UNREADABLE');
    expect(told).toContain(message);
  });

  it.each([
    ['0', 0],
    ['-0', -0],
    ['1.', 1],
    ['.5', 0.5],
    ['58979.99999999', 58979.99999999],
    ['100000000000000000', 1e17],
    ['0.00001', 1e-5],
    ['0.1234567890123456789', 0.12345678901234568],
    ['  2.5 ', 2.5],
    ['1_0.5', 10.5],
    ['+3', 3],
    ['٣', 3],
  ])('reads the time %j', (cell, expected) => {
    expect(readFile(`${HEADER}1,pre,${cell},2,0,\n`).table.seconds[0]).toBe(expected);
  });

  it('reads times as the nearest doubles, as Number does', () => {
    const decimal = fc
      .tuple(fc.integer({ min: -(2 ** 31), max: 2 ** 31 }), fc.integer({ min: 0, max: 9_999_999 }))
      .map(([whole, rest]) => `${String(whole)}.${String(rest).padStart(7, '0')}`);
    fc.assert(
      fc.property(decimal, (cell) => {
        expect(readFile(`${HEADER}1,pre,${cell},2,0,\n`).table.seconds[0]).toBe(Number(cell));
      }),
    );
  });

  it.each([
    ['0x123', 0x123],
    ['0XfF', 0xff],
    ['0x18DAF110', 0x18daf110],
    ['0xFFFFFFFF', 0xffffffff],
    ['0x1_0', 0x10],
    ['123', 123],
    ['100', 100],
    ['4294967295', 0xffffffff],
    ['ABC', 0xabc],
    ['1A', 0x1a],
    ['0b11', 0xb11],
    [' 0x10 ', 0x10],
    ['+7', 7],
    ['1_0', 10],
    ['000000000000012', 12],
  ])('reads the address %j', (cell, expected) => {
    expect(readFile(`${HEADER}1,pre,1,${cell},0,\n`).table.arbitrationId[0]).toBe(expected);
  });

  it.each([
    ['0', 0],
    ['255', 255],
    [' 12 ', 12],
    ['0007', 7],
    ['1_2', 12],
  ])('reads the bus %j', (cell, expected) => {
    expect(readFile(`${HEADER}1,pre,1,2,${cell},\n`).table.bus[0]).toBe(expected);
  });

  it.each([
    ['', ''],
    ['deadBEEF', 'deadbeef'],
    ['0xDEADBEEF', 'deadbeef'],
    ['00 11 22', '001122'],
    ['"01,02,03"', '010203'],
    ['0x01 0x02', '0102'],
    ['0x0x1', '01'],
    ['ABC', '0abc'],
    ['1 2 3', '0123'],
    ['  ', ''],
    ['F'.repeat(8192), 'ff'.repeat(4096)],
    ['F'.repeat(8191), `0f${'ff'.repeat(4095)}`],
  ])('reads the payload %j', (cell, expected) => {
    expect(listFrames(`${HEADER}1,pre,1,2,0,${cell}\n`, 1000)).toEqual([`pre 1 2@0 ${expected}`]);
  });

  it.each([
    ['segment', '1,during,1,2,0,', 'found "during"; pre, window or post is expected'],
    ['segment', '1,,1,2,0,', 'found ""; pre, window or post is expected'],
    ['timestamp', '1,pre,abc,2,0,', 'found "abc"; a finite number of seconds is expected, such as 12.345678'],
    ['timestamp', '1,pre,nan,2,0,', 'found "nan"; a finite number of seconds is expected, such as 12.345678'],
    [
      'timestamp',
      '1,pre,1e999,2,0,',
      'found "1e999"; a finite number of seconds is expected, such as 12.345678',
    ],
    ['timestamp', '1,pre,-,2,0,', 'found "-"; a finite number of seconds is expected, such as 12.345678'],
    ...['', '0x', '0o7', '-1', '0x100000000', '4294967296', '1.5'].map((cell) => [
      'address',
      `1,pre,1,${cell},0,`,
      `found "${cell}"; an address from 0x0 to 0xFFFFFFFF is expected, such as 0x321, 801 or 67A`,
    ]),
    ...['', '256', '-1', '1.0', 'x', '99999'].map((cell) => [
      'bus',
      `1,pre,1,2,${cell},`,
      `found "${cell}"; a bus from 0 to 255 is expected`,
    ]),
    ...['GG', '0XAB', '1-2'].map((cell) => [
      'data_hex',
      `1,pre,1,2,0,${cell}`,
      `found "${cell}"; hexadecimal digits are expected, such as 0011AAFF; blanks, commas and 0x may stand between them`,
    ]),
    [
      'data_hex',
      `1,pre,1,2,0,${'A'.repeat(8193)}`,
      `found "${'A'.repeat(60)}…"; a payload of at most 4096 bytes is expected`,
    ],
  ])('refuses a cell of %s: %s', (column, row, message) => {
    const failure = failureOf(() => readFile(`${HEADER}1,pre,1,2,0,\n\n${row}\n`, 1000));
    expect(failure).toMatchObject({
      code: 'CSV_UNREADABLE',
      message: `drive.csv, line 4, column "${column}": ${message}`,
      details: { line: 4, column },
      actions: ['Mend line 4 of the file.'],
    });
  });

  it.each([
    ['1', 'segment', 'pre, window or post is expected'],
    ['1,pre', 'timestamp', 'a finite number of seconds is expected, such as 12.345678'],
    ['1,pre,1', 'address', 'an address from 0x0 to 0xFFFFFFFF is expected, such as 0x321, 801 or 67A'],
    ['1,pre,1,2', 'bus', 'a bus from 0 to 255 is expected'],
  ])('refuses the row %j, which ends early', (row, column, expected) => {
    const { message } = failureOf(() => readFile(`${HEADER}${row}\n`));
    expect(message).toBe(`drive.csv, line 2: the row ends before the column "${column}"; ${expected}`);
  });

  it.each([
    ['timestamp,address\n1,2\n', 'segment', 'timestamp, address'],
    ['seg,address\npre,2\n', 'timestamp', 'seg, address'],
    ['segment,timestamp\npre,2\n', 'address', 'segment, timestamp'],
  ])('refuses rows below the header %j', (text, column, names) => {
    expect(failureOf(() => readFile(text))).toMatchObject({
      code: 'CSV_UNREADABLE',
      message: `drive.csv, line 1: no column is called "${column}"; the header is "${names}"`,
      details: { line: 1, column },
    });
  });

  it('names the column seg where that is the one without a label', () => {
    const { message } = failureOf(() => readFile('seg,timestamp,address\nx,1,2\n'));
    expect(message).toContain('line 2, column "seg": found "x"');
  });

  it('tells whether there are payloads', () => {
    expect(readFile('segment,timestamp,address\npre,1,2\n').hasPayloads).toBe(false);
    expect(readFile('segment,timestamp,address,data\npre,1,2,\n').hasPayloads).toBe(true);
  });

  it('keeps all frames of a file that outgrows its columns', () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, i) => `1,window,${String(i)},${String(i)},1,${String(i % 10)}`,
    );
    const { table, segments } = readFile(HEADER + rows.join('\n'), 1 << 16);
    expect(table.length).toBe(20_000);
    expect([table.seconds[19_999], table.arbitrationId[19_999], table.bus[19_999]]).toEqual([
      19_999, 19_999, 1,
    ]);
    expect(
      segments.segments.subarray(0, 20_000).every((segment) => SEGMENT_NAMES[segment] === 'window'),
    ).toBe(true);
  });
});

describe('FrameCsvReader reads cells as comma-tools does', () => {
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  it.each(bitwatch.parse_hex_bytes)('payload $args.s', (vector) => {
    const csv = `${HEADER}1,pre,1,2,0,${quote(vector.args.s)}\n`;
    if (vector.result === undefined) expect(() => readFile(csv)).toThrow('column "data_hex"');
    else expect(listFrames(csv)).toEqual([`pre 1 2@0 ${vector.result}`]);
  });

  it.each(bitwatch.norm_address)('address $args.s', (vector) => {
    const csv = `${HEADER}1,pre,1,${quote(vector.args.s)},0,\n`;
    if (vector.result === undefined) expect(() => readFile(csv)).toThrow('column "address"');
    else expect(readFile(csv).table.arbitrationId[0]).toBe(vector.result);
  });
});
