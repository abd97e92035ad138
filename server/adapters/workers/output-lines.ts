/** Most bytes of one line that are kept. */
export const MAX_LINE_BYTES = 8192;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Controls that a terminal or a log must not be handed; tabs are harmless. */
const CONTROL = /(?!\t)\p{Cc}/u;
const CONTROLS = /(?!\t)\p{Cc}/gu;
const CONTROLS_BUT_LINE_FEEDS = /(?![\t\n])\p{Cc}/gu;

/** Cuts what a process prints into lines, of bounded length even when it never ends one. */
export class LineSplitter {
  readonly #held = Buffer.allocUnsafe(MAX_LINE_BYTES);
  #heldBytes = 0;
  #cutBytes = 0;

  /** Lines that are whole with this piece; what is left of it waits for the next. */
  *split(piece: Buffer): Generator<string, void, undefined> {
    let from = 0;
    for (let to = piece.indexOf(LINE_FEED); to >= 0; to = piece.indexOf(LINE_FEED, from)) {
      if (this.#isHolding || to - from > MAX_LINE_BYTES) {
        this.#hold(piece.subarray(from, to));
        yield this.#take();
      } else yield showBytes(piece.subarray(from, to));
      from = to + 1;
    }
    this.#hold(piece.subarray(from));
  }

  /** What was printed behind the last line's end. */
  *end(): Generator<string, void, undefined> {
    if (this.#isHolding) yield this.#take();
  }

  get #isHolding(): boolean {
    return this.#heldBytes > 0 || this.#cutBytes > 0;
  }

  #hold(piece: Buffer): void {
    const kept = piece.copy(this.#held, this.#heldBytes, 0, MAX_LINE_BYTES - this.#heldBytes);
    this.#heldBytes += kept;
    this.#cutBytes += piece.length - kept;
  }

  #take(): string {
    const isCut = this.#cutBytes > 0;
    const bytes = this.#held.subarray(0, isCut ? findCharacterStart(this.#held) : this.#heldBytes);
    const cutBytes = this.#cutBytes + this.#heldBytes - bytes.length;
    this.#heldBytes = 0;
    this.#cutBytes = 0;
    return isCut ? `${showBytes(bytes)} … (${cutBytes} bytes more)` : showBytes(bytes);
  }
}

/** Text that a tool says by itself: it may have several lines, and is cut when it is too long. */
export function showText(text: string): string {
  const rest = text.length - MAX_LINE_BYTES;
  const kept = rest > 0 ? `${text.slice(0, MAX_LINE_BYTES)} … (${rest} characters more)` : text;
  return CONTROL.test(kept) ? kept.replace(CONTROLS_BUT_LINE_FEEDS, escapeControl) : kept;
}

function showBytes(bytes: Buffer): string {
  const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
  const text = bytes.toString('utf8', 0, end);
  return CONTROL.test(text) ? text.replace(CONTROLS, escapeControl) : text;
}

function escapeControl(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** Where the last character begins that a cut at the end may have halved: one byte to three of UTF-8 before it. */
function findCharacterStart(bytes: Buffer): number {
  for (let back = 1; back <= 4; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length - back + 1;
    if (byte >= 0xc0) return bytes.length - back;
  }
  return bytes.length;
}
