/** Most bytes of blocks on their way to a page that it has not taken yet. */
export const WINDOW_BYTES = 4 * 1024 * 1024;

interface HeldAnswer {
  readonly id: number;
  readonly bytes: number;
  readonly send: () => void;
}

/** Holds answers with blocks back while a page has not taken those before. */
export class AnswerWindow {
  readonly #onTheWay = new Map<number, number>();
  #held: HeldAnswer[] = [];
  #bytes = 0;

  /** Sends an answer now, or when there is room. One that is larger than the window goes alone. */
  offer(id: number, bytes: number, send: () => void): void {
    this.#held.push({ id, bytes, send });
    this.#sendHeld();
  }

  /** The page has received an answer. */
  taken(id: number): void {
    this.#bytes -= this.#onTheWay.get(id) ?? 0;
    this.#onTheWay.delete(id);
    this.#sendHeld();
  }

  /** Forgets an answer that nobody waits for any more. */
  drop(id: number): void {
    this.#held = this.#held.filter((answer) => answer.id !== id);
  }

  /** Forgets everything: the page has begun anew, or is gone. */
  clear(): void {
    this.#held = [];
    this.#onTheWay.clear();
    this.#bytes = 0;
  }

  #sendHeld(): void {
    for (;;) {
      const [next] = this.#held;
      if (next === undefined || !this.#hasRoom(next)) return;
      this.#held.shift();
      if (next.bytes > 0) this.#onTheWay.set(next.id, next.bytes);
      this.#bytes += next.bytes;
      next.send();
    }
  }

  #hasRoom({ bytes }: HeldAnswer): boolean {
    return bytes === 0 || this.#bytes === 0 || this.#bytes + bytes <= WINDOW_BYTES;
  }
}
