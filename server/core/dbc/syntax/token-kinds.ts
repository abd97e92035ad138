// Kinds of tokens are small numbers that columns hold: up to 31 those below, from 32 on the keywords; the highest bit is
// a flag.

/** No token: a statement ends. */
export const NOTHING = 0;
/** A name, or any other word. */
export const WORD = 1;
/** A number without fraction and exponent. */
export const INTEGER = 2;
/** A number with fraction or exponent. */
export const DECIMAL = 3;
/** A number that some readers do not take: `.25`, `5.`, `0x64`. */
export const ODD_NUMBER = 4;
/** A text in quotes. */
export const STRING = 5;
/** A string without its closing quote. */
export const OPEN_STRING = 6;
/** `//` up to the end of the line. */
export const COMMENT = 7;
/** What no statement has. */
export const JUNK = 8;
/** `:` */
export const COLON = 9;
/** `;` */
export const SEMICOLON = 10;
/** `,` */
export const COMMA = 11;
/** `|` */
export const BAR = 12;
/** `@` */
export const AT_SIGN = 13;
/** `+` */
export const PLUS = 14;
/** `-` */
export const MINUS = 15;
/** `(` */
export const OPEN_PARENTHESIS = 16;
/** `)` */
export const CLOSE_PARENTHESIS = 17;
/** `[` */
export const OPEN_BRACKET = 18;
/** `]` */
export const CLOSE_BRACKET = 19;
/** The first keyword; the others follow. */
export const FIRST_KEYWORD = 32;

/** Flag of a token that is the first of its line. */
export const LINE_FIRST = 0x80;
/** What is left of a kind without its flags. */
export const KIND_MASK = 0x7f;

/** Whether a kind without flags is that of a keyword. */
export function isKeyword(kind: number): boolean {
  return kind >= FIRST_KEYWORD;
}
