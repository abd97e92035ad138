import { readFileSync } from 'node:fs';

/** One field as listed in `log-schema.json`: where its value lies in the struct. */
export interface FieldSource {
  readonly name: string;
  /** Type in Cap'n Proto spelling, `List(CanData)`; absent for groups. */
  readonly type?: string;
  /** Ids of the structs and enums named in `type`, left to right. */
  readonly typeIds?: readonly string[];
  /** Id of the group's own struct entry. */
  readonly group?: string;
  /** From the start of the data section, in bits. */
  readonly bitOffset?: number;
  readonly pointerIndex?: number;
  /** Value of the union tag while this member is set. */
  readonly discriminant?: number;
  /** Stored bits are XOR-ed with it. */
  readonly default?: number | boolean;
}

/** One struct or group; a group repeats the sizes of the struct it lies in. */
export interface StructSource {
  readonly name: string;
  readonly dataWords: number;
  readonly pointers: number;
  readonly union?: { readonly discriminantByteOffset: number };
  readonly fields: readonly FieldSource[];
}

/** One enumeration: names and their values. */
export interface EnumSource {
  readonly name: string;
  readonly values: Readonly<Record<string, number>>;
}

/** The layout of openpilot's log schema, as kept in `server/core/schema/source/log-schema.json`. */
export interface SchemaSource {
  /** Id of `Event`. */
  readonly root: string;
  readonly structs: Readonly<Record<string, StructSource>>;
  readonly enums: Readonly<Record<string, EnumSource>>;
}

const SOURCE_FILE = new URL('../../core/schema/source/log-schema.json', import.meta.url);

/** Reads the layout that stands in the repository; for generators and tests, which run from source. */
export function readSchemaSource(): SchemaSource {
  return JSON.parse(readFileSync(SOURCE_FILE, 'utf8')) as SchemaSource;
}
