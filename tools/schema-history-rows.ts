import type { SourceHistory, SourceHistoryEntry } from './schema-source.ts';
import type { RowNumbers, SchemaRows } from './schema-rows.ts';

/** Writes what was known of each struct and enum by the number of its row; rows without history are empty. */
export function encodeHistory(history: SourceHistory, numbers: RowNumbers): SchemaRows {
  const tags = history.versions.map(({ tag }) => tag);
  return {
    structs: encodeEach(numbers.structs, (id) => encodeEntries(history.structs[id]?.fields ?? {}, tags)),
    enums: encodeEach(numbers.enums, (id) => encodeEntries(history.enums[id]?.values ?? {}, tags)),
  };
}

function encodeEach(numbers: ReadonlyMap<string, number>, encode: (id: string) => string): string[] {
  const rows: string[] = [];
  for (const [id, number] of numbers) rows[number] = encode(id);
  return rows;
}

function encodeEntries(
  entries: Readonly<Record<string, SourceHistoryEntry>>,
  tags: readonly string[],
): string {
  return Object.entries(entries)
    .map(([ordinal, entry]) => encodeEntry(ordinal, entry, tags))
    .filter((row) => row !== '')
    .join(';');
}

/** `ordinal since name<to name<to …`; nothing for what is as old as the schema and kept its name. */
function encodeEntry(
  ordinal: string,
  { since, was = [] }: SourceHistoryEntry,
  tags: readonly string[],
): string {
  const first = indexOf(tags, since);
  if (first === 0 && was.length === 0) return '';
  let from = first;
  const names = was.map(([name, start, end]) => {
    // Each name begins where the one before it ended, so that only the ends need to be written.
    if (indexOf(tags, start) !== from) throw new Error(`Gap before the name ${name} of ordinal ${ordinal}`);
    from = indexOf(tags, end) + 1;
    return `${name}<${String(indexOf(tags, end))}`;
  });
  return [ordinal, String(first), ...names].join(' ');
}

function indexOf(tags: readonly string[], tag: string): number {
  const index = tags.indexOf(tag);
  if (index < 0) throw new Error(`No release ${tag}`);
  return index;
}
