import * as z from 'zod';
import type { Wire } from './wire.ts';

const path = z.string().min(1).max(4096);

/** A signal of a DBC message. */
export const DbcSignalInfo = z
  .strictObject({
    name: z.string(),
    startBit: z.number().describe('As DBC counts: bit 0 is the least significant of byte 0'),
    length: z.number(),
    byteOrder: z.enum(['little-endian', 'big-endian']),
    isSigned: z.boolean(),
    valueType: z.enum(['integer', 'float16', 'float32', 'float64']),
    factor: z.number(),
    offset: z.number(),
    minimum: z.number().nullable(),
    maximum: z.number().nullable(),
    unit: z.string(),
    labels: z.array(z.strictObject({ value: z.number(), label: z.string() })).describe('Texts of raw values'),
    comment: z.string().nullable(),
    receivers: z.array(z.string()),
    multiplexing: z
      .strictObject({
        isMultiplexor: z.boolean(),
        parent: z.string().nullable(),
        ranges: z.array(z.strictObject({ first: z.number(), last: z.number() })),
      })
      .nullable()
      .describe('Null for a signal that is always there and selects none'),
    isDecodable: z
      .boolean()
      .describe('False where no frame can be read with it: its place, length or factor makes no sense'),
    role: z.enum(['checksum', 'counter']).nullable().describe('What the brand of the file makes of it'),
  })
  .meta({ id: 'DbcSignalInfo' });

/** A signal of a DBC message. */
export type DbcSignalInfo = Wire<typeof DbcSignalInfo>;

/** A message of a DBC file. */
export const DbcMessageInfo = z
  .strictObject({
    arbitrationId: z.number(),
    isExtended: z.boolean().describe('Whether the id has 29 bits'),
    name: z.string(),
    sizeBytes: z.number(),
    transmitters: z.array(z.string()),
    cycleTimeMs: z.number().nullable(),
    isFd: z.boolean(),
    comment: z.string().nullable(),
    signals: z.array(DbcSignalInfo),
  })
  .meta({ id: 'DbcMessageInfo' });

/** A message of a DBC file. */
export type DbcMessageInfo = Wire<typeof DbcMessageInfo>;

/** Which DBC file is meant, by path or by the name that a search path has for it. */
export const DbcQuery = z
  .strictObject({
    path: path.describe('A DBC file, or the name of a database below one of the search paths'),
    searchPaths: z
      .array(path)
      .max(50)
      .exactOptional()
      .describe('Folders or opendbc checkouts; those of the settings when left out'),
    projectFolder: path.exactOptional().describe('Where .cts/dbc.json is looked for, upwards'),
  })
  .meta({ id: 'DbcQuery' });

/** Which DBC file is meant. */
export type DbcQuery = Wire<typeof DbcQuery>;

/** What a DBC file says. */
export const DbcInfo = z
  .strictObject({
    path: z.string(),
    encoding: z.enum(['ascii', 'utf-8', 'utf-16', 'cp1252']),
    version: z.string().nullable(),
    comment: z.string().nullable(),
    madeFrom: z.array(z.string()).describe('Templates and included files of a generated database'),
    checksums: z.string().nullable().describe('Checksum algorithm of the brand, by the name of the file'),
    nodes: z.array(z.strictObject({ name: z.string(), comment: z.string().nullable() })),
    attributes: z.array(z.strictObject({ name: z.string(), value: z.union([z.string(), z.number()]) })),
    valueTables: z.array(
      z.strictObject({
        name: z.string(),
        labels: z.array(z.strictObject({ value: z.number(), label: z.string() })),
      }),
    ),
    findings: z.strictObject({ errors: z.number(), warnings: z.number() }),
    messages: z.array(DbcMessageInfo),
  })
  .meta({ id: 'DbcInfo' });

/** What a DBC file says. */
export type DbcInfo = Wire<typeof DbcInfo>;

/** A DBC file as it is. */
export const DbcText = z
  .strictObject({
    path: z.string().describe('The file, or the template or script it is made from'),
    name: z.string(),
    madeFrom: z.array(z.string()).describe('Templates and included files of a generated database'),
    contentBase64: z.string().describe('All bytes, in the encoding of the file'),
  })
  .meta({ id: 'DbcText' });

/** A DBC file as it is. */
export type DbcText = Wire<typeof DbcText>;

/** What `dbc/list` is asked. */
export const ListDbcParams = z
  .strictObject({ searchPaths: DbcQuery.shape.searchPaths, projectFolder: DbcQuery.shape.projectFolder })
  .meta({ id: 'ListDbcParams' });

/** What `dbc/list` is asked. */
export type ListDbcParams = Wire<typeof ListDbcParams>;

/** A database that can be used. */
export const DbcEntry = z
  .strictObject({
    name: z.string().describe('File name without .dbc: what names it everywhere'),
    path: z.string().describe('The file, or the template or script it is made from'),
    kind: z
      .enum(['file', 'template', 'scripted'])
      .describe('As it lies there; expanded from IMPORT lines; or made by a generator of ours'),
  })
  .meta({ id: 'DbcEntry' });

/** A database that can be used. */
export type DbcEntry = Wire<typeof DbcEntry>;

/** What `dbc/list` found. */
export const DbcList = z
  .strictObject({
    searchPaths: z.array(
      z.strictObject({ path: z.string(), databases: z.number(), problem: z.string().nullable() }),
    ),
    databases: z.array(DbcEntry).describe('By name'),
    notMade: z
      .array(z.strictObject({ name: z.string(), reason: z.string() }))
      .describe('Databases of the checkout that only its own scripts make'),
  })
  .meta({ id: 'DbcList' });

/** What `dbc/list` found. */
export type DbcList = Wire<typeof DbcList>;
