import { readNumberValue } from './number-value.ts';
import type { NumberWord, StringWord, Word } from './syntax-tree.ts';
import { STRING } from './token-kinds.ts';

/** Gives the word between two offsets. */
export function createWord(text: string, start: number, end: number): Word {
  return { start, end, text: text.slice(start, end) };
}

/** Gives the string between two offsets, the first at its quote. `kind` is that of its token. */
export function createString(text: string, start: number, end: number, kind: number): StringWord {
  return { start, end, text: readStringText(text, start, end, kind), isClosed: kind === STRING };
}

/** Gives what stands in that string, without its quotes. */
export function readStringText(text: string, start: number, end: number, kind: number): string {
  const to = kind === STRING ? end - 1 : end;
  if (to <= start + 1) return '';
  const content = text.slice(start + 1, to);
  return content.includes('\\"') ? content.replaceAll('\\"', '"') : content;
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
