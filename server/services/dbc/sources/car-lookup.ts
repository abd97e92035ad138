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
const MAX_VALUES_BYTES = 1024 * 1024;
/** Files of cars that are kept: a checkout has some thirty. */
const MAX_KEPT = 300;

/** The databases that opendbc reads a car with. */
export interface CarDatabases {
  /** Their names, whether they are there or not. */
  readonly names: readonly string[];
  /** Those that are there. */
  readonly outlined: readonly OutlinedDatabase[];
}

/** Where databases of cars are looked up. */
export interface CarLookup {
  readonly cars: CarFiles;
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
  { cars, ranked }: CarLookup,
  fingerprint: string,
  signal: AbortSignal,
): Promise<DatabasesByUse | undefined> {
  for (const { carFolder } of await ranked.search()) {
    const found = carFolder === undefined ? undefined : await cars.find(carFolder, fingerprint, signal);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A file of cars as it is now; it is parsed only when a car that it names is asked for. */
interface KeptFile {
  readonly version: string;
  readonly text: string;
  cars: ReadonlyMap<string, DatabasesByUse> | undefined;
}

/** What the files of cars in checkouts say; each is read again when it changes. */
export class CarFiles {
  readonly #files: DbcFiles;
  readonly #kept = new Map<string, KeptFile>();

  constructor(files: DbcFiles) {
    this.#files = files;
  }

  /** Finds a car by its name of today or its older one; undefined where no file has it. */
  async find(
    carFolder: string,
    fingerprint: string,
    signal: AbortSignal,
  ): Promise<DatabasesByUse | undefined> {
    const names = [fingerprint, findCarName(fingerprint)];
    for (const path of await this.#files.list(carFolder, 'values.py')) {
      const file = await this.#read(path, signal);
      if (file === undefined || !names.some((name) => file.text.includes(name))) continue;
      const cars = (file.cars ??= readCarValues(file.text));
      const found = names.map((name) => cars.get(name)).find((databases) => databases !== undefined);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A file that cannot be read says nothing. */
  async #read(path: string, signal: AbortSignal): Promise<KeptFile | undefined> {
    try {
      const version = await this.#files.version(path);
      const kept = this.#kept.get(path);
      if (kept?.version === version) return kept;
      const { bytes } = await this.#files.read(path, signal);
      const text = bytes.length > MAX_VALUES_BYTES ? '' : new TextDecoder().decode(bytes);
      const file: KeptFile = { version, text, cars: undefined };
      if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
      this.#kept.set(path, file);
      return file;
    } catch (error) {
      if (!(error instanceof CtsError)) throw error;
      return undefined;
    }
  }
}
