/** Names of the numeric types of Cap'n Proto. */
export type NumberTypeName = keyof typeof NUMBER_TYPES;

/** Width and range of each numeric type; floating point types take any number. */
export const NUMBER_TYPES = {
  Int8: { bytes: 1, min: -0x80, max: 0x7f },
  Int16: { bytes: 2, min: -0x8000, max: 0x7fff },
  Int32: { bytes: 4, min: -0x8000_0000, max: 0x7fff_ffff },
  Int64: { bytes: 8, min: -(2n ** 63n), max: 2n ** 63n - 1n },
  UInt8: { bytes: 1, min: 0, max: 0xff },
  UInt16: { bytes: 2, min: 0, max: 0xffff },
  UInt32: { bytes: 4, min: 0, max: 0xffff_ffff },
  UInt64: { bytes: 8, min: 0n, max: 2n ** 64n - 1n },
  Float32: { bytes: 4 },
  Float64: { bytes: 8 },
} as const;

/** The type of a field or list element, with the names resolved to ids. */
export type ValueType =
  | { readonly kind: 'Void' | 'Bool' | 'Text' | 'Data' }
  | { readonly kind: 'number'; readonly name: NumberTypeName }
  | { readonly kind: 'list'; readonly element: ValueType }
  /** A struct or an enum: which of them, the id tells. */
  | { readonly kind: 'named'; readonly id: string; readonly parameters: readonly ValueType[] }
  /** The n-th type parameter of the generic struct around it. */
  | { readonly kind: 'parameter'; readonly index: number };

/**
 * Parses a type in the spelling of `log-schema.json`: `UInt8`, `List(CanData)`, `Map(Text,Data)`, `$0`.
 *
 * @param typeIds Ids of the named types in `text`, left to right.
 */
export function parseValueType(text: string, typeIds: readonly string[]): ValueType {
  return new TypeParser(text, typeIds).parse();
}

class TypeParser {
  readonly #tokens: readonly string[];
  readonly #typeIds: readonly string[];
  #nextToken = 0;
  #nextId = 0;

  constructor(text: string, typeIds: readonly string[]) {
    this.#tokens = text.match(/[$\w.]+|[(),]/g) ?? [];
    this.#typeIds = typeIds;
  }

  parse(): ValueType {
    const name = this.#take();
    if (name === 'List') return { kind: 'list', element: this.#parseParameters()[0] ?? { kind: 'Void' } };
    if (name === 'Void' || name === 'Bool' || name === 'Text' || name === 'Data') return { kind: name };
    if (name.startsWith('$')) return { kind: 'parameter', index: Number(name.slice(1)) };
    if (isNumberTypeName(name)) return { kind: 'number', name };
    const id = this.#typeIds[this.#nextId++];
    if (id === undefined) throw new Error(`The schema source gives no id for type ${name}`);
    return { kind: 'named', id, parameters: this.#parseParameters() };
  }

  #parseParameters(): ValueType[] {
    const parameters: ValueType[] = [];
    if (this.#tokens[this.#nextToken] !== '(') return parameters;
    do {
      this.#nextToken++; // the bracket, or the comma between two parameters
      parameters.push(this.parse());
    } while (this.#tokens[this.#nextToken] === ',');
    this.#nextToken++;
    return parameters;
  }

  #take(): string {
    return this.#tokens[this.#nextToken++] ?? '';
  }
}

function isNumberTypeName(name: string): name is NumberTypeName {
  return Object.hasOwn(NUMBER_TYPES, name);
}
