import type { Problem } from '#protocol';

import type { ByteStream, ContainerFormat } from '../../core/rlog/byte-stream.ts';

const MIB = 1024 * 1024;
const DEFAULT_LIMIT_BYTES = 1024 * MIB;
const SMALLEST_DEFAULT_LIMIT_BYTES = 64 * MIB;
/** Logs shrink to a half or a twentieth of their size; what shrinks to a 250th is a bomb. */
const LARGEST_PLAUSIBLE_RATIO = 250;

/** How many decompressed bytes a file of `fileBytes` may yield when nobody said otherwise. */
export function defaultLimitBytes(fileBytes: number): number {
  const plausibleBytes = Math.ceil((LARGEST_PLAUSIBLE_RATIO * fileBytes) / MIB) * MIB;
  return Math.min(DEFAULT_LIMIT_BYTES, Math.max(SMALLEST_DEFAULT_LIMIT_BYTES, plausibleBytes));
}

/** Another stream up to a limit; reaching it is a SIZE_LIMIT problem, and what was read stands. */
export class SizeLimitedStream implements ByteStream {
  readonly #inner: ByteStream;
  readonly #maxBytes: number;
  #leftBytes: number;
  #limitProblem: Problem | undefined;

  constructor(inner: ByteStream, maxBytes: number) {
    this.#inner = inner;
    this.#maxBytes = maxBytes;
    this.#leftBytes = maxBytes;
  }

  get format(): ContainerFormat {
    return this.#inner.format;
  }

  get fileBytes(): number {
    return this.#inner.fileBytes;
  }

  get fileBytesRead(): number {
    return this.#inner.fileBytesRead;
  }

  get problems(): readonly Problem[] {
    const { problems } = this.#inner;
    return this.#limitProblem === undefined ? problems : [...problems, this.#limitProblem];
  }

  async read(target: Uint8Array): Promise<number> {
    if (this.#leftBytes === 0) return this.#end();
    const count = await this.#inner.read(target.subarray(0, this.#leftBytes));
    this.#leftBytes -= count;
    return count;
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  /** A log that ends exactly at the limit is whole: only one more byte makes the problem. */
  async #end(): Promise<0> {
    if (this.#limitProblem !== undefined || (await this.#inner.read(new Uint8Array(1))) === 0) return 0;
    this.#limitProblem = {
      code: 'SIZE_LIMIT',
      message:
        `Reading stopped at the limit of ${describeBytes(this.#maxBytes)} of decompressed log, after ` +
        `${this.fileBytesRead} of the file's ${this.fileBytes} bytes; set a larger limit (--max-bytes) to read on.`,
      atByte: this.#maxBytes,
    };
    return 0;
  }
}

function describeBytes(count: number): string {
  return count % MIB === 0 ? `${count / MIB} MiB` : `${count} bytes`;
}
