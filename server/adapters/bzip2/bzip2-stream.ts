import { setImmediate } from 'node:timers/promises';

import type { Problem } from '#protocol';

import type { ByteStream } from '../../core/rlog/byte-stream.ts';
import type { InputWindow } from '../files/input-window.ts';
import { BitReader } from './bit-reader.ts';
import { BlockContent } from './block-content.ts';
import { type BlockHeader, LARGEST_HEADER_BYTES, readBlockHeader } from './block-header.ts';
import { composeBlockMask } from './block-mask.ts';
import { BlockSymbols, LARGEST_GROUP_BYTES } from './block-symbols.ts';
import { combineChecksums } from './bzip2-checksum.ts';

const STREAM_HEADER_BYTES = 4;
const MARK_BYTES = 6;
const CHECKSUM_BYTES = 4;
/** The first six bytes of pi begin a block, those of its square root end a stream. */
const BLOCK_MARK = 0x314159265359;
const END_MARK = 0x177245385090;
/** "BZh"; a digit follows, the size of the blocks in units of 100,000 bytes. */
const STREAM_MAGIC = 0x425a68;
const BLOCK_UNIT_BYTES = 100_000;
const LARGEST_BLOCK_BYTES = 9 * BLOCK_UNIT_BYTES;

/** One bzip2 stream of the file. */
interface Stream {
  readonly blockBytes: number;
  /** As computed from the blocks' own checksums. */
  checksum: number;
  /** Whether the checksum of a block was wrong, so that the stream's tells nothing new. */
  hasBadBlock: boolean;
}

/** A block that is being handed out. */
interface Block {
  readonly atByte: number;
  readonly checksum: number;
}

/**
 * The content of all streams of a bzip2 file, block by block.
 *
 * ```
 * file    stream | stream | ...
 * stream  "BZh" digit | block | block | ... | end mark (48 bits) | checksum (32 bits) | padding to a whole byte
 * ```
 *
 * Blocks begin at any bit. A block is decoded only as a whole, so a cut costs the block that it is in. Owns `input`.
 */
export class Bzip2Stream implements ByteStream {
  readonly format = 'bzip2';
  readonly fileBytes: number;
  readonly #input: InputWindow;
  readonly #reader: BitReader;
  readonly #problems: Problem[] = [];
  readonly #rows = new Uint32Array(LARGEST_BLOCK_BYTES);
  readonly #content = new BlockContent(this.#rows);
  #stream: Stream | undefined;
  #block: Block | undefined;
  #isDone = false;

  constructor(input: InputWindow) {
    this.fileBytes = input.sizeBytes;
    this.#input = input;
    this.#reader = new BitReader(input);
  }

  get fileBytesRead(): number {
    return Math.min(this.#reader.position, this.fileBytes);
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  async read(target: Uint8Array): Promise<number> {
    let filled = 0;
    while (filled < target.length && !this.#isDone) {
      this.#block ??= await this.#openBlock();
      if (this.#block === undefined) break;
      filled += this.#content.write(target.subarray(filled));
      if (this.#content.isDone) this.#finishBlock(this.#block);
    }
    return filled;
  }

  async close(): Promise<void> {
    this.#isDone = true;
    await this.#input.close();
  }

  /** Decodes up to the start of the content of the next block; `undefined` at the end. */
  async #openBlock(): Promise<Block | undefined> {
    const reader = this.#reader;
    while (!this.#isDone) {
      this.#stream ??= await this.#openStream();
      if (this.#stream === undefined) return undefined;
      await reader.prepare(MARK_BYTES + CHECKSUM_BYTES + 1);
      const atByte = reader.position;
      const mark = reader.readBits(24) * 0x100_0000 + reader.readBits(24);
      if (mark === BLOCK_MARK) return this.#decodeBlock(this.#stream, atByte);
      if (mark === END_MARK) this.#closeStream(this.#stream, atByte);
      else this.#endUnreadable(atByte, 'The mark of a block');
    }
    return undefined;
  }

  async #openStream(): Promise<Stream | undefined> {
    const reader = this.#reader;
    const isWhole = await reader.prepare(STREAM_HEADER_BYTES);
    const atByte = reader.position;
    const magicBits = 8 * Math.min(this.fileBytes - atByte, 3);
    const isMagic = reader.readBits(magicBits) === STREAM_MAGIC >>> (24 - magicBits);
    const level = reader.readBits(8) - 0x30;
    if (isWhole && isMagic && level >= 1 && level <= 9) {
      return { blockBytes: level * BLOCK_UNIT_BYTES, checksum: 0, hasBadBlock: false };
    }
    if (magicBits === 0) this.#end();
    else if (isMagic && !isWhole) this.#endUnreadable(atByte, 'The header of a stream');
    else this.#endWithTrailingBytes(atByte);
    return undefined;
  }

  #closeStream(stream: Stream, atByte: number): void {
    const stored = this.#reader.readUint32();
    this.#reader.alignToByte();
    this.#stream = undefined;
    if (this.#reader.isOverrun) this.#endUnreadable(atByte, 'The end of a stream');
    else if (stored !== stream.checksum && !stream.hasBadBlock)
      this.#noteChecksum('stream that ends', atByte);
  }

  async #decodeBlock(stream: Stream, atByte: number): Promise<Block | undefined> {
    const reader = this.#reader;
    // Nothing may have waited for the disk up to here: others get their turn before some hard work.
    await setImmediate();
    await reader.prepare(LARGEST_HEADER_BYTES);
    const header = readBlockHeader(reader);
    if (header !== undefined && !reader.isOverrun && (await this.#startContent(header, stream))) {
      return { atByte, checksum: header.checksum };
    }
    this.#endUnreadable(atByte, 'The block');
    return undefined;
  }

  /** Decodes the symbols of a block; false when they are invalid or not all there. */
  async #startContent(header: BlockHeader, { blockBytes }: Stream): Promise<boolean> {
    const reader = this.#reader;
    const symbols = new BlockSymbols(header, this.#rows.subarray(0, blockBytes));
    let progress = symbols.decode(reader, { isFileEnd: false });
    while (progress === 'wants bytes') {
      const isFileEnd = !(await reader.prepare(LARGEST_GROUP_BYTES));
      progress = symbols.decode(reader, { isFileEnd });
    }
    const { length, counts } = symbols;
    const { origin, isRandomised } = header;
    if (progress === 'invalid' || origin >= length) return false;
    this.#content.start({ length, counts, origin });
    if (isRandomised) this.#content.unmask(composeBlockMask(length));
    return true;
  }

  #finishBlock(block: Block): void {
    this.#block = undefined;
    const stream = this.#stream;
    if (stream === undefined) return;
    stream.checksum = combineChecksums(stream.checksum, block.checksum);
    if (block.checksum === this.#content.checksum) return;
    stream.hasBadBlock = true;
    this.#noteChecksum('block that begins', block.atByte);
  }

  #noteChecksum(what: string, atByte: number): void {
    this.#problems.push({
      code: 'CONTAINER_CHECKSUM',
      message: `The checksum of the ${what} at byte ${atByte} is wrong; its content was kept, part of it may be false.`,
      atByte,
    });
  }

  /** What cannot be read is cut when the file ended in it, and damaged when not. */
  #endUnreadable(atByte: number, what: string): void {
    const isCut = this.#reader.isBehindFile;
    const byteLength = this.fileBytes - atByte;
    this.#end({
      code: isCut ? 'CONTAINER_CUT' : 'CONTAINER_DAMAGED',
      message: isCut
        ? `The file was cut at byte ${this.fileBytes}. ${what} that begins at byte ${atByte} is lost.`
        : `${what} that begins at byte ${atByte} is invalid; the ${byteLength} bytes from there on were not read.`,
      atByte,
      byteLength,
    });
  }

  #endWithTrailingBytes(atByte: number): void {
    const byteLength = this.fileBytes - atByte;
    const message = `The ${byteLength} bytes from byte ${atByte} on are no bzip2 stream and were not read.`;
    this.#end({ code: 'CONTAINER_TRAILING_BYTES', message, atByte, byteLength });
  }

  #end(problem?: Problem): void {
    const wasClosed = this.#isDone;
    this.#isDone = true;
    if (problem !== undefined && !wasClosed) this.#problems.push(problem);
  }
}
