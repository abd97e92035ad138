import { createStructLayout, type FieldLayout, type StructLayout } from './layout.ts';
import type { FieldRow, LayoutTable, StructRow } from './layout-table.ts';
import { formerNameAt, type NameHistory } from './name-history.ts';

/** Which names a view shows. */
export interface ViewOptions {
  readonly table: LayoutTable;
  readonly history: NameHistory;
  /** Index of the release whose names are shown; the newest for forks, which bring their own names. */
  readonly release: number;
  /** Keeps a group as a struct of its own and returns its number. */
  readonly addGroup: (group: StructLayout) => number;
}

/** A field with the path of names that leads to it from its struct: more than one where it lies in a group. */
interface NamedField {
  readonly row: FieldRow;
  readonly path: readonly string[];
  readonly isNewer: boolean;
}

/**
 * Shows a struct under the names of a release. Fields may stand elsewhere than in the newest schema: what today lies in
 * the group `deprecated` was a field like others at its time.
 */
export function viewStruct(number: number, options: ViewOptions): StructLayout {
  const row = options.table.readStruct(number);
  return groupFields(nameFields(number, row, options), { row, depth: 0, prefix: row.name }, options);
}

function nameFields(number: number, struct: StructRow, options: ViewOptions): NamedField[] {
  const records = options.history.readStruct(number);
  const named = listSlots(struct, options.table).map(({ row, path }) => {
    const record = records.get(row.ordinal);
    const isNewer = (record?.since ?? 0) > options.release;
    const former = isNewer ? undefined : formerNameAt(record, options.release);
    return { row, path: former === undefined ? path : former.split('.'), isNewer };
  });
  return freeNames(named);
}

/** Where a newer field took over the name of one that the release still had, it goes by name and ordinal. */
function freeNames(named: readonly NamedField[]): NamedField[] {
  const taken = new Set(named.filter(({ isNewer }) => !isNewer).map(({ path }) => path.join('.')));
  return named.map((field) => {
    if (!field.isNewer || !taken.has(field.path.join('.'))) return field;
    return { ...field, path: [...field.path.slice(0, -1), `${field.row.name}@${String(field.row.ordinal)}`] };
  });
}

/** All fields with storage, those of groups under `group.name`. */
function listSlots(struct: StructRow, table: LayoutTable): Omit<NamedField, 'isNewer'>[] {
  return struct.fields.flatMap((row) => {
    if (row.type.kind !== 'group') return [{ row, path: [row.name] }];
    const inner = listSlots(table.readStruct(row.type.number), table);
    return inner.map((slot) => ({ row: slot.row, path: [row.name, ...slot.path] }));
  });
}

/** A path by which a field is or was known. */
export interface KnownPath {
  /** Names separated by dots; more than one where the field lies in a group. */
  readonly path: string;
  readonly ordinal: number;
  /** Last release that used the path; the newest schema's index for the paths of today. */
  readonly until: number;
}

/** Lists every path by which a struct's fields are or were known. */
export function listKnownPaths(
  number: number,
  table: LayoutTable,
  history: NameHistory,
): readonly KnownPath[] {
  const records = history.readStruct(number);
  return listSlots(table.readStruct(number), table).flatMap(({ row: { ordinal }, path }) => [
    { path: path.join('.'), ordinal, until: history.newest },
    ...(records.get(ordinal)?.former ?? []).map(({ name, until }) => ({ path: name, ordinal, until })),
  ]);
}

interface GroupPlace {
  /** The struct or group as its row tells it. */
  readonly row: StructRow;
  /** How many names of each path lead here. */
  readonly depth: number;
  readonly prefix: string;
}

function groupFields(named: readonly NamedField[], place: GroupPlace, options: ViewOptions): StructLayout {
  const byName = new Map<string, NamedField[]>();
  for (const field of named) {
    const name = field.path[place.depth] ?? '';
    const group = byName.get(name);
    if (group === undefined) byName.set(name, [field]);
    else group.push(field);
  }
  const fields = [...byName].map(([name, inside]): FieldLayout => {
    const [first] = inside;
    if (first !== undefined && first.path.length === place.depth + 1) {
      return { ...first.row, name, isNewer: first.isNewer };
    }
    return viewGroup(name, inside, place, options);
  });
  return createStructLayout({ name: place.prefix, unionByte: place.row.unionByte, fields });
}

/** A group as a field; the tag of its union, if it has one, is where the newest schema has it. */
function viewGroup(
  name: string,
  inside: readonly NamedField[],
  place: GroupPlace,
  options: ViewOptions,
): FieldLayout {
  const field = place.row.fields.find((row) => row.name === name && row.type.kind === 'group');
  const row =
    field === undefined ? { name, unionByte: -1, fields: [] } : options.table.readStruct(field.type.number);
  const prefix = `${place.prefix}.${name}`;
  const layout = groupFields(inside, { row, depth: place.depth + 1, prefix }, options);
  return {
    name,
    ordinal: -1,
    discriminant: field?.discriminant ?? -1,
    type: { kind: 'group', bits: 0, number: options.addGroup(layout), element: undefined },
    slot: 0,
    defaultBits: 0,
    isNewer: inside.every(({ isNewer }) => isNewer),
  };
}
