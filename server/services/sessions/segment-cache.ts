/** Keeps the decompressed bytes of the segments that were used last, of all open logs together. */
export class SegmentCache<Kept> {
  /** Bytes of everything that is kept. */
  bytes = 0;
  readonly #budgetBytes: number;
  readonly #kept = new Map<string, { readonly value: Kept; readonly bytes: number }>();

  constructor(budgetBytes: number) {
    this.#budgetBytes = budgetBytes;
  }

  get(key: string): Kept | undefined {
    const found = this.#kept.get(key);
    if (found === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found.value;
  }

  /** Drops what was not used for the longest; what comes last stays, however large it is. */
  set(key: string, value: Kept, bytes: number): void {
    this.delete(key);
    this.#kept.set(key, { value, bytes });
    this.bytes += bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.bytes <= this.#budgetBytes || this.#kept.size === 1) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.bytes -= this.#kept.get(key)?.bytes ?? 0;
    this.#kept.delete(key);
  }
}
