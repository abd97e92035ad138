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

/** Reads the value texts of a statement in the same way. */
export function readStatementLabels(statement: LabelValues): Labels | undefined {
  const labels = new Map<number, string>();
  for (let entry = 0; entry < statement.entryCount; entry++) {
    const value = statement.entryValue(entry);
    if (Number.isFinite(value)) labels.set(value, statement.entryText(entry));
  }
  return labels.size === 0 ? undefined : labels;
}
