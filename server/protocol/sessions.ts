import * as z from 'zod';
import { BusDatabase, DbcChoice, onLog } from './dbc-choice.ts';
import { LoadReport } from './load-report.ts';
import type { Wire } from './wire.ts';

/** Names an open log. */
export const session = z.string().min(1).max(64).describe('Identifies the open log, from sessions/open');
/** A time of a log. */
export const seconds = z.number().describe('From second 0 of the log');

/** Which log is opened, and with which databases. */
export const OpenSessionParams = z
  .strictObject({ ...onLog })
  .meta({ id: 'OpenSessionParams', description: 'A log to be looked at' });

/** Which log is opened, and with which databases. */
export type OpenSessionParams = Wire<typeof OpenSessionParams>;

/** Which open log is meant. */
export const SessionQuery = z.strictObject({ session }).meta({ id: 'SessionQuery' });

/** Which open log is meant. */
export type SessionQuery = Wire<typeof SessionQuery>;

/** Why nothing, or nothing more, can be read. */
export const SessionFailure = z
  .strictObject({
    code: z.string().describe('One of docs/ERRORS.md'),
    message: z.string(),
    firstBytesHex: z.string().nullable().describe('The first bytes of a file that is no log'),
  })
  .meta({ id: 'SessionFailure' });

/** Why nothing, or nothing more, can be read. */
export type SessionFailure = Wire<typeof SessionFailure>;

/** How far an open log has been read. */
export const SessionState = z
  .strictObject({
    session,
    path: z.string(),
    name: z.string(),
    revision: z.int().describe('Grows with everything that changes what may be asked'),
    phase: z
      .enum(['reading', 'stopped', 'complete', 'failed'])
      .describe('Stopped: by sessions/stop, goes on by sessions/resume'),
    hasGrown: z.boolean().describe('Whether the file is longer now than when it was read: open it anew'),
    fraction: z.number().describe('Read of the file bytes, 0 to 1'),
    events: z.int(),
    seconds: z.number().describe('Latest event read so far'),
    expectedSeconds: z.number().nullable().describe('Length of the whole, as far as it can be told'),
    kinds: z.array(z.enum(['rlog', 'qlog', 'unknown'])),
    report: LoadReport.describe('Of the segments that are finished'),
    failure: SessionFailure.nullable(),
  })
  .meta({ id: 'SessionState' });

/** How far an open log has been read. */
export type SessionState = Wire<typeof SessionState>;

/** Told while a session is followed, at most 10 times a second. */
export const SessionChanged = z.strictObject({ state: SessionState }).meta({ id: 'SessionChanged' });

/** Told while a session is followed. */
export type SessionChanged = Wire<typeof SessionChanged>;

/** The databases that an open log is read with. */
export const SessionDatabases = z
  .strictObject({
    revision: z.int(),
    buses: z.array(BusDatabase),
    candidates: z
      .array(z.strictObject({ bus: z.int(), name: z.string(), path: z.string(), share: z.number() }))
      .describe('Databases that would fit a bus that has none; share of its frames, best first'),
    fingerprint: z.string().nullable(),
  })
  .meta({ id: 'SessionDatabases' });

/** The databases that an open log is read with. */
export type SessionDatabases = Wire<typeof SessionDatabases>;

/** What `sessions/useDatabases` is asked. */
export const UseDatabasesParams = z
  .strictObject({ session, databases: z.array(DbcChoice).max(256) })
  .meta({ id: 'UseDatabasesParams' });

/** What `sessions/useDatabases` is asked. */
export type UseDatabasesParams = Wire<typeof UseDatabasesParams>;
