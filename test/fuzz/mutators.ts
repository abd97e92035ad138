import type { SeededRandom } from '../../tools/sample-log/seeded-random.ts';

/** Changes a file. May change `bytes` in place and return them, or return others; they are never empty. */
export type Mutator = (bytes: Uint8Array, random: SeededRandom) => Uint8Array;

const MAX_BLOCK_BYTES = 4096;
/** Numbers at which arithmetic on sizes and offsets goes wrong. */
const EXTREMES = [
  0, 1, 2, 7, 8, 63, 64, 255, 256, 511, 512, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0xf_ffff, 0x10_0000, 0x7f_ffff,
  0x1fff_ffff, 0x2000_0000, 0x3fff_ffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fff8, 0xffff_fffe, 0xffff_ffff,
] as const;

/** Mutators of any bytes. */
export const BYTE_MUTATORS: readonly Mutator[] = [
  flipBits,
  setBytes,
  setInteger,
  deleteBlock,
  duplicateBlock,
  swapBlocks,
  insertBlock,
  truncate,
];

/** Mutators that leave the framing of messages as it is, so that their content is read. */
export const CONTENT_MUTATORS: readonly Mutator[] = [
  mutatePointer,
  mutatePointer,
  mutatePointer,
  setInteger,
  flipBits,
];

/** Mutators that know how a log of messages is framed. */
export const FRAMING_MUTATORS: readonly Mutator[] = [
  mutateSegmentTable,
  mutateSegmentTable,
  moveMessage,
  shiftWords,
];

/** Mutators that know where containers keep their sizes and flags. */
export const CONTAINER_MUTATORS: readonly Mutator[] = [
  mutateFrameHeader,
  mutateBlockHeader,
  mutateTail,
  addContainer,
];

function flipBits(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  for (let i = 1 + random.below(8); i > 0; i--) flipBit(bytes, random.below(bytes.length), random);
  return bytes;
}

function flipBit(bytes: Uint8Array, at: number, random: SeededRandom): void {
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
}

function setBytes(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const { start, end } = chooseBlock(bytes, random);
  return bytes.fill(random.pick([0, 0xff, random.below(256)]), start, end);
}

function setInteger(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const at = 4 * random.below(Math.max(1, bytes.length >> 2));
  writeUint32(bytes, at, chooseInteger(readUint32(bytes, at), random));
  return bytes;
}

function deleteBlock(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const { start, end } = chooseBlock(bytes, random);
  return join(bytes.subarray(0, start), bytes.subarray(end));
}

function duplicateBlock(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const { start, end } = chooseBlock(bytes, random);
  const at = random.below(bytes.length);
  return join(bytes.subarray(0, at), bytes.subarray(start, end), bytes.subarray(at));
}

function swapBlocks(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const block = chooseBlock(bytes, random);
  const to = random.below(bytes.length - (block.end - block.start) + 1);
  const other = bytes.slice(to, to + block.end - block.start);
  bytes.copyWithin(to, block.start, block.end);
  bytes.set(other, block.start);
  return bytes;
}

function insertBlock(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const at = random.below(bytes.length + 1);
  const block = new Uint8Array(random.pick([1, 3, 8, 16, 100, 1000]));
  if (random.below(2) === 0) for (let i = 0; i < block.length; i++) block[i] = random.below(256);
  return join(bytes.subarray(0, at), block, bytes.subarray(at));
}

function truncate(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  return bytes.slice(0, 1 + random.below(bytes.length));
}

/** Changes offset, sizes or kind of a word that may be a pointer. */
function mutatePointer(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const at = findPointer(bytes, random);
  const low = readUint32(bytes, at);
  const high = readUint32(bytes, at + 4);
  switch (random.below(7)) {
    case 0: // Elsewhere nearby.
      writeUint32(bytes, at, low + 4 * (random.below(33) - 16));
      break;
    case 1: // Anywhere.
      writeUint32(bytes, at, (low & 3) | (random.bits() & ~3));
      break;
    case 2: // Another size.
      writeUint32(bytes, at + 4, chooseInteger(high, random));
      break;
    case 3: // Another kind of list, or of pointer.
      if ((low & 3) === 1) writeUint32(bytes, at + 4, (high & ~7) | random.below(8));
      else writeUint32(bytes, at, (low & ~3) | random.below(4));
      break;
    case 4: // A far pointer, to a pad of one word or two.
      writeUint32(bytes, at, 2 | (random.below(2) << 2) | (random.below(64) << 3));
      writeUint32(bytes, at + 4, random.pick([0, 1, 2, random.below(16), random.bits()]));
      break;
    case 5: // A list of many elements of no size.
      writeUint32(bytes, at, (low & ~3) | 1);
      writeUint32(bytes, at + 4, (random.bits() & ~7) | random.pick([0, 1, 7]));
      break;
    default: // What another pointer leads to.
      copyPointer(bytes, findPointer(bytes, random), at);
  }
  return bytes;
}

/** Lets the pointer at `to` lead where the near pointer at `from` leads. */
function copyPointer(bytes: Uint8Array, from: number, to: number): void {
  const low = readUint32(bytes, from);
  writeUint32(bytes, to, (low & 3) === 2 ? low : low + (from - to) / 2);
  writeUint32(bytes, to + 4, readUint32(bytes, from + 4));
}

/** Byte of a word that looks like a pointer: most words of a log do not. */
function findPointer(bytes: Uint8Array, random: SeededRandom): number {
  let at = 0;
  for (let tries = 0; tries < 64; tries++) {
    at = 8 * random.below(Math.max(1, bytes.length >> 3));
    const offset = (readUint32(bytes, at) | 0) >> 2;
    const high = readUint32(bytes, at + 4);
    if (high !== 0 && Math.abs(offset) < 4096 && high >>> 16 < 4096) return at;
  }
  return at;
}

function mutateSegmentTable(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const starts = listMessages(bytes);
  const at = starts[random.below(Math.max(1, starts.length))] ?? 0;
  const entry = at + 4 * random.below(readUint32(bytes, at) < 16 ? readUint32(bytes, at) + 3 : 3);
  writeUint32(bytes, entry, chooseInteger(readUint32(bytes, entry), random));
  return bytes;
}

/** Deletes, repeats or moves one whole message. */
function moveMessage(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const starts = listMessages(bytes);
  if (starts.length < 2) return bytes;
  const index = random.below(starts.length - 1);
  const start = starts[index] ?? 0;
  const end = starts[index + 1] ?? bytes.length;
  const to = starts[random.below(starts.length)] ?? 0;
  const message = bytes.slice(start, end);
  const others = random.below(2) === 0 ? bytes : join(bytes.subarray(0, start), bytes.subarray(end));
  const at = Math.min(to, others.length);
  return join(
    others.subarray(0, at),
    ...new Array<Uint8Array>(random.below(4)).fill(message),
    others.subarray(at),
  );
}

/** Moves everything behind a place by whole words or by single bytes. */
function shiftWords(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const at = 8 * random.below(Math.max(1, bytes.length >> 3));
  const gap = new Uint8Array(random.pick([1, 4, 8, 8 * random.below(64)]));
  return join(bytes.subarray(0, at), gap, bytes.subarray(at));
}

/** Where messages begin, as far as the framing goes. */
function listMessages(bytes: Uint8Array): readonly number[] {
  const starts: number[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    starts.push(at);
    const count = readUint32(bytes, at) + 1;
    if (count > 4096) break;
    let size = 8 * ((count >> 1) + 1);
    for (let i = 1; i <= count; i++) size += 8 * readUint32(bytes, at + 4 * i);
    at += size;
  }
  return starts;
}

function mutateFrameHeader(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const at = random.below(Math.min(bytes.length, 18));
  if (random.below(2) === 0) flipBit(bytes, at, random);
  else bytes[at] = random.pick([0, 0xff, 0x28, 0x50, 0x5f, random.below(256)]);
  return bytes;
}

/** A zstd block begins with 3 bytes: last flag, type, size. Its first lies within the first 18 bytes of a frame. */
function mutateBlockHeader(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  let at = Math.min(bytes.length - 1, 6 + random.below(3));
  for (let hops = random.below(8); hops > 0 && at + 3 < bytes.length; hops--) {
    at = Math.min(bytes.length - 1, at + 3 + ((readUint32(bytes, at) >>> 3) % MAX_BLOCK_BYTES));
  }
  bytes[at] = (bytes[at] ?? 0) ^ random.pick([1, 2, 4, 6, 8, 0xff]);
  return bytes;
}

function mutateTail(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  flipBit(bytes, bytes.length - 1 - random.below(Math.min(bytes.length, 12)), random);
  return bytes;
}

const CONTAINERS: readonly [Uint8Array, ...Uint8Array[]] = [
  Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 0x01, 0x00, 0x00), // a frame of no content
  Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 0xff, 0x01, 0x00, 0x00), // one that declares 255 bytes
  Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8, 0x01, 0x00, 0x00), // one that wants a window of 1 TiB
  Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 0x03, 0x00, 0x20, 0x41), // a run of 256 KiB
  Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 0x04, 0x00, 0x00, 0x00, 1, 2, 3, 4), // a frame to skip
  Uint8Array.of(0x5f, 0x2a, 0x4d, 0x18, 0xff, 0xff, 0xff, 0xff), // one of 4 GiB
  Uint8Array.of(0x42, 0x5a, 0x68, 0x39, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0, 0, 0), // a bzip2 stream of no content
  Uint8Array.of(0x1f, 0x8b, 0x08, 0x00), // gzip
];

/** Puts a small container of some kind before, behind or between. */
function addContainer(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const at = random.pick([0, bytes.length, random.below(bytes.length)]);
  return join(bytes.subarray(0, at), random.pick(CONTAINERS), bytes.subarray(at));
}

/** The start of one file and the end of another. */
export function splice(bytes: Uint8Array, other: Uint8Array, random: SeededRandom): Uint8Array {
  const isWhole = random.below(2) === 0;
  const head = random.below(bytes.length + 1);
  const tail = random.below(other.length + 1);
  return join(bytes.subarray(0, isWhole ? bytes.length : head), other.subarray(isWhole ? 0 : tail));
}

function chooseBlock(
  bytes: Uint8Array,
  random: SeededRandom,
): { readonly start: number; readonly end: number } {
  const start = random.below(bytes.length);
  const length = 1 + random.below(random.pick([8, 64, MAX_BLOCK_BYTES]));
  return { start, end: Math.min(bytes.length, start + length) };
}

function chooseInteger(old: number, random: SeededRandom): number {
  return random.pick([
    EXTREMES[random.below(EXTREMES.length)] ?? 0,
    random.bits(),
    old + 1,
    old - 1,
    old ^ (1 << random.below(32)),
    random.below(1024),
  ]);
}

function join(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

function readUint32(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = 3; i >= 0; i--) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

/** Writes the lower 32 bits; what lies past the end is dropped. */
function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  for (let i = 0; i < 4 && at + i < bytes.length; i++) bytes[at + i] = value >>> (8 * i);
}
