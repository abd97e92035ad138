const ZERO = 0x30;
const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
/** Digits whose value a double always holds. */
const EXACT_DIGITS = 15;
/** Powers of ten that a double holds. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * Gives the value of a number as it is written in `text` from `start` up to `end`: exactly what `Number` gives. A
 * hexadecimal number may have a sign, and a comma may stand for the dot.
 *
 * @returns NaN where the word is no number.
 */
export function readNumberValue(text: string, start: number, end: number): number {
  const sign = text.charCodeAt(start);
  // Most numbers are one digit.
  if (end - start === 1 && sign >= ZERO && sign <= ZERO + 9) return sign - ZERO;
  const from = sign === PLUS || sign === MINUS ? start + 1 : start;
  const magnitude = readMagnitude(text, from, end);
  return sign === MINUS ? -magnitude : magnitude;
}

/** Up to 15 digits and a power of ten up to 22 are exact, and so their quotient is rounded as `Number` rounds it. */
function readMagnitude(text: string, start: number, end: number): number {
  let digits = 0;
  let dot = -1;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (digit === DOT - ZERO && dot < 0) dot = at;
    else return readSlowly(text.slice(start, end));
  }
  const count = end - start - (dot < 0 ? 0 : 1);
  if (count > EXACT_DIGITS || count === 0) return readSlowly(text.slice(start, end));
  return dot < 0 ? digits : digits / POWERS[end - dot - 1]!;
}

function readSlowly(word: string): number {
  const first = word.charCodeAt(0);
  // `Number` reads an empty word as 0, and knows Infinity, white space and a second sign.
  if (!((first >= ZERO && first <= ZERO + 9) || first === DOT)) return NaN;
  return Number(word.includes(',') ? word.replace(',', '.') : word);
}
