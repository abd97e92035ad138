import * as zlib from 'node:zlib';

import type { ZstdEngine } from './zstd-engine.ts';

const NOTHING = new Uint8Array(0);
/** Room for the content of several blocks, so that most blocks cost one call. */
const CHUNK_BYTES = 1024 * 1024;

/** libzstd of Node itself; `undefined` before Node 22.15, which has none. */
export function openNodeZlibEngine(): ZstdEngine | undefined {
  return 'createZstdDecompress' in zlib ? new NodeZlibEngine() : undefined;
}

/**
 * Decompresses on a thread of Node's pool, one piece at a time.
 *
 * Node ends its stream at the end of a frame only when more input follows in the same write, and takes an unfinished
 * frame for an error or for none, depending on its version. Fed with single pieces and never ended it does neither.
 */
class NodeZlibEngine implements ZstdEngine {
  #stream: zlib.ZstdDecompress | undefined;
  #piece: Uint8Array = NOTHING;
  /** Decompressed, not yet written to a target: at most the content of one block. */
  readonly #chunks: Uint8Array[] = [];
  #fail: (error: Error) => void = ignore;

  feed(piece: Uint8Array): void {
    this.#piece = piece;
  }

  async drain(target: Uint8Array): Promise<number> {
    const piece = this.#piece;
    this.#piece = NOTHING;
    if (piece.length > 0) await this.#decompress(piece);
    return this.#take(target);
  }

  reset(): void {
    this.close();
    this.#piece = NOTHING;
    this.#chunks.length = 0;
  }

  close(): void {
    this.#stream?.destroy();
    this.#stream = undefined;
  }

  /** Puts the content of `piece` into `#chunks`. */
  #decompress(piece: Uint8Array): Promise<void> {
    const stream = (this.#stream ??= this.#createStream());
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      stream.write(piece, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  #createStream(): zlib.ZstdDecompress {
    const stream = zlib.createZstdDecompress({ chunkSize: CHUNK_BYTES });
    stream.on('data', (chunk: Uint8Array) => this.#chunks.push(chunk));
    // A write that fails, or is overtaken by close, is never called back.
    stream.on('error', (error) => this.#fail(error));
    stream.on('close', () => this.#fail(new Error('The decoder was closed')));
    return stream;
  }

  #take(target: Uint8Array): number {
    let filled = 0;
    while (filled < target.length) {
      const chunk = this.#chunks.shift();
      if (chunk === undefined) break;
      const fitting = chunk.subarray(0, target.length - filled);
      target.set(fitting, filled);
      filled += fitting.length;
      if (fitting.length < chunk.length) this.#chunks.unshift(chunk.subarray(fitting.length));
    }
    return filled;
  }
}

function ignore(): void {
  // Nothing is being decompressed that could fail.
}
