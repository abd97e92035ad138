import type { LabelValues } from '../syntax/statement-values.ts';
import type { ValueEntry } from '../syntax/syntax-tree.ts';
import type { Labels } from './database.ts';
import { readFinite } from './read-numbers.ts';

/** Reads value texts; of two for one value the last stays. Undefined where there are none. */
export function readLabels(entries: readonly ValueEntry[]): Labels | undefined {
  const labels = new Map<number, string>();
  for (const entry of entries) {
    const value = readFinite(entry.value);
    if (value !== undefined) labels.set(value, entry.label.text);
  }
  return labels.size === 0 ? undefined : labels;
}

/** Gives the value texts of a statement in the same way; they are read when they are asked for, and most never are. */
export function readStatementLabels(statement: LabelValues): Labels | undefined {
  return hasValue(statement) ? new StatementLabels(statement) : undefined;
}

/** Value texts that their statement keeps until then. */
class StatementLabels implements Labels {
  readonly #statement: LabelValues;
  #byValue: ReadonlyMap<number, string> | undefined;

  constructor(statement: LabelValues) {
    this.#statement = statement;
  }

  get size(): number {
    return this.#read().size;
  }

  get(value: number): string | undefined {
    return this.#read().get(value);
  }

  has(value: number): boolean {
    return this.#read().has(value);
  }

  forEach(visit: (label: string, value: number, labels: Labels) => void): void {
    for (const [value, label] of this) visit(label, value, this);
  }

  entries(): MapIterator<[number, string]> {
    return this.#read().entries();
  }

  keys(): MapIterator<number> {
    return this.#read().keys();
  }

  values(): MapIterator<string> {
    return this.#read().values();
  }

  [Symbol.iterator](): MapIterator<[number, string]> {
    return this.entries();
  }

  #read(): ReadonlyMap<number, string> {
    this.#byValue ??= readMap(this.#statement);
    return this.#byValue;
  }
}

function hasValue(statement: LabelValues): boolean {
  for (let entry = 0; entry < statement.entryCount; entry++) {
    if (Number.isFinite(statement.entryValue(entry))) return true;
  }
  return false;
}

function readMap(statement: LabelValues): ReadonlyMap<number, string> {
  const labels = new Map<number, string>();
  for (let entry = 0; entry < statement.entryCount; entry++) {
    const value = statement.entryValue(entry);
    if (Number.isFinite(value)) labels.set(value, statement.entryText(entry));
  }
  return labels;
}
