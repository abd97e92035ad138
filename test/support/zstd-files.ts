import { constants, zstdCompressSync } from 'node:zlib';

/** How `packFrame` packs; by default as an openpilot device does: no content size, no checksum. */
export interface FrameOptions {
  readonly hasChecksum?: boolean;
  readonly hasContentSize?: boolean;
}

/** Packs content as one frame with libzstd. */
export function packFrame(content: Uint8Array, options: FrameOptions = {}): Uint8Array {
  return zstdCompressSync(content, {
    params: {
      [constants.ZSTD_c_checksumFlag]: options.hasChecksum === true ? 1 : 0,
      [constants.ZSTD_c_contentSizeFlag]: options.hasContentSize === true ? 1 : 0,
    },
  });
}

/** A block as `buildFrame` writes it: bytes as they are, a byte repeated, or a header of one's own and what follows. */
export type BlockContent =
  | { readonly raw: Uint8Array }
  | { readonly byte: number; readonly count: number }
  | { readonly header: number; readonly stored: Uint8Array };

/** What `buildFrame` writes into the header; by default a window of 128 KiB and nothing else. */
export interface HeaderContent {
  /** Flags of the descriptor besides those that follow from the rest. */
  readonly flags?: number;
  /** Five bits power of two over 1 KiB, three bits eighths. */
  readonly windowByte?: number;
  /** As eight bytes. */
  readonly contentBytes?: bigint;
  /** As four bytes. */
  readonly dictionaryId?: number;
}

/** Builds a frame by hand, so that it can say what libzstd would not. */
export function buildFrame(blocks: readonly BlockContent[], header: HeaderContent = {}): Uint8Array {
  const contentSize = header.contentBytes === undefined ? [] : littleEndian(header.contentBytes, 8);
  const dictionaryId = header.dictionaryId === undefined ? [] : littleEndian(BigInt(header.dictionaryId), 4);
  const flags =
    (header.flags ?? 0) | (contentSize.length > 0 ? 0xc0 : 0) | (dictionaryId.length > 0 ? 0x03 : 0);
  const magic = [0x28, 0xb5, 0x2f, 0xfd];
  const head = [...magic, flags, header.windowByte ?? 0x38, ...dictionaryId, ...contentSize];
  return concat([
    Uint8Array.from(head),
    ...blocks.map((block, i) => buildBlock(block, i === blocks.length - 1)),
  ]);
}

function buildBlock(block: BlockContent, isLast: boolean): Uint8Array {
  const last = isLast ? 1 : 0;
  if ('raw' in block) return concat([blockHeader((block.raw.length << 3) | last), block.raw]);
  if ('byte' in block)
    return concat([blockHeader((block.count << 3) | 0b010 | last), Uint8Array.of(block.byte)]);
  return concat([blockHeader(block.header | last), block.stored]);
}

function blockHeader(value: number): Uint8Array {
  return Uint8Array.from(littleEndian(BigInt(value), 3));
}

/** A frame that readers pass over. */
export function buildSkippableFrame(content: Uint8Array, kind = 0): Uint8Array {
  return concat([
    Uint8Array.of(0x50 + kind, 0x2a, 0x4d, 0x18, ...littleEndian(BigInt(content.length), 4)),
    content,
  ]);
}

function littleEndian(value: bigint, length: number): number[] {
  return Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
