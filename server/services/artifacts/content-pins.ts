/** Contents that were pinned at any time since somebody began to look. */
export interface PinnedMeanwhile {
  has(sha256: string): boolean;
  /** Nobody looks any more. */
  end(): void;
}

/** Contents that are in the store while nothing refers to them yet: a clean-up must leave them alone. */
export class ContentPins {
  readonly #counts = new Map<string, number>();
  readonly #watches = new Set<Set<string>>();

  /** The same content may be pinned by several. */
  pin(sha256: string): void {
    this.#counts.set(sha256, (this.#counts.get(sha256) ?? 0) + 1);
    for (const watch of this.#watches) watch.add(sha256);
  }

  unpin(sha256: string): void {
    const count = (this.#counts.get(sha256) ?? 0) - 1;
    if (count > 0) this.#counts.set(sha256, count);
    else this.#counts.delete(sha256);
  }

  has(sha256: string): boolean {
    return this.#counts.has(sha256);
  }

  /**
   * Begins to gather what is pinned and what will be: a content that is referred to by now, and was not when it was asked
   * what is in use, is among them.
   */
  watch(): PinnedMeanwhile {
    const seen = new Set(this.#counts.keys());
    this.#watches.add(seen);
    return {
      has: (sha256) => seen.has(sha256),
      end: () => void this.#watches.delete(seen),
    };
  }
}
