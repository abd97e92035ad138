import { BEYOND_ASCII } from './text-units.ts';
import {
  AT_SIGN,
  BAR,
  CLOSE_BRACKET,
  CLOSE_PARENTHESIS,
  COLON,
  COMMA,
  JUNK,
  MINUS,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  PLUS,
  SEMICOLON,
} from './token-kinds.ts';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const FORM_FEED = 0x0c;
const CARRIAGE_RETURN = 0x0d;
const BLANK = 0x20;
const PLUS_UNIT = 0x2b;
const MINUS_UNIT = 0x2d;
const DOT_UNIT = 0x2e;
const UPPER_E = 0x45;
const UPPER_M = 0x4d;
const LOWER_M = 0x6d;
const LOWER_CASE_BIT = 0x20;

// What a character may begin.

/** What no token of the grammar holds. */
export const JUNK_CLASS = 0;
/** A blank or tab. */
export const BLANK_CLASS = 1;
/** A line break. */
export const BREAK_CLASS = 2;
/** A letter or underscore, or anything beyond ASCII. */
export const LETTER_CLASS = 3;
/** A digit. */
export const DIGIT_CLASS = 4;
/** A quote. */
export const QUOTE_CLASS = 5;
/** A sign. */
export const SIGN_CLASS = 6;
/** A dot. */
export const DOT_CLASS = 7;
/** A slash. */
export const SLASH_CLASS = 8;
/** What is a token by itself. */
const PUNCTUATION_CLASS = 9;

/** Kind of the token that is this one character. */
export const PUNCTUATION_KINDS = createKinds();

// Tables that are asked for each character are constants within a function: at the top of a module they become variables
// when it is bundled, and what code reads from a variable it must look up again each time. That takes twice as long.

/** Gives the class of a code that `readTextUnits` gives. */
export const classOf = createClassFinder();

/** Finds the end of a name, which may be empty. */
export const skipWord = createWordSkipper();

/** Whether it is a digit. */
export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Finds the first character at or behind `at` that is no blank; a line break is none. */
export function skipBlanks(units: Uint8Array, at: number): number {
  let to = at;
  while (isBlank(units[to]!)) to++;
  return to;
}

/** Finds the first character at or behind `at` that is no white space, or the end of the text. */
export function skipWhite(units: Uint8Array, at: number): number {
  const last = units.length - 1;
  let to = at;
  while (to < last && isWhite(units[to]!)) to++;
  return to;
}

/** Whether it is a blank or a line break. */
export function isWhite(unit: number): boolean {
  return unit === BLANK || (unit <= CARRIAGE_RETURN && unit >= TAB);
}

/** Finds the end of digits. */
export function skipDigits(units: Uint8Array, at: number): number {
  let to = at;
  while (isDigit(units[to]!)) to++;
  return to;
}

/** Finds the end of a number with digits before and behind its dot; `at` where there is none. */
export function skipNumber(units: Uint8Array, at: number): number {
  const from = units[at] === MINUS_UNIT || units[at] === PLUS_UNIT ? at + 1 : at;
  let to = skipDigits(units, from);
  if (to === from) return at;
  if (units[to] === DOT_UNIT && isDigit(units[to + 1]!)) to = skipDigits(units, to + 2);
  return (units[to]! & ~LOWER_CASE_BIT) === UPPER_E ? skipExponent(units, to) : to;
}

/** Finds the end of an exponent that begins with E; `at` where it is none. */
export function skipExponent(units: Uint8Array, at: number): number {
  const to = units[at + 1] === PLUS_UNIT || units[at + 1] === MINUS_UNIT ? at + 2 : at + 1;
  const end = skipDigits(units, to);
  return end === to ? at : end;
}

/** Whether the marker of a signal is one: `M`, `m3`, `m3M`. */
export function isMarker(units: Uint8Array, start: number, end: number): boolean {
  if (end - start === 1) return units[start] === UPPER_M;
  if (units[start] !== LOWER_M) return false;
  const to = units[end - 1] === UPPER_M ? end - 1 : end;
  for (let at = start + 1; at < to; at++) if (!isDigit(units[at]!)) return false;
  return to > start + 1;
}

/** Finds the line break at or behind `at`; where there is none the end of the text. */
export function findBreak(units: Uint8Array, at: number): number {
  // There is one behind the end, so that none of these searches ends elsewhere.
  let to = Math.min(at, units.length - 1);
  while (units[to] !== LINE_FEED && units[to] !== CARRIAGE_RETURN) to++;
  return to;
}

function isBlank(unit: number): boolean {
  if (unit >= BLANK) return unit === BLANK;
  return unit <= FORM_FEED && unit >= TAB && unit !== LINE_FEED;
}

function createClassFinder(): (unit: number) => number {
  const classes = createClasses();
  return (unit) => classes[unit]!;
}

function createWordSkipper(): (units: Uint8Array, at: number) => number {
  const isInWord = createClasses().map((unitClass) =>
    unitClass === LETTER_CLASS || unitClass === DIGIT_CLASS ? 1 : 0,
  );
  return (units, at) => {
    let to = at;
    while (isInWord[units[to]!] === 1) to++;
    return to;
  };
}

function createClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const setClass = (characters: string, unitClass: number): void => {
    for (const character of characters) classes[character.charCodeAt(0)] = unitClass;
  };
  setClass(' \t\v\f', BLANK_CLASS);
  setClass('\n\r', BREAK_CLASS);
  setClass('"', QUOTE_CLASS);
  setClass('.', DOT_CLASS);
  setClass('/', SLASH_CLASS);
  setClass('+-', SIGN_CLASS);
  setClass(':;,|@()[]', PUNCTUATION_CLASS);
  setClass('0123456789', DIGIT_CLASS);
  setClass(`${letters}${letters.toLowerCase()}_`, LETTER_CLASS);
  classes[BEYOND_ASCII] = LETTER_CLASS;
  return classes;
}

function createKinds(): Uint8Array {
  const kinds = new Uint8Array(256).fill(JUNK);
  const signs = [COLON, SEMICOLON, COMMA, BAR, AT_SIGN, PLUS, MINUS];
  const brackets = [OPEN_PARENTHESIS, CLOSE_PARENTHESIS, OPEN_BRACKET, CLOSE_BRACKET];
  Array.from(':;,|@+-()[]').forEach((character, i) => {
    kinds[character.charCodeAt(0)] = [...signs, ...brackets][i] ?? JUNK;
  });
  return kinds;
}
