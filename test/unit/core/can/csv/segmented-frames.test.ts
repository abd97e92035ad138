import { describe, expect, it } from 'vitest';
import { CanFrameColumns } from '../../../../../server/core/can/frame-columns.ts';
import { POST, PRE, WINDOW } from '../../../../../server/core/can/csv/frame-segments.ts';
import type { TimeSpan } from '../../../../../server/core/can/message-rows.ts';
import { FrameSegmenter, keepBuses } from '../../../../../server/core/can/csv/segmented-frames.ts';

const ZERO = 5_000_000_000n;

/** One frame a time, in nanoseconds after the first event, on bus 0, 1, 2 and so on. */
function segment(window: TimeSpan | undefined, nanoseconds: readonly number[]): FrameSegmenter {
  const columns = new CanFrameColumns(1);
  for (const [index, at] of nanoseconds.entries()) {
    columns.reserveRows(1);
    columns.reserveData(1);
    const row = columns.length++;
    columns.monoTime[row] = ZERO + BigInt(at);
    columns.bus[row] = index;
    columns.arbitrationId[row] = 0x100 + index;
    columns.data[columns.dataStart[row] ?? 0] = index;
    columns.dataStart[row + 1] = (columns.dataStart[row] ?? 0) + 1;
  }
  const segmenter = new FrameSegmenter(window);
  segmenter.append(columns, ZERO);
  columns.clear();
  return segmenter;
}

const labelsOf = ({ segments, table }: FrameSegmenter): number[] => [...segments.subarray(0, table.length)];

describe('FrameSegmenter', () => {
  it('labels by exact times, both ends included', () => {
    const frames = segment({ from: 1, to: 2 }, [0, 999_999_999, 1_000_000_000, 2_000_000_000, 2_000_000_001]);
    expect(labelsOf(frames)).toEqual([PRE, PRE, WINDOW, WINDOW, POST]);
    expect([...frames.table.seconds.subarray(0, 5)]).toEqual([0, 1, 1, 2, 2]);
  });

  it('labels frames of one time alike, in whatever order times come', () => {
    expect(labelsOf(segment({ from: 1, to: 2 }, [3e9, 3e9, -1e9, 1e9, 1e9, 3e9]))).toEqual([
      POST,
      POST,
      PRE,
      WINDOW,
      WINDOW,
      POST,
    ]);
  });

  it('labels all as before where there is no window', () => {
    expect(labelsOf(segment(undefined, [0, 5e9]))).toEqual([PRE, PRE]);
  });
});

it('keeps frames of some buses with their labels and payloads', () => {
  const { table, segments } = keepBuses(segment({ from: 1, to: 2 }, [0, 1e9, 3e9]), new Set([1, 2]));
  expect(table.length).toBe(2);
  expect([...table.bus.subarray(0, 2)]).toEqual([1, 2]);
  expect([...table.arbitrationId.subarray(0, 2)]).toEqual([0x101, 0x102]);
  expect([table.data[table.dataStart[0] ?? 0], table.data[table.dataStart[1] ?? 0]]).toEqual([1, 2]);
  expect([...segments.subarray(0, 2)]).toEqual([WINDOW, POST]);
});
