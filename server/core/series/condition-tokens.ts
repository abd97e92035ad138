import type { ConditionProblem } from './condition.ts';

/** A part of a condition. */
export interface ConditionToken {
  readonly kind: 'number' | 'name' | 'text' | 'symbol' | 'end';
  /** As written; of a text what is between its quotes; of words that are symbols the symbol. */
  readonly text: string;
  /** Of a number. */
  readonly value: number;
  /** Where it begins, from 0. */
  readonly at: number;
}

const BLANK = /\s+/y;
const NUMBER = /0x[\da-f]+|0b[01]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy;
const NAME = /[\p{L}_][\p{L}\p{N}_.]*(?:\[\d+\])?/uy;
const TEXT = /"([^"]*)"|'([^']*)'/y;
const SYMBOL = /\|\||&&|<<|>>|[=!<>]=|[≤≥≠=<>!~()|^&+\-−*/%]/y;

/** Other ways to write symbols. */
const SAME: ReadonlyMap<string, string> = new Map([
  ['=', '=='],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
  ['−', '-'],
  ['and', '&&'],
  ['or', '||'],
  ['not', '!'],
]);
/** Of these only those that are written in letters. */
const WORD = /^(?:and|or|not)$/i;

/** Cuts a text into its parts; the last is the end. */
export function listTokens(text: string): readonly ConditionToken[] | ConditionProblem {
  const tokens: ConditionToken[] = [];
  let at = 0;
  while (at < text.length) {
    const blank = matchAt(BLANK, text, at);
    if (blank !== undefined) {
      at += blank[0].length;
      continue;
    }
    const found = readToken(text, at);
    if (found === undefined) return { problem: `“${nameCharacter(text, at)}” is not understood` };
    tokens.push(found.token);
    at += found.length;
  }
  return [...tokens, { kind: 'end', text: '', value: NaN, at }];
}

interface FoundToken {
  readonly token: ConditionToken;
  readonly length: number;
}

function readToken(text: string, at: number): FoundToken | undefined {
  const number = matchAt(NUMBER, text, at)?.[0];
  if (number !== undefined)
    return { token: { kind: 'number', text: number, value: Number(number), at }, length: number.length };
  const name = matchAt(NAME, text, at)?.[0];
  if (name !== undefined) return { token: { ...createNamed(name), at }, length: name.length };
  const quoted = matchAt(TEXT, text, at);
  if (quoted !== undefined) {
    const token = { kind: 'text', text: quoted[1] ?? quoted[2] ?? '', value: NaN, at } as const;
    return { token, length: quoted[0].length };
  }
  const symbol = matchAt(SYMBOL, text, at)?.[0];
  if (symbol === undefined) return undefined;
  const token = { kind: 'symbol', text: SAME.get(symbol) ?? symbol, value: NaN, at } as const;
  return { token, length: symbol.length };
}

function createNamed(name: string): Omit<ConditionToken, 'at'> {
  if (!WORD.test(name)) return { kind: 'name', text: name, value: NaN };
  return { kind: 'symbol', text: SAME.get(name.toLowerCase()) ?? name, value: NaN };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function nameCharacter(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0x3f);
}
