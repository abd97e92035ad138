import { describe, expect, it } from 'vitest';
import { LastFrame } from '../../../../../server/core/dbc/signals/last-frame.ts';
import { tabulateFrames } from '../../../../support/frame-lists.ts';

describe('LastFrame', () => {
  const add = (last: LastFrame, frames: readonly (readonly [number, string])[], upTo = 10): void => {
    const { table, rows } = tabulateFrames(frames);
    last.add(table, rows, upTo);
  };

  it('keeps the last frame up to a time, the time included', () => {
    const last = new LastFrame(0, 0x146);
    add(last, [
      [1, '01'],
      [10, '0203'],
      [10.1, '04'],
    ]);
    expect(last).toMatchObject({ seconds: 10, payload: Uint8Array.of(2, 3) });
  });

  it('keeps a later frame when an earlier one comes after it, and of one moment the last', () => {
    const last = new LastFrame(0, 0x146);
    add(last, [[5, '05']]);
    add(last, [[4, '04']]);
    expect(last.seconds).toBe(5);
    add(last, [[5, '06']]);
    expect(last.payload).toEqual(Uint8Array.of(6));
  });

  it('knows nothing before the first frame, nor of frames behind the time', () => {
    const last = new LastFrame(0, 0x146);
    add(last, [[11, '05']]);
    expect(last.seconds).toBe(-Infinity);
  });

  it('makes a table of its frame', () => {
    const last = new LastFrame(3, 0x146);
    add(last, [[1, '0102']]);
    const table = last.toTable();
    expect([table.length, table.bus[0], table.arbitrationId[0], table.dataLength[0]]).toEqual([
      1, 3, 0x146, 2,
    ]);
  });

  it('does not keep what no payload has', () => {
    const last = new LastFrame(0, 0x146);
    add(last, [[1, '00'.repeat(5000)]]);
    expect(last.payload).toHaveLength(2048);
  });
});
