/** Whole lines of a text. */
export interface LinePiece {
  /** With the end of each line, but for the last of the source. */
  readonly text: string;
  /** Number of the first line, from 1. */
  readonly firstLine: number;
}

/** Most characters of a piece; a line without end is cut there. */
const LARGEST_PIECE = 1024 * 1024;

/**
 * Cuts bytes into whole lines as they come: what is there is handed out at once, so that a live source is followed.
 * Memory is bounded by one of the pieces that come and a mebibyte. UTF-8; lines end with LF or CRLF.
 */
export async function* readWholeLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<LinePiece> {
  const decoder = new TextDecoder();
  let firstLine = 1;
  let waiting = '';
  for await (const bytes of pieces) {
    waiting += decoder.decode(bytes, { stream: true });
    for (let end = findPieceEnd(waiting); end > 0; end = findPieceEnd(waiting)) {
      const text = waiting.slice(0, end);
      yield { text, firstLine };
      firstLine += countLines(text);
      waiting = waiting.slice(end);
    }
  }
  const rest = waiting + decoder.decode();
  if (rest !== '') yield { text: rest, firstLine };
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
