import type { DbcMessageInfo, DbcSignalInfo } from '#protocol';
import { formatPlural } from './quantities.ts';

/** Rows that are drawn; messages of more bytes than CAN FD has are told in words. */
const MOST_ROWS = 64;
const MOST_BITS = 8 * MOST_ROWS;

const EMPTY = '·';
/** A bit of several signals. */
const SHARED = '*';

/** A signal in a picture. */
export interface DrawnSignal {
  readonly signal: DbcSignalInfo;
  readonly letter: string;
  readonly paint: (text: string) => string;
}

/**
 * Draws which bit belongs to which signal: a row a byte, bit 7 left. The heads carry both numberings, that of DBC
 * above and that in the order of the bits below; the row carries what is to be added to either.
 */
export function drawBitPicture(
  { sizeBytes }: Pick<DbcMessageInfo, 'sizeBytes'>,
  signals: readonly DrawnSignal[],
): readonly string[] {
  const rows = Math.min(sizeBytes, MOST_ROWS);
  const owners = findOwners(8 * rows, signals);
  return [
    'byte    +   7  6  5  4  3  2  1  0   bit as DBC files count',
    '            0  1  2  3  4  5  6  7   bit in order',
    ...Array.from({ length: rows }, (_, byte) => drawRow(byte, owners)),
    ...(owners.includes(SHARED) ? [`   ${SHARED}  of several signals`] : []),
    ...(sizeBytes > rows ? [`${formatPlural(sizeBytes - rows, 'byte')} more`] : []),
  ];
}

function drawRow(byte: number, owners: readonly (string | undefined)[]): string {
  const cells = [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => owners[8 * byte + bit] ?? EMPTY);
  return `${String(byte).padStart(4)}  ${String(8 * byte).padStart(3)}   ${cells.join('  ')}`;
}

function findOwners(bits: number, signals: readonly DrawnSignal[]): readonly (string | undefined)[] {
  const owners = new Array<string | undefined>(bits).fill(undefined);
  for (const { signal, letter, paint } of signals)
    for (const bit of listBits(signal))
      if (bit < bits) owners[bit] = owners[bit] === undefined ? paint(letter) : SHARED;
  return owners;
}

/** Bits of a signal as DBC counts, least significant first for little-endian, most for big; those that a frame may have. */
export function listBits({ startBit, length, byteOrder }: DbcSignalInfo): readonly number[] {
  if (!(startBit >= 0 && startBit < MOST_BITS)) return [];
  const count = Math.min(length, MOST_BITS);
  if (byteOrder === 'little-endian') return Array.from({ length: count }, (_, i) => startBit + i);
  const first = flipInByte(startBit);
  return Array.from({ length: count }, (_, i) => flipInByte(first + i));
}

/** From one numbering to the other: both count bytes alike, and the bits of a byte from either end. */
function flipInByte(bit: number): number {
  return bit - (bit % 8) + 7 - (bit % 8);
}
