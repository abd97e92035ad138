import type { ValueEntry } from '../syntax/syntax-tree.ts';
import type { Labels } from './database.ts';

/** Reads value texts; of two for one value the last stays. Undefined where there are none. */
export function readLabels(entries: readonly ValueEntry[]): Labels | undefined {
  const labels = new Map<number, string>();
  for (const { value, label } of entries) {
    if (Number.isFinite(value.value)) labels.set(value.value, label.text);
  }
  return labels.size === 0 ? undefined : labels;
}
