import type { DbcSignalInfo } from '#protocol';

type Layout = Pick<DbcSignalInfo, 'startBit' | 'length' | 'byteOrder'>;

/** Bits of a signal, the one that its start names first. All bits are numbered as DBC counts: 8 * byte + bit. */
export function listSignalBits({ startBit, length, byteOrder }: Layout): readonly number[] {
  const count = Math.max(0, Math.min(length, 512));
  if (byteOrder === 'little-endian') return Array.from({ length: count }, (_, place) => startBit + place);
  const inOrder = toOrder(startBit);
  return Array.from({ length: count }, (_, place) => toOrder(inOrder + place));
}

/** From one numbering to the other: as bits follow each other in the frame, the highest of a byte first. */
export function toOrder(bit: number): number {
  return (bit & ~7) + 7 - (bit & 7);
}

/** Which signal has which bit; of several the first. */
export function findOwners(signals: readonly Layout[]): ReadonlyMap<number, number> {
  const owners = new Map<number, number>();
  signals.forEach((signal, place) => {
    for (const bit of listSignalBits(signal)) if (!owners.has(bit)) owners.set(bit, place);
  });
  return owners;
}

/** Letter of a signal, the same in the bit grid and in the list: a to z, then aa. */
export function letterOf(place: number): string {
  const letter = String.fromCharCode(97 + (place % 26));
  return place < 26 ? letter : letterOf(Math.floor(place / 26) - 1) + letter;
}

/** Class of the colour of a signal. */
export function seriesClassOf(place: number): string {
  return `series${String((place % 6) + 1)}`;
}

/** The signal that a stretch of bits would be, written as a line of a DBC file. */
export function writeSignalLine(name: string, first: number, last: number): string {
  const [from, to] = [Math.min(first, last), Math.max(first, last)];
  const isInOneByte = from >> 3 === to >> 3;
  if (isInOneByte) return ` SG_ ${name} : ${String(from)}|${String(to - from + 1)}@1+ (1,0) [0|0] "" XXX`;
  const start = Math.min(toOrder(first), toOrder(last));
  const length = Math.abs(toOrder(first) - toOrder(last)) + 1;
  return ` SG_ ${name} : ${String(toOrder(start))}|${String(length)}@0+ (1,0) [0|0] "" XXX`;
}
