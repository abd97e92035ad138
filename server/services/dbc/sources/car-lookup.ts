import { CtsError } from '#protocol';
import {
  type DatabasesByUse,
  findCarDatabases,
  findCarName,
} from '../../../core/dbc/sources/cars/car-databases.ts';
import { readCarValues } from '../../../core/dbc/sources/cars/car-values.ts';
import type { DbcFiles } from '../dbc-files.ts';
import type { OutlinedDatabase, SearchableLibrary } from './database-library.ts';
import type { RankedDatabases } from './ranked-databases.ts';

/** Largest file of cars that is read; opendbc's largest has 60 kB. */
const MAX_VALUES_BYTES = 4 * 1024 * 1024;

/** The databases that opendbc reads a car with. */
export interface CarDatabases {
  /** Their names, whether they are there or not. */
  readonly names: readonly string[];
  /** Those that are there. */
  readonly outlined: readonly OutlinedDatabase[];
}

/** Where databases of cars are looked up. */
export interface CarLookup {
  readonly files: DbcFiles;
  readonly library: SearchableLibrary;
  readonly ranked: RankedDatabases;
}

/**
 * Looks up which databases opendbc reads a car with: in the checkouts among the search paths, or else in the table
 * that comes with CTS.
 */
export async function findDatabasesOfCar(
  lookup: CarLookup,
  fingerprint: string | undefined,
  signal: AbortSignal,
): Promise<CarDatabases> {
  if (fingerprint === undefined) return { names: [], outlined: [] };
  const byUse = (await findInCheckouts(lookup, fingerprint, signal)) ?? findCarDatabases(fingerprint);
  const names = [...new Set(byUse?.values())];
  const searched = names.length === 0 ? [] : await lookup.ranked.search();
  const all = searched.flatMap(({ databases }) => databases);
  const outlined: OutlinedDatabase[] = [];
  for (const name of names) {
    const found = all.find((each) => each.name === name);
    const each = found && (await lookup.library.outline(found, signal));
    if (each !== undefined) outlined.push(each);
  }
  return { names, outlined };
}

async function findInCheckouts(
  { files, ranked }: CarLookup,
  fingerprint: string,
  signal: AbortSignal,
): Promise<DatabasesByUse | undefined> {
  for (const { carFolder } of await ranked.search()) {
    if (carFolder === undefined) continue;
    for (const path of await files.list(carFolder, 'values.py')) {
      const cars = readCarValues(await readValues(files, path, signal));
      const found = cars.get(fingerprint) ?? cars.get(findCarName(fingerprint));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

async function readValues(files: DbcFiles, path: string, signal: AbortSignal): Promise<string> {
  try {
    const { bytes } = await files.read(path, signal);
    return bytes.length > MAX_VALUES_BYTES ? '' : new TextDecoder().decode(bytes);
  } catch (error) {
    if (!(error instanceof CtsError)) throw error;
    return '';
  }
}
