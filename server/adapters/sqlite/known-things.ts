import type { KnownThings } from '../data-folder/leftovers.ts';
import type { StateDatabase } from './state-database.ts';

/** Reads which runs and uploads there are, and how they stand. */
export function readKnownThings(database: StateDatabase): KnownThings {
  return database.read(() => ({
    runStates: new Map(database.connection.prepare('SELECT id, state FROM runs').raw().all() as RunStates),
    uploadStates: new Map(
      database.connection.prepare('SELECT id, state FROM uploads').raw().all() as UploadStates,
    ),
  }));
}

type RunStates = EntriesOf<KnownThings['runStates']>;
type UploadStates = EntriesOf<KnownThings['uploadStates']>;
type EntriesOf<M> = M extends ReadonlyMap<infer Key, infer Value> ? (readonly [Key, Value])[] : never;
