import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CanCsvWriter, CSV_HEADER, type TimeWindow } from '../../../../../server/core/can/csv/can-csv.ts';
import { CanFrameColumns } from '../../../../../server/core/can/frame-columns.ts';

interface Row {
  readonly time: bigint;
  readonly address?: number;
  readonly bus?: number;
  readonly data?: Uint8Array;
}

const MAX = (1n << 64n) - 1n;

function framesOf(rows: readonly Row[]): CanFrameColumns {
  const frames = new CanFrameColumns(1);
  for (const { time, address = 1, bus = 0, data = new Uint8Array(0) } of rows) {
    frames.reserveRows(1);
    frames.reserveData(data.length);
    const row = frames.length++;
    frames.monoTime[row] = time;
    frames.arbitrationId[row] = address;
    frames.bus[row] = bus;
    frames.data.set(data, frames.dataStart[row]);
    frames.dataStart[row + 1] = frames.dataStart[row]! + data.length;
  }
  return frames;
}

interface Writing {
  readonly zero?: bigint;
  readonly window?: TimeWindow;
  readonly bufferBytes?: number;
}

/** Writes batches one after the other, taking the text whenever the writer asks for it. */
function write(
  batches: readonly (readonly Row[])[],
  { zero = 0n, window, bufferBytes }: Writing = {},
): string {
  const writer = new CanCsvWriter(window, bufferBytes);
  let text = '';
  const take = (): void => {
    text += new TextDecoder().decode(writer.take());
  };
  for (const rows of batches) {
    const frames = framesOf(rows);
    for (let row = 0; (row = writer.write(frames, row, zero)) < frames.length;) take();
  }
  take();
  return text;
}

function writeOne(row: Row, writing?: Writing): string {
  return write([[row]], writing);
}

it('begins with the names of the columns', () => {
  expect(CSV_HEADER).toBe('window,segment,timestamp,address,bus,data_hex\r\n');
});

it.each<[number, string]>([
  [0, '0x000'],
  [0xa, '0x00A'],
  [0x7ff, '0x7FF'],
  [0xfff, '0xFFF'],
  [0x1000, '0x1000'],
  [0xf_ffff, '0xFFFFF'],
  [0x1234_5678, '0x12345678'],
  [0x1fff_ffff, '0x1FFFFFFF'],
  [0xffff_ffff, '0xFFFFFFFF'],
])('writes address %i as %s', (address, text) => {
  expect(writeOne({ time: 0n, address })).toBe(`1,pre,0.000000,${text},0,\r\n`);
});

it.each([0, 9, 10, 99, 100, 128, 255])('writes bus %i', (bus) => {
  expect(writeOne({ time: 0n, bus })).toBe(`1,pre,0.000000,0x001,${bus},\r\n`);
});

it('writes every byte as two digits of upper case', () => {
  const data = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const digits = Buffer.from(data).toString('hex').toUpperCase();
  expect(writeOne({ time: 0n, data })).toBe(`1,pre,0.000000,0x001,0,${digits}\r\n`);
});

it.each<[bigint, bigint, string]>([
  [5n, 5n, '0.000000'],
  [1_234_567_890n, 0n, '1.234568'],
  [0n, 1_500_000_000n, '-1.500000'],
  [0n, 400n, '-0.000000'],
  [7_812_500n, 0n, '0.007812'],
  [23_437_500n, 0n, '0.023438'],
  [MAX, 0n, '18446744073.709553'],
  [0n, MAX, '-18446744073.709553'],
  [MAX, MAX - 1_000_000n, '0.001000'],
  [(1n << 53n) + 1n, 0n, '9007199.254741'],
])('writes time %d after %d as %s', (time, zero, text) => {
  expect(writeOne({ time, bus: 255, address: 0xffff_ffff }, { zero })).toBe(
    `1,pre,${text},0xFFFFFFFF,255,\r\n`,
  );
});

it.each<[bigint, string]>([
  [999_999_999n, 'pre'],
  [1_000_000_000n, 'window'],
  [1_500_000_000n, 'window'],
  [2_000_000_000n, 'window'],
  [2_000_000_001n, 'post'],
])('marks time %d as %s', (time, mark) => {
  const window = { startSeconds: 1, endSeconds: 2 };
  expect(writeOne({ time }, { window }).split(',')[1]).toBe(mark);
  const later = { zero: 1_000_000_000n, window: { startSeconds: 0, endSeconds: 1 } };
  expect(writeOne({ time }, later).split(',')[1]).toBe(mark);
});

describe('rows of several events', () => {
  const low = 0x1_0000_0000n;

  it('have the time of their own, also where half of it is the same', () => {
    const times = [low, low, 2n * low, 2n * low + 1_000n, low + 1_000n, 0n, 0n, 1_000n];
    const texts = write([times.map((time) => ({ time }))])
      .split('\r\n')
      .map((line) => line.split(',')[2]);
    expect(texts).toEqual([
      '4.294967',
      '4.294967',
      '8.589935',
      '8.589936',
      '4.294968',
      '0.000000',
      '0.000000',
      '0.000001',
      undefined,
    ]);
  });

  it('may begin anywhere in a batch, and count from another second 0', () => {
    const writer = new CanCsvWriter(undefined);
    writer.write(framesOf([{ time: 1_000n }]), 0, 0n);
    writer.write(framesOf([{ time: 7_000n }, { time: 7_000n }]), 1, 0n);
    writer.write(framesOf([{ time: 7_000n }]), 0, 5_000n);
    const lines = new TextDecoder().decode(writer.take()).split('\r\n');
    expect(lines.map((line) => line.split(',')[2])).toEqual(['0.000001', '0.000007', '0.000002', undefined]);
  });
});

describe('the buffer', () => {
  it('may have any size: the text is the same', () => {
    const row = fc.record({
      time: fc.oneof(fc.bigInt({ min: 0n, max: MAX }), fc.bigInt({ min: 0n, max: 3n })),
      address: fc.integer({ min: 0, max: 0xffff_ffff }),
      bus: fc.integer({ min: 0, max: 255 }),
      data: fc.uint8Array({ maxLength: 70 }),
    });
    const batches = fc.array(fc.array(row, { maxLength: 8 }), { maxLength: 4 });
    fc.assert(
      fc.property(batches, fc.nat({ max: 600 }), (rows, bufferBytes) => {
        expect(write(rows, { zero: 7n, bufferBytes })).toBe(
          rows
            .flat()
            .map((each) => writeOne(each, { zero: 7n }))
            .join(''),
        );
      }),
    );
  });

  it('grows for a row that is larger', () => {
    const data = new Uint8Array(70_000).fill(0xab);
    const text = write([[{ time: 0n }, { time: 0n, data }, { time: 0n }]], { bufferBytes: 100 });
    expect(text).toBe(
      `1,pre,0.000000,0x001,0,\r\n1,pre,0.000000,0x001,0,${'AB'.repeat(70_000)}\r\n1,pre,0.000000,0x001,0,\r\n`,
    );
  });

  it('is full before the row that does not fit', () => {
    const writer = new CanCsvWriter(undefined, 128);
    const frames = framesOf(new Array<Row>(10).fill({ time: 0n }));
    const rows: number[] = [];
    for (let row = 0; row < 10; rows.push(row)) {
      row = writer.write(frames, row, 0n);
      expect(writer.take().length).toBeLessThanOrEqual(128);
    }
    expect(rows).toEqual([2, 4, 6, 8, 10]);
    expect(writer.take()).toEqual(new Uint8Array(0));
  });
});
