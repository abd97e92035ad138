import type { Problem } from '#protocol';

import type { InputWindow } from '../files/input-window.ts';
import {
  beginsMagic,
  BLOCK_HEADER_BYTES,
  CHECKSUM_BYTES,
  composeFrameHeader,
  type FrameHeader,
  isSkippableMagic,
  MAGIC_BYTES,
  measureFrameHeader,
  readBlockHeader,
  readFrameHeader,
  SKIPPABLE_HEADER_BYTES,
  ZSTD_MAGIC,
} from './zstd-frames.ts';

/** No frame gets a larger window. Level 22 with long distance matching asks for as much. */
export const MAX_WINDOW_BYTES = 128 * 1024 * 1024;

/** A part of a frame that a decoder takes at once. */
export interface ZstdPiece {
  readonly kind: 'header' | 'block' | 'checksum';
  /** Valid until the next piece is asked for. */
  readonly bytes: Uint8Array;
  /** Where the piece begins in the file. */
  readonly atByte: number;
  /** Where its frame begins in the file. */
  readonly frameAtByte: number;
  /** The frame's header as the file has it; the header piece makes no claims and asks for at most MAX_WINDOW_BYTES. */
  readonly header: FrameHeader;
  readonly endsFrame: boolean;
}

interface Frame {
  readonly atByte: number;
  readonly header: FrameHeader;
}

/**
 * Walks a zstd file from piece to piece without decompressing anything: it alone knows where frames and blocks end.
 * Skippable frames are passed over.
 */
export class ZstdPieces {
  readonly #input: InputWindow;
  readonly #problems: Problem[];
  #frame: Frame | undefined;
  #wantsChecksum = false;
  #isDone = false;

  constructor(input: InputWindow, problems: Problem[]) {
    this.#input = input;
    this.#problems = problems;
  }

  /** `undefined` at the end; why it is one, if not as it should be, is a problem then. */
  async next(): Promise<ZstdPiece | undefined> {
    if (this.#isDone) return undefined;
    if (this.#frame === undefined) return this.#nextHeader();
    return this.#wantsChecksum ? this.#nextChecksum(this.#frame) : this.#nextBlock(this.#frame);
  }

  async #nextHeader(): Promise<ZstdPiece | undefined> {
    const input = this.#input;
    while (await input.require(MAGIC_BYTES)) {
      const magic = readUint32(input);
      if (magic === ZSTD_MAGIC) return this.#takeHeader();
      if (!isSkippableMagic(magic)) return this.#endWithTrailingBytes();
      const frameAtByte = input.position;
      if (!(await skipFrame(input))) return this.#endCut(frameAtByte, 'a skippable frame');
    }
    if (input.available === 0) return this.#end();
    return beginsMagic(input.bytes.subarray(input.start, input.end))
      ? this.#endCut(input.position, 'a frame header')
      : this.#endWithTrailingBytes();
  }

  async #takeHeader(): Promise<ZstdPiece | undefined> {
    const input = this.#input;
    const atByte = input.position;
    if (!(await input.require(MAGIC_BYTES + 1))) return this.#endCut(atByte, 'a frame header');
    const length = measureFrameHeader(input.bytes[input.start + MAGIC_BYTES] ?? 0);
    if (!(await input.require(length))) return this.#endCut(atByte, 'a frame header');
    const header = readFrameHeader(take(input, length));
    if (header.hasReservedFlag) return this.#endDamaged(atByte, 'a frame header no version of zstd writes');
    if (header.dictionaryId !== 0) {
      return this.#endDamaged(
        atByte,
        `a frame that needs dictionary ${header.dictionaryId}, which CTS has not`,
      );
    }
    this.#frame = { atByte, header };
    const { hasChecksum } = header;
    const windowBytes = Math.min(header.windowBytes, MAX_WINDOW_BYTES);
    const bytes = composeFrameHeader({ windowBytes, hasChecksum });
    return { kind: 'header', bytes, atByte, frameAtByte: atByte, header, endsFrame: false };
  }

  async #nextBlock({ atByte: frameAtByte, header }: Frame): Promise<ZstdPiece | undefined> {
    const input = this.#input;
    const atByte = input.position;
    if (!(await input.require(BLOCK_HEADER_BYTES))) return this.#endCut(atByte, 'a block header');
    const block = readBlockHeader(readUint24(input), header.windowBytes);
    if (block.isInvalid) return this.#endDamaged(atByte, 'an invalid block header');
    const length = BLOCK_HEADER_BYTES + block.storedBytes;
    if (!(await input.require(length))) return this.#endCut(atByte, 'a block');
    const endsFrame = block.isLast && !header.hasChecksum;
    this.#wantsChecksum = block.isLast && header.hasChecksum;
    if (endsFrame) this.#frame = undefined;
    return { kind: 'block', bytes: take(input, length), atByte, frameAtByte, header, endsFrame };
  }

  async #nextChecksum({ atByte: frameAtByte, header }: Frame): Promise<ZstdPiece | undefined> {
    const input = this.#input;
    const atByte = input.position;
    if (!(await input.require(CHECKSUM_BYTES))) return this.#endCut(atByte, 'a frame checksum');
    this.#frame = undefined;
    this.#wantsChecksum = false;
    const bytes = take(input, CHECKSUM_BYTES);
    return { kind: 'checksum', bytes, atByte, frameAtByte, header, endsFrame: true };
  }

  #endCut(atByte: number, where: string): ZstdPiece | undefined {
    const { sizeBytes } = this.#input;
    return this.#end({
      code: 'CONTAINER_CUT',
      message: `The file was cut at byte ${sizeBytes}, inside ${where} that begins at byte ${atByte}.`,
      atByte,
      byteLength: sizeBytes - atByte,
    });
  }

  #endDamaged(atByte: number, what: string): ZstdPiece | undefined {
    const byteLength = this.#input.sizeBytes - atByte;
    const message = `At byte ${atByte} stands ${what}; the ${byteLength} bytes from there on were not read.`;
    return this.#end({ code: 'CONTAINER_DAMAGED', message, atByte, byteLength });
  }

  #endWithTrailingBytes(): ZstdPiece | undefined {
    const { position: atByte, sizeBytes } = this.#input;
    const byteLength = sizeBytes - atByte;
    const message = `The ${byteLength} bytes from byte ${atByte} on are no zstd frame and were not read.`;
    return this.#end({ code: 'CONTAINER_TRAILING_BYTES', message, atByte, byteLength });
  }

  #end(problem?: Problem): ZstdPiece | undefined {
    this.#isDone = true;
    if (problem !== undefined) this.#problems.push(problem);
    return undefined;
  }
}

/** Passes over a skippable frame; false when the file ends inside it. */
async function skipFrame(input: InputWindow): Promise<boolean> {
  if (!(await input.require(SKIPPABLE_HEADER_BYTES))) return false;
  input.start += MAGIC_BYTES;
  const contentBytes = readUint32(input);
  return input.skip(MAGIC_BYTES + contentBytes);
}

function take(input: InputWindow, count: number): Uint8Array {
  const { bytes, start } = input;
  input.start += count;
  return bytes.subarray(start, start + count);
}

function readUint24({ bytes, start }: InputWindow): number {
  return (bytes[start] ?? 0) | ((bytes[start + 1] ?? 0) << 8) | ((bytes[start + 2] ?? 0) << 16);
}

function readUint32(input: InputWindow): number {
  return (readUint24(input) | ((input.bytes[input.start + 3] ?? 0) << 24)) >>> 0;
}
