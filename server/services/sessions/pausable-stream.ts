import type { ByteStream, ContainerFormat } from '../../core/rlog/byte-stream.ts';
import type { Problem } from '#protocol';
import { StepTurns } from './step-turns.ts';

const SKIP_BYTES = 1024 * 1024;

/** Whether reading goes on: shut, it lets nobody through until it is opened. */
export class ReadingGate {
  #opened: Promise<void> | undefined;
  #open: () => void = () => undefined;

  get isShut(): boolean {
    return this.#opened !== undefined;
  }

  shut(): void {
    this.#opened ??= new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#opened = undefined;
    this.#open();
  }

  /** Settles when the gate is open. */
  async pass(): Promise<void> {
    await this.#opened;
  }
}

/** What a stream that can be paused needs. */
export interface PausableParts {
  readonly open: () => Promise<ByteStream>;
  readonly gate: ReadingGate;
  /** Told of everything that is read, once. */
  readonly record: (bytes: Uint8Array) => void;
}

/**
 * A stream that holds no file while its gate is shut: it is opened anew behind that, and goes on where it was.
 */
export class PausableStream implements ByteStream {
  readonly #parts: PausableParts;
  #inner: ByteStream;
  #isOpen = true;
  #delivered = 0;

  private constructor(inner: ByteStream, parts: PausableParts) {
    this.#inner = inner;
    this.#parts = parts;
  }

  /** @throws {CtsError} Why the file cannot be opened. */
  static async open(parts: PausableParts): Promise<PausableStream> {
    await parts.gate.pass();
    return new PausableStream(await parts.open(), parts);
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
    return this.#inner.problems;
  }

  async read(target: Uint8Array): Promise<number> {
    if (this.#parts.gate.isShut) await this.#waitOutside();
    if (!this.#isOpen) await this.#reopen();
    const count = await this.#inner.read(target);
    if (count > 0) this.#parts.record(target.subarray(0, count));
    this.#delivered += count;
    return count;
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    await this.#inner.close();
  }

  async #waitOutside(): Promise<void> {
    await this.close();
    await this.#parts.gate.pass();
  }

  async #reopen(): Promise<void> {
    this.#inner = await this.#parts.open();
    this.#isOpen = true;
    const turns = new StepTurns();
    const piece = new Uint8Array(SKIP_BYTES);
    for (let left = this.#delivered; left > 0;) {
      const count = await this.#inner.read(piece.subarray(0, Math.min(left, SKIP_BYTES)));
      if (count === 0) return;
      left -= count;
      await turns.give();
    }
  }
}
