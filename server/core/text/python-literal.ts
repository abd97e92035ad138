const DIGITS = String.raw`\d+(?:_\d+)*`;
const FLOAT = new RegExp(`^[+-]?(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:e[+-]?${DIGITS})?$`, 'i');
const SPECIAL = /^([+-]?)(inf|infinity|nan)$/i;
const DECIMAL = new RegExp(`^[+-]?${DIGITS}$`);
const HEXADECIMAL = /^[+-]?(?:0x_?)?[\da-f]+(?:_[\da-f]+)*$/i;

/**
 * Reads a number as Python's `float` does: blanks around it, a sign, `_` between digits, digits of any script, an exponent,
 * `inf` and `nan`.
 *
 * @returns Undefined where Python would refuse the text.
 */
export function parsePythonFloat(text: string): number | undefined {
  const plain = foldDigits(text.trim());
  if (FLOAT.test(plain)) return Number(plain.replaceAll('_', ''));
  const [, sign, word = ''] = SPECIAL.exec(plain) ?? [];
  if (word === '') return undefined;
  if (word.toLowerCase() === 'nan') return NaN;
  return sign === '-' ? -Infinity : Infinity;
}

/**
 * Reads a whole number as Python's `int` does: blanks around it, a sign, `_` between digits, digits of any script; with
 * base 16 also behind `0x`.
 *
 * @returns Undefined where Python would refuse the text. Beyond 2 ** 53 the nearest double.
 */
export function parsePythonInteger(text: string, base: 10 | 16): number | undefined {
  const plain = foldDigits(text.trim());
  if (!(base === 10 ? DECIMAL : HEXADECIMAL).test(plain)) return undefined;
  const digits = plain.replace(/^[+-]/, '').replace(/^0x/i, '').replaceAll('_', '');
  const size = Number(base === 10 ? digits : `0x${digits}`);
  return plain.startsWith('-') ? -size : size;
}

/** Writes decimal digits of all scripts as those of ASCII. */
function foldDigits(text: string): string {
  return text.replace(/(?!\d)\p{Nd}/gu, (digit) => String(valueOfDigit(digit.codePointAt(0) ?? 0)));
}

/** Digits come in tens, one ten behind the other where there are several; source: Unicode standard, 4.6. */
function valueOfDigit(codePoint: number): number {
  let first = codePoint;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
  return (codePoint - first) % 10;
}
