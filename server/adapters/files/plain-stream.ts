import type { Problem } from '#protocol';

import type { ByteStream } from '../../core/rlog/byte-stream.ts';
import type { ByteSource } from './byte-source.ts';

/** The bytes of a log that is not packed, read straight into the caller's memory. Owns `source`. */
export class PlainStream implements ByteStream {
  readonly format = 'plain';
  readonly fileBytes: number;
  readonly problems: readonly Problem[] = [];
  readonly #source: ByteSource;
  #position = 0;
  #isClosed = false;

  constructor(source: ByteSource) {
    this.#source = source;
    this.fileBytes = source.sizeBytes;
  }

  get fileBytesRead(): number {
    return this.#position;
  }

  async read(target: Uint8Array): Promise<number> {
    if (this.#isClosed) return 0;
    const count = await this.#source.readAt(target, this.#position);
    this.#position += count;
    return count;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#source.close();
  }
}
