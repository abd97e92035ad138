import { COMPONENT_PREFIX, type JsonSchema } from './json-schema.ts';

/** One member of an object, for a table. */
export interface MemberText {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
  readonly description: string;
}

/** Id of the component that a schema refers to; undefined when it stands for itself. */
function findComponent({ $ref }: JsonSchema): string | undefined {
  return $ref?.startsWith(COMPONENT_PREFIX) === true ? $ref.slice(COMPONENT_PREFIX.length) : undefined;
}

/** A type in one line: `integer`, `"a" | "b"`, `list of RunBody`. */
export function writeType(schema: JsonSchema): string {
  const component = findComponent(schema);
  if (component !== undefined) return component;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(writeType))].join(' | ');
  if (schema.allOf !== undefined) return schema.allOf.map(writeType).join(' & ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  return writePlainType(schema);
}

/** Members of an object, in order; none for what is no object. */
export function listMembers(schema: JsonSchema): readonly MemberText[] {
  return Object.entries(schema.properties ?? {}).map(([name, member]) => ({
    name,
    schema: member,
    isRequired: schema.required?.includes(name) ?? false,
    description: writeDescription(member),
  }));
}

/** What is said of a value: description, bounds and default. */
export function writeDescription({ description, minimum, maximum, default: standard }: JsonSchema): string {
  const bounds = writeBounds(minimum, maximum);
  const notes = [
    ...(bounds === '' ? [] : [bounds]),
    ...(standard === undefined ? [] : [`default ${JSON.stringify(standard)}`]),
  ];
  return [description ?? '', ...notes].filter((part) => part !== '').join('; ');
}

function writePlainType({ type, items, additionalProperties }: JsonSchema): string {
  if (type === 'array') return `list of ${items === undefined ? 'anything' : writeType(items)}`;
  if (type === 'object' && typeof additionalProperties === 'object')
    return `object of ${writeType(additionalProperties)}`;
  return type === undefined ? 'anything' : [type].flat().join(' | ');
}

/** The largest safe integers are no bounds that anyone meets. */
function writeBounds(minimum: number | undefined, maximum: number | undefined): string {
  const least = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  if (least !== undefined && most !== undefined) return `${least} to ${most}`;
  if (least !== undefined) return `at least ${least}`;
  return most === undefined ? '' : `at most ${most}`;
}
