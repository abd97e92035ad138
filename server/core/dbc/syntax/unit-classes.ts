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

/** What a character may begin. */
export const JUNK_CLASS = 0;
export const BLANK_CLASS = 1;
export const BREAK_CLASS = 2;
export const LETTER_CLASS = 3;
export const DIGIT_CLASS = 4;
export const QUOTE_CLASS = 5;
export const SIGN_CLASS = 6;
export const DOT_CLASS = 7;
export const SLASH_CLASS = 8;
export const PUNCTUATION_CLASS = 9;

/** Class of each code that `readTextUnits` gives. */
export const UNIT_CLASSES = new Uint8Array(256);
/** Kind of the token that is this one character. */
export const PUNCTUATION_KINDS = new Uint8Array(256).fill(JUNK);

fillTables();

/** Whether a name may hold it. */
export function isWordUnit(unit: number): boolean {
  const unitClass = UNIT_CLASSES[unit]!;
  return unitClass === LETTER_CLASS || unitClass === DIGIT_CLASS;
}

/** Whether it is a digit. */
export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Finds the first character at or behind `at` that is no blank; a line break is none. */
export function skipBlanks(units: Uint8Array, at: number): number {
  let to = at;
  while (UNIT_CLASSES[units[to]!] === BLANK_CLASS) to++;
  return to;
}

/** Finds the end of a name, which may be empty. */
export function skipWord(units: Uint8Array, at: number): number {
  let to = at;
  while (isWordUnit(units[to]!)) to++;
  return to;
}

/** Finds the line break at or behind `at`; where there is none the end of the text. */
export function findBreak(units: Uint8Array, at: number): number {
  let to = at;
  while (to < units.length && UNIT_CLASSES[units[to]!] !== BREAK_CLASS) to++;
  return Math.min(to, units.length - 1);
}

function fillTables(): void {
  setClass(' \t\v\f', BLANK_CLASS);
  setClass('\n\r', BREAK_CLASS);
  setClass('"', QUOTE_CLASS);
  setClass('.', DOT_CLASS);
  setClass('/', SLASH_CLASS);
  setClass('_', LETTER_CLASS);
  setClass('0123456789', DIGIT_CLASS);
  for (let code = 0x41; code <= 0x5a; code++) {
    UNIT_CLASSES[code] = LETTER_CLASS;
    UNIT_CLASSES[code + 0x20] = LETTER_CLASS;
  }
  UNIT_CLASSES[BEYOND_ASCII] = LETTER_CLASS;
  const kinds = [COLON, SEMICOLON, COMMA, BAR, AT_SIGN, PLUS, MINUS];
  const brackets = [OPEN_PARENTHESIS, CLOSE_PARENTHESIS, OPEN_BRACKET, CLOSE_BRACKET];
  Array.from(':;,|@+-()[]').forEach((character, i) => {
    setClass(character, character === '+' || character === '-' ? SIGN_CLASS : PUNCTUATION_CLASS);
    PUNCTUATION_KINDS[character.charCodeAt(0)] = [...kinds, ...brackets][i] ?? JUNK;
  });
}

function setClass(characters: string, unitClass: number): void {
  for (const character of characters) UNIT_CLASSES[character.charCodeAt(0)] = unitClass;
}
