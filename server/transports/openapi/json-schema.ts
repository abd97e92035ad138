import * as z from 'zod';

/** JSON Schema 2020-12, as far as schemas of CTS use it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly default?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
}

/** Where components stand in an OpenAPI document. */
export const COMPONENT_PREFIX = '#/components/schemas/';

/** Turns schemas into JSON Schema, and collects those with an id as components that the others refer to. */
export class SchemaCollection {
  readonly #components = new Map<string, JsonSchema>();

  /** What a sender may send. */
  describeInput(schema: z.ZodType): JsonSchema {
    return this.#describe(schema, 'input');
  }

  /** What an answer holds. */
  describeOutput(schema: z.ZodType): JsonSchema {
    return this.#describe(schema, 'output');
  }

  /** By id, sorted. */
  listComponents(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.#components].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #describe(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    // Inside of another schema, so that the outermost one becomes a component, too.
    const holder = z.toJSONSchema(z.object({ held: schema }), { io, unrepresentable: 'any' });
    const { $defs = {}, properties } = moveReferences(holder) as DefiningSchema;
    for (const [id, definition] of Object.entries($defs)) this.#add(id, definition);
    return properties?.['held'] ?? {};
  }

  #add(id: string, definition: JsonSchema): void {
    const known = this.#components.get(id);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition))
      throw new Error(`The schema ${id} reads differently as input and as output: it needs two ids`);
    this.#components.set(id, definition);
  }
}

interface DefiningSchema extends JsonSchema {
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** References into `$defs` become references to components; ids, which say the same, are dropped. */
function moveReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moveReferences);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(
    ([name, member]) => name !== 'id' || typeof member !== 'string',
  );
  return Object.fromEntries(
    members.map(([name, member]) => [
      name,
      name === '$ref' && typeof member === 'string'
        ? member.replace('#/$defs/', COMPONENT_PREFIX)
        : moveReferences(member),
    ]),
  );
}
