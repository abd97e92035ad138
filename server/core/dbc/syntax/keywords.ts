import { FIRST_KEYWORD, NOTHING } from './token-kinds.ts';

/** Words that begin statements or name what statements are about, in no order that means anything. */
const KEYWORDS = [
  'SG_',
  'BO_',
  'CM_',
  'VAL_',
  'BA_',
  'BA_DEF_',
  'BA_DEF_DEF_',
  'BU_',
  'BS_',
  'NS_',
  'VERSION',
  'VAL_TABLE_',
  'BO_TX_BU_',
  'SIG_GROUP_',
  'SIG_VALTYPE_',
  'SG_MUL_VAL_',
  'EV_',
  'ENVVAR_DATA_',
  'BA_DEF_REL_',
  'BA_DEF_DEF_REL_',
  'BA_REL_',
  'BU_SG_REL_',
  'BU_BO_REL_',
  'BU_EV_REL_',
  'EV_DATA_',
  'SGTYPE_',
  'SGTYPE_VAL_',
  'BA_DEF_SGTYPE_',
  'BA_SGTYPE_',
  'SIG_TYPE_REF_',
  'SIGTYPE_VALTYPE_',
  'CAT_DEF_',
  'CAT_',
  'FILTER',
  'NS_DESC_',
] as const;

/** A keyword as it is written. */
export type Keyword = (typeof KEYWORDS)[number];

const EXACT: ReadonlySet<string> = new Set(KEYWORDS);
const BY_LENGTH = groupByLength();
const UNDERSCORE = 0x5f;
const LOWER_CASE_BIT = 0x20;

/** Whether a word is a keyword as the format writes it; cantools takes each for one wherever it stands. */
export function isKeyword(text: string): boolean {
  return EXACT.has(text);
}

/** Gives the kind of the tokens that are this keyword. */
export function kindOfKeyword(keyword: Keyword): number {
  return FIRST_KEYWORD + KEYWORDS.indexOf(keyword);
}

/** Gives the keyword of a kind of token; undefined where it is none. */
export function keywordOfKind(kind: number): Keyword | undefined {
  return KEYWORDS[kind - FIRST_KEYWORD];
}

/** Finds the kind of a word if it is a keyword, in whatever case it is written; `NOTHING` where it is none. */
export function findKeyword(units: Uint8Array, start: number, end: number): number {
  const last = units[end - 1]! & ~LOWER_CASE_BIT;
  // Nearly all words end in a letter or a digit, and are done with here.
  if (last !== UNDERSCORE && last !== 0x4e && last !== 0x52) return NOTHING;
  return searchKeyword(units, start, end);
}

/** Whether a word has a letter in lower case. */
export function hasLowerCase(units: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((units[at]! & LOWER_CASE_BIT) !== 0) return true;
  return false;
}

function searchKeyword(units: Uint8Array, start: number, end: number): number {
  if (end - start >= BY_LENGTH.length) return NOTHING;
  for (const { kind, codes } of BY_LENGTH[end - start]!) {
    if (isWord(units, start, codes)) return kind;
  }
  return NOTHING;
}

function isWord(units: Uint8Array, start: number, codes: Uint8Array): boolean {
  for (let i = 0; i < codes.length; i++) {
    if ((units[start + i]! & ~LOWER_CASE_BIT) !== codes[i]!) return false;
  }
  return true;
}

function groupByLength(): readonly (readonly { readonly kind: number; readonly codes: Uint8Array }[])[] {
  const lengths = Math.max(...KEYWORDS.map((keyword) => keyword.length));
  const encoder = new TextEncoder();
  const entries = KEYWORDS.map((keyword) => ({
    kind: kindOfKeyword(keyword),
    codes: encoder.encode(keyword),
  }));
  return Array.from({ length: lengths + 1 }, (_, length) =>
    entries.filter(({ codes }) => codes.length === length),
  );
}
