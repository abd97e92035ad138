/** Tokens in columns: one object for each of them would cost more than all the reading. */
export class TokenColumns {
  /** Kind and flags. */
  kinds: Uint8Array;
  starts: Uint32Array;
  /** Not included. */
  ends: Uint32Array;
  count = 0;

  constructor(capacity: number) {
    this.kinds = new Uint8Array(capacity);
    this.starts = new Uint32Array(capacity);
    this.ends = new Uint32Array(capacity);
  }

  push(kind: number, start: number, end: number): void {
    if (this.count === this.kinds.length) this.#grow();
    const i = this.count++;
    this.kinds[i] = kind;
    this.starts[i] = start;
    this.ends[i] = end;
  }

  /** Does the same where room was made: without a call, as it is done for most tokens of a file. */
  put(kind: number, start: number, end: number): void {
    const i = this.count++;
    this.kinds[i] = kind;
    this.starts[i] = start;
    this.ends[i] = end;
  }

  /** Makes room for so many more tokens. */
  makeRoom(count: number): void {
    while (this.count + count > this.kinds.length) this.#grow();
  }

  #grow(): void {
    const capacity = 2 * this.kinds.length + 64;
    const { kinds, starts, ends } = this;
    this.kinds = new Uint8Array(capacity);
    this.starts = new Uint32Array(capacity);
    this.ends = new Uint32Array(capacity);
    this.kinds.set(kinds);
    this.starts.set(starts);
    this.ends.set(ends);
  }
}
