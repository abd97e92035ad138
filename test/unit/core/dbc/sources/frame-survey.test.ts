import { describe, expect, it } from 'vitest';
import { FrameOrder } from '../../../../../server/core/dbc/sources/frame-order.ts';
import { FrameSurvey } from '../../../../../server/core/dbc/sources/frame-survey.ts';
import type { CanFrames } from '../../../../../server/core/can/frame-columns.ts';

type Frame = readonly [bus: number, arbitrationId: number, data: readonly number[], time?: bigint];

function makeFrames(frames: readonly Frame[]): CanFrames {
  const monoTime = BigUint64Array.from(frames.map(([, , , time]) => time ?? 0n));
  let end = 0;
  return {
    length: frames.length,
    monoTime,
    monoTimeWords: new Uint32Array(monoTime.buffer),
    bus: Uint8Array.from(frames.map(([bus]) => bus)),
    arbitrationId: Uint32Array.from(frames.map(([, id]) => id)),
    dataStart: Uint32Array.from([0, ...frames.map(([, , data]) => (end += data.length))]),
    data: Uint8Array.from(frames.flatMap(([, , data]) => data)),
  };
}

function survey(...frames: readonly Frame[]): FrameSurvey {
  const found = new FrameSurvey();
  found.add(makeFrames(frames));
  return found;
}

describe('a survey of frames', () => {
  it('counts frames by message and bus, lowest first', () => {
    const found = survey([1, 7, [1]], [0, 7, [1]], [0, 7, [2]], [0, 5, []], [129, 7, [1]]);
    expect(found.listMessages()).toEqual([
      { bus: 0, arbitrationId: 5, frames: 1 },
      { bus: 0, arbitrationId: 7, frames: 2 },
      { bus: 1, arbitrationId: 7, frames: 1 },
      { bus: 129, arbitrationId: 7, frames: 1 },
    ]);
    expect(found.listBuses()).toEqual([0, 1, 129]);
    expect([0, 1, 2, 129].map((bus) => found.busFrames[bus])).toEqual([3, 1, 0, 1]);
    expect([...found.listRows(0)].map((row) => found.arbitrationId[row])).toEqual([7, 5]);
  });

  it('knows which sizes occurred', () => {
    const found = survey(
      [0, 1, []],
      [0, 1, [1, 2]],
      [0, 2, Array<number>(64).fill(1)],
      [0, 3, Array<number>(300).fill(1)],
    );
    expect([0, 1, 2, 3].map((bytes) => found.hasSize(0, bytes))).toEqual([true, false, true, false]);
    expect([32, 63, 64, 65].map((bytes) => found.hasSize(1, bytes))).toEqual([false, false, true, false]);
    expect([64, 65, 300, 9999].map((bytes) => found.hasSize(2, bytes))).toEqual([false, true, true, true]);
    expect([0, 1, 2].map((row) => found.countSizes(row))).toEqual([2, 1, 1]);
  });

  it('keeps the last sixteen payloads of a message', () => {
    const found = survey(...Array.from({ length: 20 }, (_, i): Frame => [2, 9, [i, 100 + i]]));
    const samples = found.copySamples(0);
    const payloads = Array.from({ length: samples.length }, (_, row) => {
      const start = samples.dataStart[row] ?? 0;
      return [...samples.data.subarray(start, start + (samples.dataLength[row] ?? 0))];
    });
    expect(payloads.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual(
      Array.from({ length: 16 }, (_, i) => [4 + i, 104 + i]),
    );
    expect([samples.bus[0], samples.arbitrationId[0]]).toEqual([2, 9]);
  });

  it('leaves payloads out that are longer than those of the first frame were', () => {
    const found = survey([0, 1, [1]], [0, 1, Array<number>(9).fill(2)], [0, 2, Array<number>(65).fill(3)]);
    expect([0, 1].map((row) => found.copySamples(row).length)).toEqual([1, 0]);
  });

  it('tells more messages apart than any car has, and counts the frames of all others', () => {
    const found = survey(...Array.from({ length: 20_000 }, (_, i): Frame => [3, i * 16_411, [i & 255]]));
    expect(found.length).toBe(16_384);
    expect(found.busFrames[3]).toBe(20_000);
    expect(new Set(found.listMessages().map(({ arbitrationId }) => arbitrationId)).size).toBe(16_384);
  });
});

describe('the order of frames', () => {
  it.each([
    ['in order', [5n, 5n, 9n], 0],
    ['one that lies behind', [100n, 90n, 200n, 150n], 50],
    ['beyond what a double holds', [0x7000_0000_0000_0005n, 0x7000_0000_0000_0002n], 3],
  ])('is known: %s', (_, times, disorderNs) => {
    const order = new FrameOrder();
    for (const time of times) order.add(makeFrames([[0, 1, [], time]]));
    expect(order.disorderNs).toBe(disorderNs);
  });
});
