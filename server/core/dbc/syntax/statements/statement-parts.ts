import { readNumberValue } from '../number-value.ts';
import type {
  AttributeScope,
  NumberWord,
  StringWord,
  SyntaxProblem,
  ValueEntry,
  Word,
} from '../syntax-tree.ts';
import type { TokenColumns } from '../token-columns.ts';
import { KIND_MASK, OPEN_STRING, STRING } from '../token-kinds.ts';
import { createString, createWord, ParsedNumber, readStringText } from '../words.ts';

/** Which token of a statement is which of its fields. Statements of one form share one. */
export interface StatementShape {
  /** For each field its token, counted from the first of the statement; -1 where it is missing. */
  readonly slots: readonly number[];
  /** Tokens of a list, such as receivers. */
  readonly items: readonly number[];
  readonly scope: AttributeScope | undefined;
  /** Whether it is known to stand on one line, written and spaced as nearly all of its kind are, in ASCII or not. */
  readonly isUsual: boolean;
}

/** Where statements that were read together stand. */
export interface StatementSource {
  readonly columns: TokenColumns;
  readonly text: string;
  /** What the offsets of the tokens lack in the text. */
  readonly shift: number;
}

/** What was read of a statement: the same wherever it stands, as its offsets are those of the tokens. */
export interface StatementParts {
  /** Its first token, and how many it has. */
  readonly first: number;
  readonly count: number;
  readonly shape: StatementShape;
  readonly problems: readonly SyntaxProblem[];
  /** Text from here on was not looked at to read it. */
  readonly reach: number;
}

const NO_TEXTS: readonly string[] = [];
/** Up to so many pairs are compared with each other. */
const FEW_ENTRIES = 8;
/** Used again for every statement. */
const amounts = new Float64Array(FEW_ENTRIES);

// These are functions of what was read, and not methods of statements: the code of a method that many classes share
// must find out each time where the fields of this class are, and one that is called so often is several times slower.

/** Gives a word; undefined where it is missing. */
export function wordAt(source: StatementSource, parts: StatementParts, slot: number): Word | undefined {
  const token = findToken(parts, slot);
  return token < 0 ? undefined : wordOf(source, token);
}

/** Gives the text of a word; undefined where it is missing. */
export function textAt(source: StatementSource, parts: StatementParts, slot: number): string | undefined {
  const token = findToken(parts, slot);
  return token < 0 ? undefined : textOf(source, token);
}

/** Gives a number; undefined where it is missing. */
export function numberAt(
  source: StatementSource,
  parts: StatementParts,
  slot: number,
): NumberWord | undefined {
  const token = findToken(parts, slot);
  return token < 0 ? undefined : numberOf(source, token);
}

/** Gives the value of a number; NaN where it is missing or none. */
export function amountAt(source: StatementSource, parts: StatementParts, slot: number): number {
  const token = findToken(parts, slot);
  return token < 0 ? NaN : amountOf(source, token);
}

/** Puts the values of the numbers in some slots into an array; NaN where one is missing or none. */
export function fillAmounts(
  { source, parts }: { readonly source: StatementSource; readonly parts: StatementParts },
  slots: readonly number[],
  into: Float64Array,
): void {
  const { starts, ends } = source.columns;
  const { text, shift } = source;
  for (let i = 0; i < slots.length; i++) {
    const token = findToken(parts, slots[i]!);
    into[i] = token < 0 ? NaN : readNumberValue(text, starts[token]! + shift, ends[token]! + shift);
  }
}

/** Gives a string; undefined where it is missing. */
export function stringAt(
  source: StatementSource,
  parts: StatementParts,
  slot: number,
): StringWord | undefined {
  const token = findToken(parts, slot);
  return token < 0 ? undefined : stringOf(source, token);
}

/** Gives what stands in a string; undefined where it is missing. */
export function contentAt(source: StatementSource, parts: StatementParts, slot: number): string | undefined {
  const token = findToken(parts, slot);
  return token < 0 ? undefined : contentOf(source, token);
}

/** Gives a number or a string; undefined where it is missing. */
export function valueAt(
  source: StatementSource,
  parts: StatementParts,
  slot: number,
): NumberWord | StringWord | undefined {
  const token = findToken(parts, slot);
  if (token < 0) return undefined;
  return isString(source, token) ? stringOf(source, token) : numberOf(source, token);
}

/** Lists the items as words. */
export function listWords(source: StatementSource, { first, shape }: StatementParts): readonly Word[] {
  return shape.items.map((item) => wordOf(source, first + item));
}

/** Lists the texts of the items. */
export function listTexts(
  source: StatementSource,
  { first, shape: { items } }: StatementParts,
): readonly string[] {
  // Most lists have one item or none.
  if (items.length === 0) return NO_TEXTS;
  if (items.length === 1) return [textOf(source, first + items[0]!)];
  return items.map((item) => textOf(source, first + item));
}

/** Lists the items as numbers. */
export function listNumbers(
  source: StatementSource,
  { first, shape }: StatementParts,
): readonly NumberWord[] {
  return shape.items.map((item) => numberOf(source, first + item));
}

/** Lists the items as strings. */
export function listStrings(
  source: StatementSource,
  { first, shape }: StatementParts,
): readonly StringWord[] {
  return shape.items.map((item) => stringOf(source, first + item));
}

/** Lists the items in pairs of number and string. */
export function listEntries(
  source: StatementSource,
  { first, shape: { items } }: StatementParts,
): readonly ValueEntry[] {
  const entries: ValueEntry[] = [];
  for (let i = 0; i + 1 < items.length; i += 2) {
    const value = numberOf(source, first + items[i]!);
    entries.push({ value, label: stringOf(source, first + items[i + 1]!) });
  }
  return entries;
}

/** Counts the items. */
export function countItems({ shape: { items } }: StatementParts): number {
  return items.length;
}

/** Counts the pairs of number and string. */
export function countEntries({ shape: { items } }: StatementParts): number {
  return items.length >> 1;
}

/** Gives the number of a pair. */
export function entryAmount(
  source: StatementSource,
  { first, shape: { items } }: StatementParts,
  entry: number,
): number {
  return amountOf(source, first + items[2 * entry]!);
}

/** Gives what stands in the string of a pair. */
export function entryContent(
  source: StatementSource,
  { first, shape: { items } }: StatementParts,
  entry: number,
): string {
  return contentOf(source, first + items[2 * entry + 1]!);
}

/** Whether of few pairs no two have the same number or the same string; false where there are more. */
export function areEntriesDistinct(source: StatementSource, parts: StatementParts): boolean {
  const count = countEntries(parts);
  if (count > FEW_ENTRIES) return false;
  for (let entry = 0; entry < count; entry++) {
    const amount = entryAmount(source, parts, entry);
    amounts[entry] = amount;
    for (let before = 0; before < entry; before++) {
      if (amounts[before] === amount || haveSameContent(source, parts, entry, before)) return false;
    }
  }
  return true;
}

/** Compares two strings as they are written, and first their lengths: most differ there. */
function haveSameContent(
  { columns, text, shift }: StatementSource,
  { first, shape: { items } }: StatementParts,
  one: number,
  other: number,
): boolean {
  const { starts, ends } = columns;
  const a = first + items[2 * one + 1]!;
  const b = first + items[2 * other + 1]!;
  const length = ends[a]! - starts[a]!;
  if (ends[b]! - starts[b]! !== length) return false;
  const from = starts[a]! + shift;
  const to = starts[b]! + shift;
  for (let i = 0; i < length; i++) {
    if (text.charCodeAt(from + i) !== text.charCodeAt(to + i)) return false;
  }
  return true;
}

function findToken({ first, shape: { slots } }: StatementParts, slot: number): number {
  const token = slot < slots.length ? slots[slot]! : -1;
  return token < 0 ? -1 : first + token;
}

function isString({ columns }: StatementSource, token: number): boolean {
  const kind = columns.kinds[token]! & KIND_MASK;
  return kind === STRING || kind === OPEN_STRING;
}

function textOf({ columns, text, shift }: StatementSource, token: number): string {
  return text.slice(columns.starts[token]! + shift, columns.ends[token]! + shift);
}

function amountOf({ columns, text, shift }: StatementSource, token: number): number {
  return readNumberValue(text, columns.starts[token]! + shift, columns.ends[token]! + shift);
}

function contentOf({ columns, text, shift }: StatementSource, token: number): string {
  const { kinds, starts, ends } = columns;
  return readStringText(text, starts[token]! + shift, ends[token]! + shift, kinds[token]! & KIND_MASK);
}

function wordOf({ columns, text, shift }: StatementSource, token: number): Word {
  return createWord(text, columns.starts[token]! + shift, columns.ends[token]! + shift);
}

function numberOf({ columns, text, shift }: StatementSource, token: number): NumberWord {
  return new ParsedNumber(text, columns.starts[token]! + shift, columns.ends[token]! + shift);
}

function stringOf({ columns, text, shift }: StatementSource, token: number): StringWord {
  const { kinds, starts, ends } = columns;
  return createString(text, starts[token]! + shift, ends[token]! + shift, kinds[token]! & KIND_MASK);
}
