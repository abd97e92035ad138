import type { Kind, ValueType } from './layout.ts';
import type { LogSchema } from './log-schema.ts';

/** A path that `compileFieldPath` takes, for completion. */
export interface NumericField {
  /** From the service on; lists are shown by their first element and their length. */
  readonly path: string;
  readonly kind: Kind | 'length';
  readonly unit: string | undefined;
}

/** Structs inside each other; deeper ones are not offered. */
const MAX_DEPTH = 8;
/** How many members an error message names. */
const OFFERED = 4;

/**
 * Lists every number in the events of a service, fields of the schema's release only.
 *
 * @throws {CtsError} SERVICE_NOT_FOUND
 */
export function listNumericFields(schema: LogSchema, service: string): readonly NumericField[] {
  const { field, name } = schema.findService(service);
  return [...walkType(schema, field.type, { ...ROOT, path: name })];
}

/** The first few numbers below a value, as what must be written behind its path. */
export function listNumbersBelow(schema: LogSchema, type: ValueType): readonly string[] {
  const suffixes: string[] = [];
  for (const { path } of walkType(schema, type, ROOT)) {
    if (path !== '') suffixes.push(path);
    if (suffixes.length === OFFERED) break;
  }
  return suffixes;
}

interface WalkPlace {
  readonly path: string;
  readonly unit: string | undefined;
  readonly depth: number;
  /** Number of the struct that the fields of a group lie in. */
  readonly owner: number;
}

const ROOT: WalkPlace = { path: '', unit: undefined, depth: 0, owner: -1 };

function* walkType(schema: LogSchema, type: ValueType, place: WalkPlace): Generator<NumericField> {
  const { path, unit } = place;
  const depth = place.depth + 1;
  if (depth > MAX_DEPTH || type.kind === 'void' || type.kind === 'text' || type.kind === 'data') return;
  if (type.element !== undefined) {
    yield* walkType(schema, type.element, { ...place, path: `${path}[0]`, depth });
    yield { path: `${path}.length`, kind: 'length', unit: undefined };
  } else if (type.kind === 'struct' || type.kind === 'group') {
    const owner = type.kind === 'struct' ? type.number : place.owner;
    for (const field of schema.struct(type.number).fields) {
      if (field.isNewer) continue;
      const inner = {
        path: `${path}.${field.name}`,
        unit: schema.unitOf(owner, field.ordinal),
        depth,
        owner,
      };
      yield* walkType(schema, field.type, inner);
    }
  } else {
    yield { path, kind: type.kind, unit };
  }
}
