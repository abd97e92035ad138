import { readNumberValue } from './number-value.ts';
import type { NumberWord, StringWord, Word } from './syntax-tree.ts';
import { STRING } from './token-kinds.ts';

/** Gives the word between two offsets. */
export function createWord(text: string, start: number, end: number): Word {
  return { start, end, text: text.slice(start, end) };
}

/** Gives the string between two offsets, the first at its quote. `kind` is that of its token. */
export function createString(text: string, start: number, end: number, kind: number): StringWord {
  const isClosed = kind === STRING;
  const content = text.slice(start + 1, isClosed ? end - 1 : end);
  return { start, end, text: content.includes('\\"') ? content.replaceAll('\\"', '"') : content, isClosed };
}

/** A number whose text and value are read when they are asked for. */
export class ParsedNumber implements NumberWord {
  readonly start: number;
  readonly end: number;
  readonly #source: string;

  constructor(source: string, start: number, end: number) {
    this.start = start;
    this.end = end;
    this.#source = source;
  }

  get text(): string {
    return this.#source.slice(this.start, this.end);
  }

  get value(): number {
    return readNumberValue(this.#source, this.start, this.end);
  }
}
