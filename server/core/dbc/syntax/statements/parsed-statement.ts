import type {
  AttributeScope,
  NumberWord,
  StringWord,
  SyntaxProblem,
  TextRange,
  ValueEntry,
  Word,
} from '../syntax-tree.ts';
import type { TokenColumns } from '../token-columns.ts';
import { KIND_MASK, OPEN_STRING, STRING } from '../token-kinds.ts';
import { createString, createWord, ParsedNumber } from '../words.ts';

/** Which token of a statement is which of its fields. Statements of one form share one. */
export interface StatementShape {
  /** For each field its token, counted from the first of the statement; -1 where it is missing. */
  readonly slots: readonly number[];
  /** Tokens of a list, such as receivers. */
  readonly items: readonly number[];
  readonly scope?: AttributeScope | undefined;
}

/** What was read of a statement. It holds where it was in the text that was read, and serves at other places, too. */
export interface StatementParts {
  readonly columns: TokenColumns;
  /** Its first token, and how many it has. */
  readonly first: number;
  readonly count: number;
  readonly shape: StatementShape;
  readonly problems: readonly SyntaxProblem[];
  /** Text from here on was not looked at to read it. */
  readonly reach: number;
}

const NO_PROBLEMS: readonly SyntaxProblem[] = [];

/**
 * A statement in a text. Its fields are made anew each time they are asked for, out of tokens in columns: most are never
 * asked for, and a statement that moves with an edit costs next to nothing.
 */
export abstract class ParsedStatement {
  readonly #parts: StatementParts;
  readonly #text: string;
  /** What the offsets of the tokens lack. */
  readonly #shift: number;

  constructor(parts: StatementParts, text: string, shift: number) {
    this.#parts = parts;
    this.#text = text;
    this.#shift = shift;
  }

  get start(): number {
    const { columns, first } = this.#parts;
    return columns.starts[first]! + this.#shift;
  }

  get end(): number {
    const { columns, first, count } = this.#parts;
    return columns.ends[first + count - 1]! + this.#shift;
  }

  get keyword(): TextRange {
    const { columns, first } = this.#parts;
    return { start: this.start, end: columns.ends[first]! + this.#shift };
  }

  get problems(): readonly SyntaxProblem[] {
    const { problems } = this.#parts;
    if (problems.length === 0) return NO_PROBLEMS;
    const shift = this.#shift;
    if (shift === 0) return problems;
    return problems.map((problem) => ({
      ...problem,
      start: problem.start + shift,
      end: problem.end + shift,
    }));
  }

  /** Offset from which on an edit changes nothing of this statement. */
  get reach(): number {
    return this.#parts.reach + this.#shift;
  }

  /** What it was made from: the same for a statement that only moved. */
  get parts(): StatementParts {
    return this.#parts;
  }

  /** The same statement in a text in which it stands `distance` later. */
  moveTo(text: string, distance: number): this {
    const maker = this.constructor as new (parts: StatementParts, text: string, shift: number) => this;
    return new maker(this.#parts, text, this.#shift + distance);
  }

  protected get statedScope(): AttributeScope | undefined {
    return this.#parts.shape.scope;
  }

  protected wordAt(slot: number): Word | undefined {
    const token = this.#findSlot(slot);
    return token < 0 ? undefined : this.#createWord(token);
  }

  protected numberAt(slot: number): NumberWord | undefined {
    const token = this.#findSlot(slot);
    return token < 0 ? undefined : this.#createNumber(token);
  }

  protected stringAt(slot: number): StringWord | undefined {
    const token = this.#findSlot(slot);
    return token < 0 ? undefined : this.#createString(token);
  }

  protected valueAt(slot: number): NumberWord | StringWord | undefined {
    const token = this.#findSlot(slot);
    if (token < 0) return undefined;
    const kind = this.#parts.columns.kinds[token]! & KIND_MASK;
    return kind === STRING || kind === OPEN_STRING ? this.#createString(token) : this.#createNumber(token);
  }

  protected listWords(): readonly Word[] {
    return this.#mapItems((token) => this.#createWord(token));
  }

  protected listNumbers(): readonly NumberWord[] {
    return this.#mapItems((token) => this.#createNumber(token));
  }

  protected listStrings(): readonly StringWord[] {
    return this.#mapItems((token) => this.#createString(token));
  }

  /** Items in pairs of number and string. */
  protected listEntries(): readonly ValueEntry[] {
    const { first, shape } = this.#parts;
    const entries: ValueEntry[] = [];
    for (let i = 0; i + 1 < shape.items.length; i += 2) {
      const value = this.#createNumber(first + shape.items[i]!);
      entries.push({ value, label: this.#createString(first + shape.items[i + 1]!) });
    }
    return entries;
  }

  /** The whole statement as it is written. */
  protected get writtenText(): string {
    return this.#text.slice(this.start, this.end);
  }

  #mapItems<T>(create: (token: number) => T): readonly T[] {
    const { first, shape } = this.#parts;
    return shape.items.map((item) => create(first + item));
  }

  #findSlot(slot: number): number {
    const { first, shape } = this.#parts;
    const token = shape.slots[slot];
    return token === undefined || token < 0 ? -1 : first + token;
  }

  #createWord(token: number): Word {
    const { starts, ends } = this.#parts.columns;
    const shift = this.#shift;
    return createWord(this.#text, starts[token]! + shift, ends[token]! + shift);
  }

  #createNumber(token: number): NumberWord {
    const { starts, ends } = this.#parts.columns;
    const shift = this.#shift;
    return new ParsedNumber(this.#text, starts[token]! + shift, ends[token]! + shift);
  }

  #createString(token: number): StringWord {
    const { kinds, starts, ends } = this.#parts.columns;
    const shift = this.#shift;
    return createString(this.#text, starts[token]! + shift, ends[token]! + shift, kinds[token]! & KIND_MASK);
  }
}
