/** Keeps the last bytes of a stream, as copies. */
export class ByteTail {
  readonly #maxBytes: number;
  /** A ring, made when there is something to keep. */
  #ring: Buffer | undefined;
  #total = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  append(piece: Buffer): void {
    this.#ring ??= Buffer.alloc(this.#maxBytes);
    const kept = piece.subarray(-this.#maxBytes);
    const at = (this.#total + piece.length - kept.length) % this.#maxBytes;
    const copied = kept.copy(this.#ring, at);
    kept.copy(this.#ring, 0, copied);
    this.#total += piece.length;
  }

  /** As text; bytes that are no UTF-8 are replaced. */
  toString(): string {
    if (this.#ring === undefined) return '';
    if (this.#total <= this.#maxBytes) return this.#ring.toString('utf8', 0, this.#total);
    const start = this.#total % this.#maxBytes;
    return Buffer.concat([this.#ring.subarray(start), this.#ring.subarray(0, start)]).toString();
  }
}
