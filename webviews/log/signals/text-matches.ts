/** A piece of a text, and whether it is what was looked for. */
export interface TextPiece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Cuts a text where words of a search are found in it, in any case of letters. */
export function cutMatches(text: string, search: string): readonly TextPiece[] {
  const isMatch = markMatches(text, search);
  const pieces: { text: string; isMatch: boolean }[] = [];
  for (const [place, letter] of text.split('').entries()) {
    const last = pieces.at(-1);
    if (last?.isMatch === (isMatch[place] === 1)) last.text += letter;
    else pieces.push({ text: letter, isMatch: isMatch[place] === 1 });
  }
  return pieces;
}

function markMatches(text: string, search: string): Uint8Array {
  const marks = new Uint8Array(text.length);
  const lower = text.toLowerCase();
  // A few letters are longer in lower case: then places would not be the same.
  if (lower.length !== text.length) return marks;
  for (const word of search.toLowerCase().split(/\s+/).filter(Boolean)) {
    const at = lower.indexOf(word);
    if (at >= 0) marks.fill(1, at, at + word.length);
  }
  return marks;
}
