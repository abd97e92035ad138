import type { EventField } from '#protocol';

/** Which fields of a tree are seen. */
export interface FieldSight {
  /** Paths of fields with children that were opened or closed by hand. */
  readonly turned: ReadonlySet<string>;
  /** Part of a name or value; its parents are seen as well. */
  readonly text: string;
}

/** Lists that are longer stand closed until somebody opens them. */
const MOST_OPEN_CHILDREN = 16;

/** Puts the service above its fields, as what they are all part of. */
export function addService(service: string, fields: readonly EventField[]): readonly EventField[] {
  const root: EventField = {
    ...{ depth: 0, name: service, path: service, value: '', type: 'struct' },
    ...{ hasChildren: fields.length > 0, change: null, isPlottable: false },
  };
  return [root, ...fields.map((field) => ({ ...field, depth: field.depth + 1 }))];
}

/** Whether a field stands open when nobody has touched it: structs do, long lists do not. */
export function isOpenAtFirst(fields: readonly EventField[], place: number): boolean {
  const field = fields[place];
  if (field === undefined || !field.hasChildren) return false;
  let children = 0;
  for (let next = place + 1; next < fields.length; next += 1) {
    const depth = fields[next]?.depth ?? 0;
    if (depth <= field.depth) break;
    if (depth === field.depth + 1) children += 1;
    if (children > MOST_OPEN_CHILDREN && field.type.startsWith('List')) return false;
  }
  return true;
}

/** Places of the fields that are seen, in their order. */
export function listSeenFields(
  fields: readonly EventField[],
  { turned, text }: FieldSight,
): readonly number[] {
  if (text !== '') return listMatches(fields, text.toLowerCase());
  const seen: number[] = [];
  let closedDepth = Infinity;
  fields.forEach((field, place) => {
    if (field.depth > closedDepth) return;
    closedDepth = Infinity;
    seen.push(place);
    if (field.hasChildren && !isOpen(fields, place, turned)) closedDepth = field.depth;
  });
  return seen;
}

/** Whether the children of a field are seen. */
export function isOpen(fields: readonly EventField[], place: number, turned: ReadonlySet<string>): boolean {
  const path = fields[place]?.path ?? '';
  return isOpenAtFirst(fields, place) !== turned.has(path);
}

/** Place of the field that a field is part of; -1 for the outermost. */
export function findParent(fields: readonly EventField[], place: number): number {
  const depth = fields[place]?.depth ?? 0;
  for (let before = place - 1; before >= 0; before -= 1) {
    if ((fields[before]?.depth ?? 0) < depth) return before;
  }
  return -1;
}

function listMatches(fields: readonly EventField[], text: string): readonly number[] {
  const seen = new Set<number>();
  fields.forEach((field, place) => {
    if (!field.name.toLowerCase().includes(text) && !field.value.toLowerCase().includes(text)) return;
    for (let shown = place; shown >= 0 && !seen.has(shown); shown = findParent(fields, shown))
      seen.add(shown);
  });
  return [...seen].sort((a, b) => a - b);
}
