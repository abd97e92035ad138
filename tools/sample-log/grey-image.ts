const WIDTH = 160;
const HEIGHT = 96;
const BLOCK_PIXELS = 8;

/** Every coefficient is divided by it, so that one step of the mean is one level of grey. */
const QUANTIZER = 8;

/**
 * Returns a baseline JPEG of 160 x 96 pixels, all of one grey: a stand-in for a camera picture of a few hundred bytes.
 *
 * Each block of 8 x 8 pixels holds its mean as the difference to the block before and then "end of block". Code words:
 * four bits with the bit length of the difference (0 to 7), the difference itself, one bit for the end of the block.
 *
 * @param grey From 1 to 255.
 */
export function drawGreyImage(grey: number): Uint8Array {
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => QUANTIZER)]),
    ...segment(0xc0, [8, 0, HEIGHT, 0, WIDTH, 1, 1, 0x11, 0]),
    ...segment(0xc4, [0x00, 0, 0, 0, 8, ...zeros(12), 0, 1, 2, 3, 4, 5, 6, 7]),
    ...segment(0xc4, [0x10, 1, ...zeros(15), 0]),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
    ...packBits(encodeBlocks(grey - 128)),
    ...[0xff, 0xd9],
  ]);
}

/** A marker segment: the length counts itself but not the marker. */
function segment(marker: number, content: readonly number[]): number[] {
  const length = content.length + 2;
  return [0xff, marker, length >> 8, length & 0xff, ...content];
}

function encodeBlocks(mean: number): string {
  const blocks = (WIDTH / BLOCK_PIXELS) * (HEIGHT / BLOCK_PIXELS);
  return encodeDifference(mean) + encodeDifference(0).repeat(blocks - 1);
}

/** A negative difference is stored as its one's complement. */
function encodeDifference(difference: number): string {
  const bits = difference === 0 ? 0 : Math.abs(difference).toString(2).length;
  const stored = difference < 0 ? difference + (1 << bits) - 1 : difference;
  const text = bits === 0 ? '' : stored.toString(2).padStart(bits, '0');
  return `${bits.toString(2).padStart(4, '0')}${text}0`;
}

/** The last byte is filled with ones; a byte 0xFF inside the data is followed by 0. */
function packBits(bits: string): number[] {
  const whole = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const bytes = whole.match(/.{8}/g)?.map((text) => parseInt(text, 2)) ?? [];
  return bytes.flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte]));
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}
