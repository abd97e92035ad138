import { findKeyword, type Keyword, keywordOfKind } from './keywords.ts';
import { NOTHING } from './token-kinds.ts';
import { skipBlanks, skipDigits, skipWord } from './unit-classes.ts';

const MINUS = 0x2d;

/**
 * How the start of each statement looks behind its keyword: `w` a word, `n` digits, `k` a keyword, the others
 * themselves. Statements that nobody reads look like nothing.
 */
const LOOKS: { readonly [Name in Keyword]?: readonly string[] } = {
  VERSION: ['"'],
  NS_: [':'],
  BS_: [':'],
  BU_: [':'],
  VAL_TABLE_: ['wn"', 'w;'],
  BO_: ['nw:'],
  SG_: ['w:n|', 'ww:n|'],
  BO_TX_BU_: ['n:'],
  EV_: ['w:n['],
  ENVVAR_DATA_: ['w:n'],
  SIG_GROUP_: ['nwn:'],
  CM_: ['"', 'kn', 'kw"'],
  BA_DEF_: ['"', 'k"'],
  BA_DEF_REL_: ['k"'],
  BA_DEF_DEF_: ['"'],
  BA_DEF_DEF_REL_: ['"'],
  BA_: ['"'],
  BA_REL_: ['"'],
  VAL_: ['nwn"', 'wn"', 'nw;'],
  SIG_VALTYPE_: ['nw:n'],
  SG_MUL_VAL_: ['nwwn'],
};

/**
 * Whether a line begins with a keyword and goes on, on the same line, as statements of that keyword do. Running text
 * that happens to begin with a keyword does not.
 *
 * @param at - Where the keyword or the blanks before it begin.
 */
export function looksLikeStatement(units: Uint8Array, at: number): boolean {
  const start = skipBlanks(units, at);
  const end = skipWord(units, start);
  const kind = findKeyword(units, start, end);
  const keyword = kind === NOTHING ? undefined : keywordOfKind(kind);
  if (keyword === undefined) return false;
  return LOOKS[keyword]?.some((looks) => matchLooks(units, end, looks)) ?? false;
}

function matchLooks(units: Uint8Array, at: number, looks: string): boolean {
  let to = at;
  for (const part of looks) {
    to = matchPart(units, skipBlanks(units, to), part);
    if (to < 0) return false;
  }
  return true;
}

/** Returns the end of the part, or -1. */
function matchPart(units: Uint8Array, at: number, part: string): number {
  if (part === 'w' || part === 'k') {
    const end = skipWord(units, at);
    const isMissing = end === at || (part === 'k' && findKeyword(units, at, end) === NOTHING);
    return isMissing ? -1 : end;
  }
  if (part !== 'n') return units[at] === part.charCodeAt(0) ? at + 1 : -1;
  const from = units[at] === MINUS ? at + 1 : at;
  const end = skipDigits(units, from);
  return end === from ? -1 : end;
}
