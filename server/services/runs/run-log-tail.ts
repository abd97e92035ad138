import type { RunLogEntry } from '#protocol';

const MAX_LINES = 4000;
const MAX_BYTES = 512 * 1024;

/** The last lines of a log, kept in memory so that those who follow it do not read them from disk. */
export class RunLogTail {
  #entries: RunLogEntry[] = [];
  #bytes = 0;
  #lastSequence: number;

  /** @param lastSequence Of the line before the first that will be added. */
  constructor(lastSequence: number) {
    this.#lastSequence = lastSequence;
  }

  get lastSequence(): number {
    return this.#lastSequence;
  }

  /** Adds the lines that follow; the oldest go when there are too many. */
  add(entries: readonly RunLogEntry[]): void {
    for (const entry of entries) {
      this.#entries.push(entry);
      this.#bytes += entry.message.length;
      this.#lastSequence = entry.sequence;
    }
    // By halves: dropping one line a time would move all others each time.
    if (this.#entries.length > MAX_LINES || this.#bytes > MAX_BYTES) this.#dropOldest();
  }

  /** Lines behind a sequence number; undefined when some of them are not here any more. */
  read(after: number, limit: number): readonly RunLogEntry[] | undefined {
    if (after >= this.#lastSequence) return [];
    const first = this.#entries[0]?.sequence ?? this.#lastSequence + 1;
    if (after + 1 < first) return undefined;
    return this.#entries.slice(after + 1 - first, after + 1 - first + limit);
  }

  #dropOldest(): void {
    let drop = Math.max(0, this.#entries.length - MAX_LINES / 2);
    let bytes = this.#bytes - sumBytes(this.#entries.slice(0, drop));
    while (bytes > MAX_BYTES / 2 && drop < this.#entries.length - 1)
      bytes -= this.#entries[drop++]?.message.length ?? 0;
    this.#entries = this.#entries.slice(drop);
    this.#bytes = bytes;
  }
}

function sumBytes(entries: readonly RunLogEntry[]): number {
  return entries.reduce((bytes, { message }) => bytes + message.length, 0);
}
