import { expect, it } from 'vitest';
import { allocateWindow, viewAsWindow } from '../../../../server/core/rlog/log-window.ts';

const BYTES = Uint8Array.from({ length: 40 }, (_, i) => i);

it.each([
  ['at the start of its buffer', 0, true],
  ['at a whole word', 8, true],
  ['at half a word', 4, false],
  ['at any byte', 3, false],
])('views bytes %s', (_, offset, isInPlace) => {
  const bytes = BYTES.subarray(offset, offset + 21);
  const window = viewAsWindow(bytes);
  expect(window.bytes).toEqual(bytes);
  expect([...window.words]).toEqual(
    [0, 4, 8, 12, 16].map((at) => new DataView(BYTES.buffer).getInt32(offset + at, true)),
  );
  expect(window.view.getUint8(20)).toBe(offset + 20);
  expect(window.view.byteLength).toBe(21);
  expect(window.bytes.buffer === BYTES.buffer).toBe(isInPlace);
});

it.each([
  [0, 0],
  [1, 8],
  [8, 8],
  [9, 16],
])('allocates a window of %i bytes as %i', (asked, given) => {
  const { bytes, words, view } = allocateWindow(asked);
  expect([bytes.length, words.length * 4, view.byteLength]).toEqual([given, given, given]);
});
