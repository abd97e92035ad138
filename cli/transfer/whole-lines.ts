/** Whole lines of a text. */
export interface LinePiece {
  /** With the end of each line, but for the last of the source. */
  readonly text: string;
  /** Number of the first line, from 1. */
  readonly firstLine: number;
}

/** Most characters of a piece; of a line that is longer only so many are handed out. */
const LARGEST_PIECE = 512 * 1024;

/**
 * Cuts bytes into whole lines as they come: what is there is handed out at once, so that a live source is followed.
 * Memory is bounded by one of the pieces that come and a mebibyte. UTF-8; lines end with LF or CRLF.
 */
export async function* readWholeLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<LinePiece> {
  const decoder = new TextDecoder();
  const cutter = new LineCutter();
  for await (const bytes of pieces) yield* cutter.cut(decoder.decode(bytes, { stream: true }));
  yield* cutter.finish(decoder.decode());
}

class LineCutter {
  #firstLine = 1;
  #waiting = '';
  /** Whether the rest of a line that was too long is still to come. */
  #isSkipping = false;

  *cut(text: string): Generator<LinePiece> {
    this.#waiting += this.#isSkipping ? this.#skip(text) : text;
    for (let end = findPieceEnd(this.#waiting); end > 0; end = findPieceEnd(this.#waiting)) {
      yield* this.#give(this.#waiting.slice(0, end));
      this.#waiting = this.#waiting.slice(end);
      if (this.#isSkipping) this.#waiting = this.#skip(this.#waiting);
    }
  }

  *finish(text: string): Generator<LinePiece> {
    yield* this.cut(text);
    if (this.#waiting !== '') yield* this.#give(this.#waiting);
  }

  *#give(text: string): Generator<LinePiece> {
    yield { text, firstLine: this.#firstLine };
    this.#firstLine += countLines(text);
    this.#isSkipping = !text.endsWith('\n');
  }

  /** What comes behind the end of the line that is passed over. */
  #skip(text: string): string {
    const end = text.indexOf('\n') + 1;
    if (end === 0) return '';
    this.#isSkipping = false;
    this.#firstLine++;
    return text.slice(end);
  }
}

/** Where the whole lines that fit into a piece end, their line end included; 0 where none is whole. */
function findPieceEnd(text: string): number {
  const end = text.lastIndexOf('\n', LARGEST_PIECE - 1) + 1;
  return end === 0 && text.length >= LARGEST_PIECE ? LARGEST_PIECE : end;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
