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
