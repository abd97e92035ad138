/** Contents that are in the store while nothing refers to them yet: a clean-up must leave them alone. */
export class ContentPins {
  readonly #counts = new Map<string, number>();

  /** The same content may be pinned by several. */
  pin(sha256: string): void {
    this.#counts.set(sha256, (this.#counts.get(sha256) ?? 0) + 1);
  }

  unpin(sha256: string): void {
    const count = (this.#counts.get(sha256) ?? 0) - 1;
    if (count > 0) this.#counts.set(sha256, count);
    else this.#counts.delete(sha256);
  }

  has(sha256: string): boolean {
    return this.#counts.has(sha256);
  }
}
