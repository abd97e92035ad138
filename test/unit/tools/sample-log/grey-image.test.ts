import { expect, it } from 'vitest';
import { drawGreyImage } from '../../../../tools/sample-log/grey-image.ts';

/** Coded data of the picture: what stands between the scan's header and the end marker. */
function readScan(image: Uint8Array): Uint8Array {
  const header = Buffer.from(image).indexOf(Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]));
  return image.subarray(header + 10, image.length - 2);
}

it.each([
  [128, '0000'], // no difference to the middle
  [129, '00011'], // one bit: +1
  [127, '00010'], // one bit, complemented: -1
  [255, '01111111111'], // seven bits: +127
  [1, '01110000000'], // seven bits, complemented: -127
])('holds the grey %d in its first block', (grey, code) => {
  const image = drawGreyImage(grey);
  expect([...image.subarray(0, 2), ...image.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
  const bits = Array.from(readScan(image), (byte) => byte.toString(2).padStart(8, '0')).join('');
  expect(bits.startsWith(`${code}0`)).toBe(true);
  expect(bits.slice(code.length + 1)).toMatch(/^0{1195}1*$/);
});

it('stuffs a byte of ones', () => {
  // No grey makes such a byte within the first block: the padding never does either.
  for (let grey = 1; grey < 256; grey++) {
    const scan = readScan(drawGreyImage(grey));
    expect(scan.every((byte, index) => byte !== 0xff || scan[index + 1] === 0)).toBe(true);
  }
});
