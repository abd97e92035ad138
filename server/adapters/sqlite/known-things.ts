import type { KnownThings } from '../data-folder/leftovers.ts';
import type { StateDatabase } from './state-database.ts';

/** Reads which runs and uploads there are, and how they stand. */
export function readKnownThings(database: StateDatabase): KnownThings {
  return database.read(() => ({
    runStates: readStates(database, 'runs') as KnownThings['runStates'],
    uploadStates: readStates(database, 'uploads') as KnownThings['uploadStates'],
  }));
}

function readStates({ connection }: StateDatabase, table: 'runs' | 'uploads'): ReadonlyMap<string, string> {
  const rows = connection.prepare<[], StateRow>(`SELECT id, state FROM ${table}`).all();
  return new Map(rows.map(({ id, state }) => [id, state]));
}

interface StateRow {
  readonly id: string;
  readonly state: string;
}
