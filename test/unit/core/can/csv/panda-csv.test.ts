import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameTable } from '../../../../../server/core/can/frame-table.ts';
import { PandaCsvReader } from '../../../../../server/core/can/csv/panda-csv.ts';
import { failureOf } from '../../../../support/failure.ts';

function read(text: string | Uint8Array, pieceBytes = 7): PandaCsvReader {
  const reader = new PandaCsvReader('drive.csv');
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = Uint8Array.from(bytes.subarray(at, at + pieceBytes));
    reader.append(piece);
    piece.fill(0xee);
  }
  reader.finish();
  return reader;
}

/** Time, bus, id and payload of every frame. */
function listFrames({ table }: { readonly table: FrameTable }): readonly string[] {
  return Array.from({ length: table.length }, (_, row) => {
    const start = table.dataStart[row]!;
    const payload = Buffer.from(table.data.subarray(start, start + table.dataLength[row]!)).toString('hex');
    return `${table.seconds[row]!} ${table.bus[row]!} ${table.arbitrationId[row]!.toString(16)} ${payload}`;
  });
}

const FRAMES = ['0 0 1c28af65 0a60', '0.008679 128 fb c0', '1.5 2 7ff '];

describe('PandaCsvReader', () => {
  it.each([
    {
      name: 'can_logger',
      text: 'Bus,MessageID,Message,MessageLength,Time\r\n0,0x1c28af65,0x0a60,2,0\r\n128,0xfb,0xc0,1,0.008679\r\n2,0x7ff,0x,0,1.5\r\n',
    },
    { name: 'cabana', text: 'time,addr,bus,data\n0,472428389,0,0a60\n0.008679,251,128,c0\n1.5,2047,2,' },
    {
      name: 'rlog-to-csv',
      text: 'window,segment,timestamp,address,bus,data_hex\r\n1,pre,0.000000,0x1C28AF65,0,0A60\r\n1,pre,0.008679,0x0FB,128,C0\r\n1,pre,1.500000,0x7FF,2,\r\n',
    },
    {
      name: 'other columns, another order, blank lines and a byte order mark',
      text: '\ufeffnote, DATA ,Bus,addr,TIME\n\n"a, ""b""",0a60,0,0x1c28af65,0\n,c0,128,251,0.008679\n\n,,2,2047,1.5,more\n',
    },
  ])('reads the form of $name', ({ text }) => {
    const reader = read(text);
    expect(listFrames(reader)).toEqual(FRAMES);
    expect(reader.hasTimes).toBe(true);
  });

  it('reads the old form, decimal ids and no times', () => {
    const reader = read('Bus,MessageID,Message\r\n2,558,009e\r\n0,1905,ed\r\n');
    expect(listFrames(reader)).toEqual(['0 2 22e 009e', '0 0 771 ed']);
    expect(reader.hasTimes).toBe(false);
  });

  it('reads a header without rows as no frames', () => {
    expect(read('time,addr,bus,data').table.length).toBe(0);
  });

  it('reads the same however the bytes are cut', () => {
    const text = 'time,addr,bus,data\r\n0,472428389,0,0a60\r\n"0.008679",251,128,c0\r\n1.5,2047,2,\r\n';
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), (pieceBytes) => {
        expect(listFrames(read(text, pieceBytes))).toEqual(FRAMES);
      }),
    );
  });

  it.each([
    { cell: '1', row: 'x,1,0,00', reason: 'cell 1 is "x"; a time in seconds is expected' },
    { cell: '1', row: ',1,0,00', reason: 'cell 1 is ""; a time in seconds is expected' },
    { cell: '1', row: '1e999,1,0,00', reason: 'cell 1 is "1e999"; a time in seconds is expected' },
    {
      cell: '2',
      row: '0,7FF,0,00',
      reason: 'cell 2 is "7FF"; an id such as 0x241 or 577, up to 0x1FFFFFFF, is expected',
    },
    {
      cell: '2',
      row: '0,0x20000000,0,00',
      reason: 'cell 2 is "0x20000000"; an id such as 0x241 or 577, up to 0x1FFFFFFF, is expected',
    },
    { cell: '3', row: '0,1,256,00', reason: 'cell 3 is "256"; a bus from 0 to 255 is expected' },
    { cell: '3', row: '0,1,-1,00', reason: 'cell 3 is "-1"; a bus from 0 to 255 is expected' },
    {
      cell: '4',
      row: '0,1,0,0g',
      reason: 'cell 4 is "0g"; hexadecimal digits of whole bytes, at most 64, are expected',
    },
    {
      cell: '4',
      row: `0,1,0,${'00'.repeat(65)}`,
      reason: `cell 4 is "${'0'.repeat(40)}…"; hexadecimal digits of whole bytes, at most 64, are expected`,
    },
    { cell: '4', row: '0,1,0', reason: 'the row has 3 cells, and the header 4 or more' },
  ])('refuses cell $cell of "$row"', ({ row, reason }) => {
    const failure = failureOf(() => read(`time,addr,bus,data\n0,1,0,00\n\n${row}\n0,1,0,00\n`));
    expect(failure).toMatchObject({
      code: 'CSV_UNREADABLE',
      message: `drive.csv, line 4: ${reason}`,
      details: { line: 4 },
    });
  });

  it.each([
    { text: '', reason: 'there is no header' },
    { text: '\n\n', reason: 'there is no header' },
    { text: '0,0x1,00,1,0\n', reason: 'line 1 names other columns: "0,0x1,00,1,0"' },
    { text: 'time,addr,data\n', reason: 'line 1 names other columns: "time,addr,data"' },
    { text: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), reason: 'line 1 names other columns: "(�/�"' },
  ])('refuses the header of $text', ({ text, reason }) => {
    const failure = failureOf(() => read(text));
    expect(failure).toMatchObject({
      code: 'CSV_UNREADABLE',
      message: `drive.csv cannot be read as CAN frames: ${reason}`,
    });
    expect(failure.actions.join()).toContain('Bus,MessageID,Message,MessageLength,Time');
  });

  it('reads or refuses, whatever comes', () => {
    const cells = fc.stringMatching(/^[0-9a-fx.,"\n\r -]{0,60}$/);
    fc.assert(
      fc.property(cells, (text) => {
        try {
          const { table } = read(`time,addr,bus,data\n${text}`);
          for (let row = 0; row < table.length; row++) {
            expect(Number.isFinite(table.seconds[row])).toBe(true);
            expect(table.dataLength[row]).toBeLessThanOrEqual(64);
          }
        } catch (error) {
          expect(error).toMatchObject({ code: 'CSV_UNREADABLE' });
        }
      }),
    );
  });
});
