import fc from 'fast-check';
import { FrameTable } from '../../server/core/can/frame-table.ts';

/** A frame of a list: its time in seconds and its payload as hexadecimal. */
export type ListedFrame = readonly [seconds: number, payload: string];

/** The frames of one message in a table, and their rows in the order of the list. */
export interface ListedMessage {
  readonly table: FrameTable;
  readonly rows: Uint32Array;
}

/** Puts a list of frames of one message into a table. */
export function tabulateFrames(
  frames: readonly (readonly (number | string)[])[],
  { bus = 0, arbitrationId = 0x146 } = {},
): ListedMessage {
  const table = new FrameTable(1);
  for (const [seconds, payload] of frames) {
    const data = Buffer.from(String(payload), 'hex');
    table.push({ seconds: Number(seconds), bus, arbitrationId }, data, [0, data.length]);
  }
  return { table, rows: Uint32Array.from(frames.keys()) };
}

/** Lists of frames by time, some at the same time, whose payloads have many lengths and change in few bits at a time. */
export function arbitraryFrames(maxBytes = 12): fc.Arbitrary<readonly ListedFrame[]> {
  const step = fc.record({
    wait: fc.constantFrom(0, 0.01, 0.125),
    flips: fc.array(fc.nat({ max: 8 * maxBytes - 1 }), { maxLength: 3 }),
    length: fc.option(fc.nat({ max: maxBytes }), { freq: 6 }),
  });
  return fc.array(step, { maxLength: 40 }).map((steps) => {
    const bytes = Buffer.alloc(maxBytes);
    let seconds = 0;
    let length = Math.min(8, maxBytes);
    return steps.map((next): ListedFrame => {
      seconds += next.wait;
      length = next.length ?? length;
      for (const bit of next.flips) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return [seconds, bytes.toString('hex', 0, length)];
    });
  });
}

/** The value of a bit of a listed frame, read the slow way; 0 behind its end. */
export function bitOf([, payload]: ListedFrame, bit: number): 0 | 1 {
  const byte = parseInt(payload.slice(2 * (bit >> 3), 2 * (bit >> 3) + 2) || '0', 16);
  return ((byte >> (bit & 7)) & 1) === 1 ? 1 : 0;
}

/** Every toggle of a list of frames, found the slow way: frame by frame, bits ascending. */
export function togglesOf(frames: readonly ListedFrame[], bits = 512): readonly ListedToggle[] {
  return frames.slice(1).flatMap((frame, i) => {
    const before = frames[i];
    if (before === undefined) return [];
    const changed = Array.from({ length: bits }, (_, bit) => bit).filter(
      (bit) => bitOf(frame, bit) !== bitOf(before, bit),
    );
    return changed.map((bit) => ({ index: i + 1, seconds: frame[0], bit }));
  });
}

/** A bit of frame number `index` is not what it was in the frame before. */
export interface ListedToggle {
  readonly index: number;
  readonly seconds: number;
  readonly bit: number;
}
