import type { Problem } from '#protocol';

import type { ByteStream } from '../../core/rlog/byte-stream.ts';
import type { InputWindow } from '../files/input-window.ts';
import type { ZstdEngine } from './zstd-engine.ts';
import { MAX_WINDOW_BYTES, type ZstdPiece, ZstdPieces } from './zstd-pieces.ts';

/** The content of all frames of a zstd file. Owns `input` and `engine`. */
export class ZstdStream implements ByteStream {
  readonly format = 'zstd';
  readonly fileBytes: number;
  readonly #input: InputWindow;
  readonly #engine: ZstdEngine;
  readonly #pieces: ZstdPieces;
  readonly #problems: Problem[] = [];
  /** The piece that the engine is at; none between two pieces. */
  #piece: ZstdPiece | undefined;
  /** Decompressed so far from the frame at hand. */
  #contentBytes = 0;
  #isDone = false;

  constructor(input: InputWindow, engine: ZstdEngine) {
    this.fileBytes = input.sizeBytes;
    this.#input = input;
    this.#engine = engine;
    this.#pieces = new ZstdPieces(input, this.#problems);
  }

  get fileBytesRead(): number {
    return this.#input.position;
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  async read(target: Uint8Array): Promise<number> {
    let filled = 0;
    while (filled < target.length && !this.#isDone) {
      const piece = this.#piece ?? (await this.#feedPiece());
      if (piece === undefined) break;
      filled += await this.#drain(piece, target.subarray(filled));
    }
    return filled;
  }

  async close(): Promise<void> {
    this.#isDone = true;
    this.#engine.close();
    await this.#input.close();
  }

  async #feedPiece(): Promise<ZstdPiece | undefined> {
    const piece = await this.#pieces.next();
    if (piece === undefined || this.#isDone) return undefined;
    if (piece.kind === 'header') this.#contentBytes = 0;
    if (this.#outgrowsWindow(piece)) {
      this.#endAtWindow(piece);
      return undefined;
    }
    this.#engine.feed(piece.bytes);
    this.#piece = piece;
    return piece;
  }

  async #drain(piece: ZstdPiece, target: Uint8Array): Promise<number> {
    try {
      const count = await this.#engine.drain(target);
      this.#contentBytes += count;
      if (count < target.length) this.#finish(piece);
      return count;
    } catch {
      this.#fail(piece);
      return 0;
    }
  }

  #finish(piece: ZstdPiece): void {
    this.#piece = undefined;
    const { contentBytes } = piece.header;
    if (!piece.endsFrame || contentBytes === undefined || contentBytes === this.#contentBytes) return;
    this.#problems.push({
      code: 'CONTAINER_CHECKSUM',
      message:
        `The frame at byte ${piece.frameAtByte} claims ${contentBytes} bytes of content but holds ` +
        `${this.#contentBytes}; its content was kept.`,
      atByte: piece.frameAtByte,
    });
  }

  #fail(piece: ZstdPiece): void {
    if (this.#isDone) return; // closed meanwhile
    this.#piece = undefined;
    this.#engine.reset();
    if (piece.kind === 'checksum') this.#noteChecksum(piece);
    else this.#endDamaged(piece);
  }

  #noteChecksum({ atByte, frameAtByte, bytes }: ZstdPiece): void {
    this.#problems.push({
      code: 'CONTAINER_CHECKSUM',
      message: `The checksum of the frame at byte ${frameAtByte} is wrong; its content was kept, part of it may be false.`,
      atByte,
      byteLength: bytes.length,
    });
  }

  // libzstd's own words are left out: they depend on what the decoder has read before.
  #endDamaged({ kind, atByte }: ZstdPiece): void {
    this.#isDone = true;
    const byteLength = this.fileBytes - atByte;
    this.#problems.push({
      code: 'CONTAINER_DAMAGED',
      message:
        `The ${kind} at byte ${atByte} is damaged and cannot be decompressed; ` +
        `the ${byteLength} bytes from there on were not read.`,
      atByte,
      byteLength,
    });
  }

  /**
   * A frame that asked for more gets a window of MAX_WINDOW_BYTES, which is enough until its content grows larger
   * than that: nothing can refer to what is farther back than the frame's start.
   */
  #outgrowsWindow(piece: ZstdPiece): boolean {
    return piece.header.windowBytes > MAX_WINDOW_BYTES && this.#contentBytes > MAX_WINDOW_BYTES;
  }

  #endAtWindow(piece: ZstdPiece): void {
    this.#isDone = true;
    this.#problems.push({
      code: 'SIZE_LIMIT',
      message:
        `The frame at byte ${piece.frameAtByte} needs a window of ${piece.header.windowBytes} bytes, CTS gives it ` +
        `${MAX_WINDOW_BYTES}; reading stopped at byte ${piece.atByte}. Unpack the file with zstd -d --long=31 first.`,
    });
  }
}
