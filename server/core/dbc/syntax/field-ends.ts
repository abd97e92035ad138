import { findKeyword } from './keywords.ts';
import { NOTHING } from './token-kinds.ts';
import {
  BREAK_CLASS,
  classOf,
  DIGIT_CLASS,
  DOT_CLASS,
  LETTER_CLASS,
  skipDigits,
  skipWord,
} from './unit-classes.ts';

const BLANK = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PLUS_UNIT = 0x2b;
const MINUS_UNIT = 0x2d;
// Each gives `at` where something else stands there.

/** Finds the end of a name that is no keyword. */
export function skipName(units: Uint8Array, at: number): number {
  if (classOf(units[at]!) !== LETTER_CLASS) return at;
  const end = skipWord(units, at);
  return findKeyword(units, at, end) === NOTHING ? end : at;
}

/** Finds the end of digits behind which no other word goes on. */
export function skipInteger(units: Uint8Array, at: number): number {
  const end = skipDigits(units, at);
  return isNumberEnd(units[end]!) ? end : at;
}

/** Finds the end of the same with or without a sign. */
export function skipSignedInteger(units: Uint8Array, at: number): number {
  const from = isSign(units[at]!) ? at + 1 : at;
  const end = skipInteger(units, from);
  return end === from ? at : end;
}

/** Finds the end of a string that ends on its line. */
export function skipString(units: Uint8Array, at: number): number {
  if (units[at] !== QUOTE) return at;
  for (let end = at + 1; ; end++) {
    const unit = units[end]!;
    if (unit === QUOTE) {
      if (units[end - 1] !== BACKSLASH) return end + 1;
    } else if (unit < BLANK && classOf(unit) === BREAK_CLASS) return at;
  }
}

function isSign(unit: number): boolean {
  return unit === PLUS_UNIT || unit === MINUS_UNIT;
}

/** Whether a number ends before this character, and is not joined to it. */
function isNumberEnd(unit: number): boolean {
  const unitClass = classOf(unit);
  return unitClass !== LETTER_CLASS && unitClass !== DOT_CLASS && unitClass !== DIGIT_CLASS;
}
