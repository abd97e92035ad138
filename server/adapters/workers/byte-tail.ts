/** Keeps the last bytes of a stream. */
export class ByteTail {
  readonly #maxBytes: number;
  readonly #pieces: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  append(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    while (this.#bytes - (this.#pieces[0]?.length ?? 0) >= this.#maxBytes) {
      this.#bytes -= this.#pieces.shift()?.length ?? 0;
    }
  }

  /** As text; bytes that are no UTF-8 are replaced. */
  toString(): string {
    return Buffer.concat(this.#pieces).subarray(-this.#maxBytes).toString();
  }
}
