/** Code of everything beyond ASCII that is no white space: names may hold it, and nothing of the grammar is it. */
export const BEYOND_ASCII = 0x80;
const LINE_FEED = 0x0a;
const BLANK = 0x20;
/** Of a text that is not ASCII as a whole, pieces of this size mostly are. */
const PIECE_UNITS = 4096;

const encoder = new TextEncoder();

/**
 * Gives a part of a text as one byte for each code unit, with a line feed behind it: arrays of bytes are read several
 * times faster than strings, and the grammar is ASCII.
 *
 * @returns `to - from + 1` bytes.
 */
export function readTextUnits(text: string, from: number, to: number): Uint8Array {
  const units = new Uint8Array(to - from + 1);
  const part = from === 0 && to === text.length ? text : text.slice(from, to);
  if (!encodeAscii(part, units)) encodePieces(part, units);
  units[part.length] = LINE_FEED;
  return units;
}

/** Returns false where it is not ASCII: then it takes more bytes than code units, or does not fit. */
function encodeAscii(part: string, units: Uint8Array): boolean {
  const { read, written } = encoder.encodeInto(part, units);
  return read === part.length && written === part.length;
}

function encodePieces(part: string, units: Uint8Array): void {
  for (let from = 0; from < part.length; from += PIECE_UNITS) {
    const piece = part.slice(from, from + PIECE_UNITS);
    const into = units.subarray(from, from + piece.length);
    if (!encodeAscii(piece, into)) fillUnits(piece, into);
  }
}

function fillUnits(piece: string, units: Uint8Array): void {
  for (let i = 0; i < piece.length; i++) {
    const unit = piece.charCodeAt(i);
    units[i] = unit < BEYOND_ASCII ? unit : unit === 0xa0 || unit === 0xfeff ? BLANK : BEYOND_ASCII;
  }
}
