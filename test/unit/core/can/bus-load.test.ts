import { describe, expect, it } from 'vitest';
import { BusLoadMeter, measureBusyTime } from '../../../../server/core/can/bus-load.ts';
import { CanFrameColumns } from '../../../../server/core/can/frame-columns.ts';
import { LogZero } from '../../../../server/core/rlog/log-zero.ts';

interface Frame {
  readonly seconds: number;
  readonly bus: number;
  readonly bytes: number;
}

function makeFrames(frames: readonly Frame[]): CanFrameColumns {
  const columns = new CanFrameColumns(frames.length);
  columns.reserveData(frames.reduce((sum, { bytes }) => sum + bytes, 0));
  for (const { seconds, bus, bytes } of frames) {
    const row = columns.length++;
    columns.monoTime[row] = BigInt(Math.round(seconds * 1e9));
    columns.bus[row] = bus;
    columns.arbitrationId[row] = 0x123;
    columns.dataStart[row + 1] = (columns.dataStart[row] ?? 0) + bytes;
  }
  return columns;
}

describe('bus load', () => {
  it('adds up frames by bus and stretch of time', () => {
    const meter = new BusLoadMeter(1);
    const frames = [
      { seconds: 0, bus: 0, bytes: 8 },
      { seconds: 0.999999999, bus: 0, bytes: 8 },
      { seconds: 1, bus: 0, bytes: 12 },
      { seconds: 0.5, bus: 0, bytes: 0 },
      { seconds: 7, bus: 128, bytes: 8 },
    ];
    meter.add(makeFrames(frames), new LogZero());
    expect(
      meter.list().map(({ bus, index, frames: count, fdFrames }) => [bus, index, count, fdFrames]),
    ).toEqual([
      [0, 0, 3, 0],
      [0, 1, 1, 1],
      [128, 7, 1, 0],
    ]);
    expect(meter.list().map(({ dataBits }) => dataBits > 0)).toEqual([false, true, false]);
  });

  it('leaves frames out that no bus can carry', () => {
    const meter = new BusLoadMeter(1);
    meter.add(makeFrames([{ seconds: 0, bus: 0, bytes: 65 }]), new LogZero());
    expect(meter.impossibleFrames).toBe(1);
    expect(meter.list().map(({ frames }) => frames)).toEqual([0]);
  });

  it('tells how long a bus is taken', () => {
    const rates = { nominal: 500_000, data: 2_000_000 };
    expect(measureBusyTime({ nominalBits: 500, dataBits: 2000 }, rates)).toBeCloseTo(0.002, 12);
  });
});
