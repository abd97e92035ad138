const POLYNOMIAL = 0x04c11db7;

/** By the highest byte of a checksum: what the rest is combined with. */
export const CHECKSUM_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? POLYNOMIAL : 0);
  return value;
});

/** The checksum of a stream that goes on with a block of the given checksum: one bit to the left, and both together. */
export function combineChecksums(stream: number, block: number): number {
  return (((stream << 1) | (stream >>> 31)) ^ block) >>> 0;
}
