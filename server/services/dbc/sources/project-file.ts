import { CtsError } from '#protocol';
import { findNearestNames, offerNames } from '../../../core/text/nearest-names.ts';
import type { DbcFiles } from '../dbc-files.ts';

/** Where the file lies, from the folder of the project. */
const PROJECT_FILE = '.cts/dbc.json';
/** Folders that are looked into, from the one that is asked for upwards. */
const MAX_FOLDERS = 64;
const MAX_BYTES = 1024 * 1024;

/** Databases by bus: a name, or a path from the folder of the project. */
export type NamesByBus = ReadonlyMap<number, string>;

/** What `.cts/dbc.json` says. */
export interface ProjectDatabases {
  /** The file. */
  readonly path: string;
  /** The folder that `.cts` lies in: paths count from there. */
  readonly folder: string;
  /** In full. */
  readonly searchPaths: readonly string[];
  readonly buses: NamesByBus;
  /** By what `carParams` calls the car. */
  readonly fingerprints: ReadonlyMap<string, NamesByBus>;
}

/**
 * Reads the project's file, in a folder or the nearest above it that has one.
 *
 * @returns Undefined where none has one.
 * @throws {CtsError} INVALID_CONFIGURATION for a file that is not as it must be: file, place, and what was expected.
 */
export async function readProjectFile(
  files: DbcFiles,
  projectFolder: string,
  signal: AbortSignal,
): Promise<ProjectDatabases | undefined> {
  let folder = files.resolve(projectFolder, '.');
  for (let looked = 0; looked < MAX_FOLDERS; looked++) {
    const path = files.resolve(folder, PROJECT_FILE);
    if ((await files.look(path)) === 'file') return readProject(files, { path, folder }, signal);
    const above = files.resolve(folder, '..');
    if (above === folder) return undefined;
    folder = above;
  }
  return undefined;
}

async function readProject(
  files: DbcFiles,
  { path, folder }: Pick<ProjectDatabases, 'path' | 'folder'>,
  signal: AbortSignal,
): Promise<ProjectDatabases> {
  const { bytes } = await files.read(path, signal);
  const reading = new ProjectReading(path);
  const { searchPaths, buses, fingerprints } = reading.read(bytes);
  return {
    path,
    folder,
    searchPaths: searchPaths.map((each) => files.resolve(folder, each)),
    buses,
    fingerprints,
  };
}

type JsonObject = ReadonlyMap<string, unknown>;

class ProjectReading {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  read(bytes: Uint8Array): Pick<ProjectDatabases, 'searchPaths' | 'buses' | 'fingerprints'> {
    const content = this.#readObject(this.#parse(bytes), 'the file');
    this.#checkKeys(content, ['searchPaths', 'buses', 'fingerprints'], '');
    const fingerprints = this.#readObject(content.get('fingerprints') ?? {}, 'fingerprints');
    return {
      searchPaths: this.#readTexts(content.get('searchPaths') ?? [], 'searchPaths'),
      buses: this.#readBuses(content.get('buses') ?? {}, 'buses'),
      fingerprints: new Map(
        [...fingerprints].map(([car, value]) => [car, this.#readCar(value, `fingerprints.${quote(car)}`)]),
      ),
    };
  }

  #parse(bytes: Uint8Array): unknown {
    if (bytes.length > MAX_BYTES)
      throw this.#fail('', `at most ${String(MAX_BYTES)} bytes, found ${String(bytes.length)}`);
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch (error) {
      throw this.#fail('', `JSON (${error instanceof Error ? error.message : 'unreadable'})`);
    }
  }

  #readCar(value: unknown, place: string): NamesByBus {
    const car = this.#readObject(value, place);
    this.#checkKeys(car, ['buses'], place);
    return this.#readBuses(car.get('buses') ?? {}, `${place}.buses`);
  }

  #readBuses(value: unknown, place: string): NamesByBus {
    const entries = [...this.#readObject(value, place)].map(([bus, database]) => {
      if (!/^\d{1,3}$/.test(bus) || Number(bus) > 255)
        throw this.#fail(place, `numbers of buses from 0 to 255 as names, found ${quote(bus)}`);
      return [Number(bus), this.#readText(database, `${place}.${quote(bus)}`)] as const;
    });
    return new Map(entries);
  }

  #readTexts(value: unknown, place: string): readonly string[] {
    if (!Array.isArray(value)) throw this.#fail(place, `a list of folders, found ${describeKind(value)}`);
    return value.map((each, index) => this.#readText(each, `${place}[${String(index)}]`));
  }

  #readText(value: unknown, place: string): string {
    if (typeof value === 'string' && value !== '' && value.length <= 4096 && !value.includes('\0'))
      return value;
    throw this.#fail(place, `a name or a path, found ${describeKind(value)}`);
  }

  #readObject(value: unknown, place: string): JsonObject {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return new Map(Object.entries(value));
    throw this.#fail(place === 'the file' ? '' : place, `an object, found ${describeKind(value)}`);
  }

  #checkKeys(object: JsonObject, known: readonly string[], place: string): void {
    for (const key of object.keys()) {
      if (known.includes(key)) continue;
      const offer = offerNames(findNearestNames(key.slice(0, 100), known));
      throw this.#fail(place, `${known.join(', ')}, found ${quote(key)}${offer && `. ${offer}`}`);
    }
  }

  #fail(place: string, expected: string): CtsError {
    const where = place === '' ? '' : ` at ${place}`;
    return new CtsError('INVALID_CONFIGURATION', `Cannot use ${this.#path}${where}: expected ${expected}`, {
      details: { path: this.#path, place },
    });
  }
}

function quote(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}

function describeKind(value: unknown): string {
  if (value === '') return 'empty text';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'string' ? 'text that is no path' : typeof value;
}
