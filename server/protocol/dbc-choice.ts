import * as z from 'zod';
import { DbcQuery } from './dbc-files.ts';
import { LoadReport } from './load-report.ts';
import { LogReading } from './logs.ts';
import type { Wire } from './wire.ts';

const path = z.string().min(1).max(4096);
/** A bus of a panda. */
export const bus = z.int().min(0).max(255).describe('Panda bus number as logged');

/** A DBC file for one bus, or for all that have no other. */
export const DbcChoice = z
  .strictObject({
    bus: bus.exactOptional().describe('All buses without a choice of their own when left out'),
    path,
  })
  .meta({ id: 'DbcChoice' });

/** A DBC file for one bus, or for all that have no other. */
export type DbcChoice = Wire<typeof DbcChoice>;

/** Who chose a database for a bus. */
export const DbcSource = z
  .enum(['option', 'setting', 'project', 'fingerprint', 'match'])
  .describe('Asked for; by a setting; by .cts/dbc.json; by the car the log names; by what is on the bus');

/** Who chose a database for a bus. */
export type DbcSource = Wire<typeof DbcSource>;

/** How much of a bus a database explains. */
export const DbcCoverage = z
  .strictObject({
    frames: z.number().describe('Frames on the bus'),
    decodedFrames: z.number().describe('Of messages that the database has'),
    messages: z.number().describe('Different ids on the bus'),
    decodedMessages: z.number(),
    otherSize: z
      .number()
      .describe('Of the decoded messages: with frames of another size than the database says'),
    checkedFrames: z.number().describe('With a checksum that can be checked'),
    wrongChecksums: z.number(),
  })
  .meta({ id: 'DbcCoverage' });

/** How much of a bus a database explains. */
export type DbcCoverage = Wire<typeof DbcCoverage>;

/** Which database is used for a bus, and what it explains. */
export const BusDatabase = z
  .strictObject({
    bus,
    database: z
      .strictObject({ name: z.string(), path: z.string(), source: DbcSource })
      .nullable()
      .describe('Null where none was named and none fits'),
    coverage: DbcCoverage,
    advice: z.string().nullable().describe('What to do where little is explained; null where all is well'),
  })
  .meta({ id: 'BusDatabase' });

/** Which database is used for a bus, and what it explains. */
export type BusDatabase = Wire<typeof BusDatabase>;

/** What every request about the frames of a log says. */
export const onLog = {
  ...LogReading.shape,
  databases: z
    .array(DbcChoice)
    .max(256)
    .exactOptional()
    .describe('Databases by bus. Chosen by settings, project file, car and content when left out'),
  searchPaths: DbcQuery.shape.searchPaths,
  projectFolder: DbcQuery.shape.projectFolder,
};

/** A log, and the databases that it is read with. */
export const DbcOnLog = z.strictObject(onLog).meta({ id: 'DbcOnLog' });

/** A log, and the databases that it is read with. */
export type DbcOnLog = Wire<typeof DbcOnLog>;

/** What `dbc/match` is asked. */
export const MatchDbcParams = z
  .strictObject({
    ...LogReading.shape,
    searchPaths: DbcQuery.shape.searchPaths,
    projectFolder: DbcQuery.shape.projectFolder,
    limit: z.int().min(1).max(100).exactOptional().describe('Most databases to list for a bus. Default 5'),
  })
  .meta({ id: 'MatchDbcParams' });

/** What `dbc/match` is asked. */
export type MatchDbcParams = Wire<typeof MatchDbcParams>;

/** Which databases fit the buses of a log. */
export const DbcMatches = z
  .strictObject({
    fingerprint: z.string().nullable().describe('The car that the log names'),
    named: z.array(z.string()).describe('Databases that opendbc uses for this car'),
    buses: z.array(
      z.strictObject({
        chosen: BusDatabase,
        candidates: z
          .array(z.strictObject({ name: z.string(), path: z.string(), coverage: DbcCoverage }))
          .describe('Best first'),
      }),
    ),
    searched: z.number().describe('Databases compared'),
    report: LoadReport,
  })
  .meta({ id: 'DbcMatches' });

/** Which databases fit the buses of a log. */
export type DbcMatches = Wire<typeof DbcMatches>;
