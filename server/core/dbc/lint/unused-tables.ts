import type { ValueEntry, ValueTableStatement } from '../syntax/syntax-tree.ts';
import type { WrittenValues } from './written-statements.ts';

/** After this many comparisons nothing is said any more: a file that needs more was made to. */
const MAX_COMPARISONS = 20_000;

/** Finds value tables whose texts no `VAL_` repeats: that is how a file uses one. */
export function findUnusedTables(
  tables: readonly ValueTableStatement[],
  uses: readonly WrittenValues[],
): readonly ValueTableStatement[] {
  const open = new Map<string, ValueTableStatement[]>();
  for (const table of tables) {
    const key = summarize(table.values);
    const alike = open.get(key);
    if (alike === undefined) open.set(key, [table]);
    else alike.push(table);
  }
  const named = new Set(
    uses.map(({ values, statement }) => (values.length === 0 ? statement.table?.text : undefined)),
  );
  let comparisons = 0;
  for (const { values } of uses) {
    const alike = open.get(summarize(values));
    if (alike === undefined) continue;
    comparisons += alike.length;
    if (comparisons > MAX_COMPARISONS) return [];
    const rest = alike.filter((table) => !isSame(table.values, values));
    open.set(summarize(values), rest);
  }
  return [...open.values()].flat().filter(({ name }) => !named.has(name?.text));
}

/** What two lists of the same values and texts have in common, in whatever order. */
function summarize(values: readonly ValueEntry[]): string {
  let sum = 0;
  let characters = 0;
  for (const { value, label } of values) {
    sum += value.value;
    characters += label.text.length;
  }
  return `${String(values.length)} ${String(sum)} ${String(characters)}`;
}

function isSame(one: readonly ValueEntry[], other: readonly ValueEntry[]): boolean {
  if (one.length !== other.length) return false;
  const texts = new Map(one.map(({ value, label }) => [value.value, label.text]));
  return other.every(({ value, label }) => texts.get(value.value) === label.text);
}
