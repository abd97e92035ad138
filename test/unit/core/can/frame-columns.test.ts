import { expect, it } from 'vitest';
import { CanFrameColumns } from '../../../../server/core/can/frame-columns.ts';

/** Appends a frame whose values all follow from its number. */
function appendFrame(frames: CanFrameColumns, number: number, byteLength: number): void {
  frames.reserveRows(1);
  frames.reserveData(byteLength);
  const row = frames.length++;
  const start = frames.dataStart[row]!;
  frames.monoTime[row] = (BigInt(number) << 32n) | 7n;
  frames.bus[row] = number & 255;
  frames.arbitrationId[row] = number * 1000;
  frames.data.fill(number & 255, start, start + byteLength);
  frames.dataStart[row + 1] = start + byteLength;
}

it.each([0, 1, 3, 16_384])('keep what they hold while they grow, from %i rows', (rows) => {
  const frames = new CanFrameColumns(rows);
  for (let i = 0; i < 200; i++) appendFrame(frames, i, i % 70);
  for (let i = 0; i < 200; i++) {
    const payload = frames.data.subarray(frames.dataStart[i], frames.dataStart[i + 1]);
    expect([frames.monoTimeWords[2 * i], frames.monoTimeWords[2 * i + 1]]).toEqual([7, i]);
    expect([frames.monoTime[i], frames.bus[i], frames.arbitrationId[i]]).toEqual([
      (BigInt(i) << 32n) | 7n,
      i,
      1000 * i,
    ]);
    expect([...payload]).toEqual(new Array<number>(i % 70).fill(i));
  }
  expect(frames.dataWords.buffer).toBe(frames.data.buffer);
});

it('are used again once cleared', () => {
  const frames = new CanFrameColumns(4);
  for (let i = 0; i < 4; i++) appendFrame(frames, 9, 8);
  const { data, bus } = frames;
  frames.clear();
  expect(frames.length).toBe(0);
  for (let i = 0; i < 4; i++) appendFrame(frames, 5, 8);
  expect([frames.data, frames.bus]).toEqual([data, bus]);
  expect(frames.data).toBe(data);
  expect([...data]).toEqual(new Array<number>(32).fill(5));
});
