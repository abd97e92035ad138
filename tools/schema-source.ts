import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A field as `log-schema.json` lists it; a group has neither ordinal nor type. */
export interface SourceField {
  readonly name: string;
  readonly codeOrder: number;
  readonly ordinal?: number;
  readonly discriminant?: number;
  readonly type?: string;
  /** Ids of the structs and enums named in `type`, left to right. */
  readonly typeIds?: readonly string[];
  readonly bitOffset?: number;
  readonly pointerIndex?: number;
  readonly group?: string;
  readonly default?: boolean | number;
}

export interface SourceStruct {
  readonly name: string;
  readonly parent: string | null;
  readonly reachable: boolean;
  readonly dataWords: number;
  readonly pointers: number;
  readonly union?: { readonly count: number; readonly discriminantByteOffset: number };
  readonly typeParameters?: readonly string[];
  readonly fields: readonly SourceField[];
}

export interface SourceEnum {
  readonly name: string;
  readonly values: Readonly<Record<string, number>>;
}

/** One compiled schema: mainline or a fork's. */
export interface SourceSchema {
  readonly root: string;
  readonly structs: Readonly<Record<string, SourceStruct>>;
  readonly enums: Readonly<Record<string, SourceEnum>>;
}

/** An earlier name with the first and last release that had it. */
export type FormerName = readonly [name: string, from: string, to: string];

export interface SourceHistoryEntry {
  /** First release that has the field or enumerant. */
  readonly since: string;
  readonly was?: readonly FormerName[];
}

export interface SourceHistory {
  readonly versions: readonly { readonly tag: string }[];
  readonly structs: Readonly<
    Record<string, { readonly fields: Readonly<Record<string, SourceHistoryEntry>> }>
  >;
  readonly enums: Readonly<Record<string, { readonly values: Readonly<Record<string, SourceHistoryEntry>> }>>;
}

export interface SourceRate {
  readonly frequencyHz: number | null;
  readonly qlogDecimation: number | null;
  readonly shouldLog: boolean;
}

export interface SourceServices {
  readonly services: Readonly<Record<string, SourceRate & { readonly discriminant: number }>>;
  /** By the name that a service had at the time, oldest first. */
  readonly history: Readonly<Record<string, readonly SourceRate[]>>;
}

/** Everything that the tables are made from. */
export interface SchemaSource {
  readonly mainline: SourceSchema;
  readonly history: SourceHistory;
  readonly services: SourceServices;
  readonly forks: ReadonlyMap<string, SourceSchema>;
}

/** Reads the source data that stands beside the tables. */
export function readSchemaSource(directory: string): SchemaSource {
  const forkNames = readdirSync(path.join(directory, 'forks')).sort();
  return {
    mainline: readJson(directory, 'log-schema.json') as SourceSchema,
    history: readJson(directory, 'log-schema-history.json') as SourceHistory,
    services: readJson(directory, 'services.json') as SourceServices,
    forks: new Map(
      forkNames.map((file) => [
        path.basename(file, '.json'),
        readJson(path.join(directory, 'forks'), file) as SourceSchema,
      ]),
    ),
  };
}

function readJson(directory: string, file: string): unknown {
  return JSON.parse(readFileSync(path.join(directory, file), 'utf8'));
}
