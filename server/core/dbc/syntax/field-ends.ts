import { findKeyword } from './keywords.ts';
import { DECIMAL, INTEGER, MINUS, NOTHING, STRING } from './token-kinds.ts';
import {
  BREAK_CLASS,
  classOf,
  DIGIT_CLASS,
  DOT_CLASS,
  LETTER_CLASS,
  skipDigits,
  skipNumber,
  skipWord,
} from './unit-classes.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PLUS_UNIT = 0x2b;
const MINUS_UNIT = 0x2d;
/** Steps of a form are kinds of tokens, or from here on characters. */
export const FIRST_CHARACTER = 0x20;

/** What the letters of a form stand for. */
const KINDS: Readonly<Record<string, number>> = { n: INTEGER, d: DECIMAL, s: MINUS, '"': STRING };

/**
 * Gives the steps of a form: `n` are digits, `d` is a number, `s` a sign, `"` a string; all others are characters that
 * are passed over.
 */
export function createForm(form: string): Uint8Array {
  return Uint8Array.from(form, (letter) => KINDS[letter] ?? letter.charCodeAt(0));
}

// Each gives `at` where something else stands there.

/** Finds the end of what a step of a form stands for. */
export function skipStep(units: Uint8Array, at: number, step: number): number {
  switch (step) {
    case INTEGER:
      return skipInteger(units, at);
    case DECIMAL:
      return skipNumber(units, at);
    case STRING:
      return skipString(units, at);
    case MINUS:
      return isSign(units[at]!) ? at + 1 : at;
    default:
      return units[at] === step ? at + 1 : at;
  }
}

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
    } else if (unit < FIRST_CHARACTER && classOf(unit) === BREAK_CLASS) return at;
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
