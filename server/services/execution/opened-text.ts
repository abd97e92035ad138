import type { Problem } from '#protocol';
import type { ByteStream } from '../../core/rlog/byte-stream.ts';
import type { TextAccess } from '../../tools/input-access.ts';
import type { LogPassOptions } from '../logs/log-pass.ts';
import { scaleProgress } from '../logs/log-access.ts';

const PIECE_BYTES = 256 * 1024;

/** A text file, and how it is read. */
export interface TextSource {
  readonly name: string;
  readonly open: () => Promise<ByteStream>;
  readonly signal: AbortSignal;
  readonly onProgress: NonNullable<LogPassOptions['onProgress']>;
  /** Hears of damage, when the file has been read. */
  readonly onProblem: (problem: Problem) => void;
}

/** What a tool is given of a text file; each call of `chunks` reads it anew. */
export class OpenedText implements TextAccess {
  readonly kind = 'text';
  readonly name: string;
  readonly #source: TextSource;

  constructor(source: TextSource) {
    this.name = source.name;
    this.#source = source;
  }

  async *chunks({
    progress = { from: 0, to: 1 },
  }: Parameters<TextAccess['chunks']>[0] = {}): AsyncGenerator<Uint8Array> {
    const { signal, onProgress, onProblem, open } = this.#source;
    const tell = scaleProgress(onProgress, progress);
    const stream = await open();
    try {
      const piece = new Uint8Array(PIECE_BYTES);
      for (let count = await stream.read(piece); count > 0; count = await stream.read(piece)) {
        signal.throwIfAborted();
        yield piece.subarray(0, count);
        const fraction = Math.min(1, stream.fileBytesRead / Math.max(1, stream.fileBytes));
        await tell({ fraction, message: `reading ${this.name}` });
      }
      for (const problem of stream.problems) onProblem(problem);
    } finally {
      await stream.close();
    }
  }
}
