/**
 * The shape of zstd data, without its compression. Source: RFC 8878, section 3.
 *
 * ```
 * file   frame | skippable frame | frame | ...
 * frame  magic (4) | header (2 to 14) | block | block | ... | checksum (4), if the header says so
 * block  header (3) | content, at most 128 KiB
 * skippable frame  magic (4) | size (4) | content
 * ```
 */
export const ZSTD_MAGIC = 0xfd2fb528;
export const MAGIC_BYTES = 4;
export const SKIPPABLE_HEADER_BYTES = 8;
export const LONGEST_FRAME_HEADER_BYTES = 18;
export const BLOCK_HEADER_BYTES = 3;
export const CHECKSUM_BYTES = 4;
const LARGEST_BLOCK_BYTES = 128 * 1024;

const CHECKSUM_FLAG = 0b100;
const RESERVED_FLAG = 0b1000;
const SINGLE_SEGMENT_FLAG = 0b10_0000;
const SMALLEST_WINDOW_LOG = 10;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];
const RLE_BLOCK = 1;
const RESERVED_BLOCK = 3;

/** What a frame says about itself before its first block. */
export interface FrameHeader {
  /** How far back the content may refer to itself. */
  readonly windowBytes: number;
  /** What the frame claims to hold, exact up to 2^53; `undefined` when it claims nothing. A claim, not a fact. */
  readonly contentBytes: number | undefined;
  /** 0 when none is needed. */
  readonly dictionaryId: number;
  readonly hasChecksum: boolean;
  /** Set only by writers of a later format. */
  readonly hasReservedFlag: boolean;
}

/** What a block says about itself. */
export interface BlockHeader {
  readonly isLast: boolean;
  /** Size in the file, behind the header. */
  readonly storedBytes: number;
  /** Whether the block breaks the format's rules, so that no decoder would take it. */
  readonly isInvalid: boolean;
}

/** Whether the magic number is one of the sixteen of skippable frames. */
export function isSkippableMagic(magic: number): boolean {
  return magic >>> 4 === 0x184d2a5;
}

/** Whether `bytes`, fewer than four, may be the start of a frame of either kind. */
export function beginsMagic(bytes: Uint8Array): boolean {
  const first = bytes[0] ?? 0;
  const tail = bytes.subarray(1);
  if (first >>> 4 === 0x5) return tail.every((byte, i) => byte === [0x2a, 0x4d][i]);
  return first === 0x28 && tail.every((byte, i) => byte === [0xb5, 0x2f][i]);
}

/**
 * How long the frame header is.
 *
 * @param descriptor The byte behind the magic number.
 * @returns Bytes with the magic number, at most LONGEST_FRAME_HEADER_BYTES.
 */
export function measureFrameHeader(descriptor: number): number {
  const windowBytes = isSingleSegment(descriptor) ? 0 : 1;
  return MAGIC_BYTES + 1 + windowBytes + dictionaryIdLength(descriptor) + contentSizeLength(descriptor);
}

/** Reads a whole frame header, magic number included. */
export function readFrameHeader(bytes: Uint8Array): FrameHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const descriptor = view.getUint8(MAGIC_BYTES);
  const windowAt = MAGIC_BYTES + 1;
  const dictionaryAt = windowAt + (isSingleSegment(descriptor) ? 0 : 1);
  const contentSizeAt = dictionaryAt + dictionaryIdLength(descriptor);
  const contentBytes = readContentSize(view, contentSizeAt, contentSizeLength(descriptor));
  return {
    windowBytes: isSingleSegment(descriptor) ? (contentBytes ?? 0) : toWindowBytes(view.getUint8(windowAt)),
    contentBytes,
    dictionaryId: readLittleEndian(view, dictionaryAt, dictionaryIdLength(descriptor)),
    hasChecksum: (descriptor & CHECKSUM_FLAG) !== 0,
    hasReservedFlag: (descriptor & RESERVED_FLAG) !== 0,
  };
}

/** A frame whose content is its window: it has no window byte, but always a content size. */
function isSingleSegment(descriptor: number): boolean {
  return (descriptor & SINGLE_SEGMENT_FLAG) !== 0;
}

function dictionaryIdLength(descriptor: number): number {
  return DICTIONARY_ID_BYTES[descriptor & 3] ?? 0;
}

function contentSizeLength(descriptor: number): number {
  if (descriptor >>> 6 === 0 && isSingleSegment(descriptor)) return 1;
  return CONTENT_SIZE_BYTES[descriptor >>> 6] ?? 0;
}

function readContentSize(view: DataView, at: number, length: number): number | undefined {
  if (length === 0) return undefined;
  // Two bytes hold 256 to 65791, because one byte holds what is smaller.
  return readLittleEndian(view, at, length) + (length === 2 ? 256 : 0);
}

function readLittleEndian(view: DataView, at: number, length: number): number {
  let value = 0;
  for (let i = length - 1; i >= 0; i--) value = value * 256 + view.getUint8(at + i);
  return value;
}

/** A window byte holds the power of two in its upper five bits, and eighths of it to add in its lower three. */
function toWindowBytes(windowByte: number): number {
  const base = 2 ** (SMALLEST_WINDOW_LOG + (windowByte >>> 3));
  return base + (base / 8) * (windowByte & 7);
}

/**
 * Writes a frame header that claims nothing about its content, as a substitute for one that may lie.
 *
 * @param windowBytes Rounded up to what a window byte can hold.
 */
export function composeFrameHeader(header: Pick<FrameHeader, 'windowBytes' | 'hasChecksum'>): Uint8Array {
  let windowByte = 0;
  while (toWindowBytes(windowByte) < header.windowBytes) windowByte++;
  const bytes = new Uint8Array(MAGIC_BYTES + 2);
  new DataView(bytes.buffer).setUint32(0, ZSTD_MAGIC, true);
  bytes[MAGIC_BYTES] = header.hasChecksum ? CHECKSUM_FLAG : 0;
  bytes[MAGIC_BYTES + 1] = windowByte;
  return bytes;
}

/**
 * Reads the three bytes before a block: bit 0 marks the last one, bits 1 and 2 are its type, the rest is a size.
 *
 * @param value The three bytes as a little-endian number.
 * @param windowBytes A block holds no more than the window of its frame.
 */
export function readBlockHeader(value: number, windowBytes: number): BlockHeader {
  const type = (value >>> 1) & 3;
  const size = value >>> 3;
  return {
    isLast: (value & 1) === 1,
    // The size of a run is how often its single byte is repeated.
    storedBytes: type === RLE_BLOCK ? 1 : size,
    isInvalid: type === RESERVED_BLOCK || size > Math.min(windowBytes, LARGEST_BLOCK_BYTES),
  };
}
