const JOINS_WHAT_STANDS_BEFORE = /\p{M}|\p{Cf}/u;
const FILLS_TWO_CELLS =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** How many cells of a terminal a text fills: letters of East Asia two, marks that join another letter none. */
export function measureCells(text: string): number {
  let cells = 0;
  for (const character of text)
    if (character < '\u0300') cells++;
    else if (FILLS_TWO_CELLS.test(character)) cells += 2;
    else if (!JOINS_WHAT_STANDS_BEFORE.test(character)) cells++;
  return cells;
}
