/** Keeps what was used last, up to an amount: bytes of segments and samples, length of texts. */
export class RecentValues<Kept> {
  /** Amount of everything that is kept. */
  amount = 0;
  readonly #most: number;
  readonly #kept = new Map<string, { readonly value: Kept; readonly amount: number }>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): Kept | undefined {
    const found = this.#kept.get(key);
    if (found === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found.value;
  }

  /** Drops what was not used for the longest; what comes last stays, however large it is. */
  set(key: string, value: Kept, amount: number): void {
    this.delete(key);
    this.#kept.set(key, { value, amount });
    this.amount += amount;
    for (const oldest of this.#kept.keys()) {
      if (this.amount <= this.#most || this.#kept.size === 1) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.amount -= this.#kept.get(key)?.amount ?? 0;
    this.#kept.delete(key);
  }
}
