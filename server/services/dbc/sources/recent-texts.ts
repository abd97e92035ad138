/** Keeps what was read last, up to an amount of text. */
export class RecentTexts<Kept> {
  readonly #kept = new Map<string, { readonly value: Kept; readonly length: number }>();
  readonly #maxLength: number;
  #length = 0;

  /** @param maxLength UTF-16 code units of text in all. */
  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  get(key: string): Kept | undefined {
    const found = this.#kept.get(key);
    if (found === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found.value;
  }

  /** Drops what was not asked for the longest; what is larger than everything together may be is not kept. */
  set(key: string, value: Kept, length: number): void {
    this.delete(key);
    if (length > this.#maxLength) return;
    this.#kept.set(key, { value, length });
    this.#length += length;
    for (const oldest of this.#kept.keys()) {
      if (this.#length <= this.#maxLength) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#length -= this.#kept.get(key)?.length ?? 0;
    this.#kept.delete(key);
  }
}
