/** Text that is gathered before it is handed on. */
const CHUNK_CHARS = 64 * 1024;

/** Receives lines; work goes on when the promise is settled. */
export type TakeLines = (lines: string[]) => void | Promise<void>;

/** Hands lines on, some at a time, and not more than are wanted. */
export class LineDelivery {
  delivered = 0;
  readonly #limit: number;
  readonly #take: TakeLines;
  #lines: string[] = [];
  #chars = 0;

  constructor(limit: number, take: TakeLines) {
    this.#limit = limit;
    this.#take = take;
  }

  get isFull(): boolean {
    return this.delivered >= this.#limit;
  }

  async add(lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      if (this.isFull) return;
      this.delivered++;
      this.#lines.push(line);
      this.#chars += line.length;
      if (this.#chars > CHUNK_CHARS) await this.flush();
    }
  }

  /** Hands on what is left. */
  async flush(): Promise<void> {
    const lines = this.#lines;
    this.#lines = [];
    this.#chars = 0;
    if (lines.length > 0) await this.#take(lines);
  }
}
