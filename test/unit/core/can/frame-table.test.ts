import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CanFrameColumns } from '../../../../server/core/can/frame-columns.ts';
import { createMicrosecondClock, FrameTable, UPTIME_CLOCK } from '../../../../server/core/can/frame-table.ts';
import { formatSeconds } from '../../../../server/core/text/seconds-text.ts';

interface Frame {
  readonly monoTime: bigint;
  readonly bus: number;
  readonly arbitrationId: number;
  readonly payload: Uint8Array;
}

const anyFrame = fc.record({
  monoTime: fc.bigInt(0n, 2n ** 63n),
  bus: fc.integer({ min: 0, max: 255 }),
  arbitrationId: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  payload: fc.uint8Array({ maxLength: 70 }),
});

function toColumns(frames: readonly Frame[]): CanFrameColumns {
  const columns = new CanFrameColumns(1);
  for (const { monoTime, bus, arbitrationId, payload } of frames) {
    columns.reserveRows(1);
    columns.reserveData(payload.length);
    const row = columns.length++;
    columns.monoTime[row] = monoTime;
    columns.bus[row] = bus;
    columns.arbitrationId[row] = arbitrationId;
    const at = columns.dataStart[row]!;
    columns.data.set(payload, at);
    columns.dataStart[row + 1] = at + payload.length;
  }
  return columns;
}

/** What a table holds of a row, its payload as words too. */
function readRow(
  table: FrameTable,
  row: number,
): { payload: number[]; words: number[] } & Omit<Frame, 'monoTime' | 'payload'> {
  const start = table.dataStart[row]!;
  const length = table.dataLength[row]!;
  return {
    bus: table.bus[row]!,
    arbitrationId: table.arbitrationId[row]!,
    payload: [...table.data.subarray(start, start + length)],
    words: [...table.words.subarray(start / 4, start / 4 + 2 * Math.ceil(length / 8))],
  };
}

function wordsOf(payload: Uint8Array): number[] {
  const padded = new Uint8Array(8 * Math.ceil(payload.length / 8));
  padded.set(payload);
  const view = new DataView(padded.buffer);
  return Array.from({ length: padded.length / 4 }, (_, i) => view.getUint32(4 * i, true));
}

describe('a frame table', () => {
  it('holds what was appended, payloads padded with zeros, whatever was there before', () => {
    const property = fc.property(fc.array(fc.array(anyFrame)), (batches) => {
      const table = new FrameTable(1);
      for (const batch of batches) table.append(toColumns(batch), UPTIME_CLOCK);
      const frames = batches.flat();
      expect(table.length).toBe(frames.length);
      for (const [row, { monoTime, bus, arbitrationId, payload }] of frames.entries()) {
        expect(readRow(table, row)).toEqual({
          bus,
          arbitrationId,
          payload: [...payload],
          words: wordsOf(payload),
        });
        expect(table.seconds[row]).toBe(Number(monoTime) / 1e9);
        expect(table.dataStart[row]! % 8).toBe(0);
      }
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('is as good as new when it was cleared', () => {
    const property = fc.property(fc.array(anyFrame), fc.array(anyFrame), (before, after) => {
      const table = new FrameTable(1);
      table.append(toColumns(before), UPTIME_CLOCK);
      table.clear();
      expect(table.length).toBe(0);
      table.append(toColumns(after), UPTIME_CLOCK);
      expect(table.length).toBe(after.length);
      expect(after.map((_, row) => readRow(table, row))).toEqual(
        after.map(({ bus, arbitrationId, payload }) => ({
          bus,
          arbitrationId,
          payload: [...payload],
          words: wordsOf(payload),
        })),
      );
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('keeps its memory when it is cleared', () => {
    const table = new FrameTable(1);
    const push = (): void => {
      for (let i = 0; i < 1000; i++)
        table.push({ seconds: i, bus: 0, arbitrationId: 1 }, new Uint8Array(8), [0, 8]);
    };
    push();
    const { data, words, seconds } = table;
    table.clear();
    push();
    expect([table.data, table.words, table.seconds]).toEqual([data, words, seconds]);
    expect(table.data).toBe(data);
  });

  it('holds frames that are pushed one by one', () => {
    const table = new FrameTable(0);
    const bytes = Uint8Array.of(9, 1, 2, 3, 9);
    for (let i = 0; i < 100; i++)
      table.push({ seconds: i / 2, bus: i, arbitrationId: 2 ** 32 - 1 - i }, bytes, [1, 4]);
    expect(table.length).toBe(100);
    expect(readRow(table, 99)).toEqual({
      bus: 99,
      arbitrationId: 4294967196,
      payload: [1, 2, 3],
      words: [0x030201, 0],
    });
    expect(table.seconds[99]).toBe(49.5);
  });
});

describe('times on whole microseconds', () => {
  it('are those that rlog-to-csv writes', () => {
    const anyTime = fc.bigInt(0n, 2n ** 52n);
    const property = fc.property(anyTime, anyTime, (time, zero) => {
      const clock = createMicrosecondClock(zero);
      const seconds = clock.toSeconds(Number(time & 0xffff_ffffn), Number(time >> 32n));
      expect(seconds).toBe(Number(formatSeconds(time - zero)));
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it.each([
    [500n, 0],
    [1500n, 0.000002],
    [2500n, 0.000003],
    [4500n, 0.000005],
    [2499n, 0.000002],
    [2501n, 0.000003],
  ])('send halves where Python sends them: %s ns', (time, seconds) => {
    expect(createMicrosecondClock(0n).toSeconds(Number(time), 0)).toBe(seconds);
  });

  it('keep the sign of what rounds to zero', () => {
    expect(createMicrosecondClock(400n).toSeconds(0, 0)).toBe(-0);
  });
});
