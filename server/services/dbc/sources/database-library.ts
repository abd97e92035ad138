import { CtsError } from '#protocol';
import { type MessageSizes, readMessageSizes } from '../../../core/dbc/sources/message-sizes.ts';
import { buildDatabase } from '../../../core/dbc/model/build-database.ts';
import { parseDbc } from '../../../core/dbc/syntax/parse-dbc.ts';
import { findNearestNames, offerNames } from '../../../core/text/nearest-names.ts';
import type { DatabaseLibrary, OpenedDatabase, SearchPlaces } from '../bus-databases.ts';
import type { DbcFiles } from '../dbc-files.ts';
import { areCurrent, type DatabaseText, type FileVersions, readDatabaseText } from './database-text.ts';
import { readProjectFile } from './project-file.ts';
import { RecentValues } from '../../recent-values.ts';
import { type FoundDatabase, lookThroughPath, readFileName, type SearchedPath } from './searched-path.ts';

/** UTF-16 code units of text whose databases are kept: their trees take some ten times as much memory. */
const KEPT_TEXT = 64 * 1024 * 1024;
/** Messages of outlines that are kept, in all: a few bytes each. */
const KEPT_OUTLINES = 1_000_000;

/** Where databases are looked for when a request names no folders. */
export interface LibraryDefaults {
  readonly searchPaths: readonly string[];
}

/** A database as far as its messages tell. */
export interface OutlinedDatabase {
  readonly found: FoundDatabase;
  readonly sizes: MessageSizes;
}

/** A library that can tell what it has. */
export interface SearchableLibrary extends DatabaseLibrary {
  /** What lies below each search path, the first to be looked in first. */
  search(places: SearchPlaces, signal: AbortSignal): Promise<readonly SearchedPath[]>;
  /** Finds what `open` would open. @throws {CtsError} DATABASE_NOT_FOUND. */
  find(pathOrName: string, places: SearchPlaces, signal: AbortSignal): Promise<FoundDatabase>;
  /** Opens what was found. */
  openFound(found: FoundDatabase, signal: AbortSignal): Promise<OpenedDatabase>;
  /** Reads which messages a database has, without parsing it; undefined where it cannot be read. */
  outline(found: FoundDatabase, signal: AbortSignal): Promise<OutlinedDatabase | undefined>;
}

/**
 * Makes a library over files. A name is looked for below the search paths of the request, or those of the settings,
 * and those of the project's file; what holds a slash or ends in `.dbc` is tried as a path first.
 */
export function createDatabaseLibrary(files: DbcFiles, defaults: LibraryDefaults): SearchableLibrary {
  return new FileLibrary(files, defaults);
}

interface Kept<Value> {
  readonly value: Value;
  readonly versions: FileVersions;
}

class FileLibrary implements SearchableLibrary {
  readonly #files: DbcFiles;
  readonly #defaults: LibraryDefaults;
  readonly #opened = new RecentValues<Kept<OpenedDatabase>>(KEPT_TEXT);
  readonly #outlines = new RecentValues<Kept<OutlinedDatabase>>(KEPT_OUTLINES);

  constructor(files: DbcFiles, defaults: LibraryDefaults) {
    this.#files = files;
    this.#defaults = defaults;
  }

  async open(pathOrName: string, places: SearchPlaces, signal: AbortSignal): Promise<OpenedDatabase> {
    return this.openFound(await this.find(pathOrName, places, signal), signal);
  }

  async openFound(found: FoundDatabase, signal: AbortSignal): Promise<OpenedDatabase> {
    const kept = await this.#recall(this.#opened, found);
    if (kept !== undefined) return kept;
    const text = await readDatabaseText(this.#files, found, signal);
    const value = openText(text);
    this.#opened.set(keyOf(found), { value, versions: text.versions }, text.text.length);
    return value;
  }

  async outline(found: FoundDatabase, signal: AbortSignal): Promise<OutlinedDatabase | undefined> {
    const kept = await this.#recall(this.#outlines, found);
    if (kept !== undefined) return kept;
    const text = await readDatabaseText(this.#files, found, signal).catch(passOverUnreadable);
    if (text === undefined) return undefined;
    const value = { found, sizes: readMessageSizes(text.text) };
    this.#outlines.set(keyOf(found), { value, versions: text.versions }, value.sizes.size);
    return value;
  }

  async search(places: SearchPlaces, signal: AbortSignal): Promise<readonly SearchedPath[]> {
    const paths = await this.#listSearchPaths(places, signal);
    return Promise.all(paths.map((path) => lookThroughPath(this.#files, path, signal)));
  }

  async find(pathOrName: string, places: SearchPlaces, signal: AbortSignal): Promise<FoundDatabase> {
    const folders = await this.#listSearchPaths(places, signal);
    const lying = await this.#findFile(pathOrName, [...listFolder(places.projectFolder), ...folders]);
    if (lying !== undefined) return lying;
    const searched = await this.search(places, signal);
    const found = findByName(readFileName(pathOrName).replace(/\.dbc$/i, ''), searched);
    if (found !== undefined && (!isPath(pathOrName) || readFileName(pathOrName) === pathOrName)) return found;
    await this.#refuseUnreadable(pathOrName, places, signal);
    throw describeMissing(pathOrName, searched);
  }

  /** What is no path may still be the name of a file that lies in a folder itself: no need to list them. */
  async #findFile(pathOrName: string, folders: readonly string[]): Promise<FoundDatabase | undefined> {
    const isNamed = !isPath(pathOrName);
    for (const folder of isNamed ? folders : [...folders, '']) {
      const path = this.#files.resolve(folder, isNamed ? `${pathOrName}.dbc` : pathOrName);
      const kind = await this.#files.look(path);
      if (kind === 'file') return { name: readFileName(path).replace(/\.dbc$/i, ''), path, kind: 'file' };
    }
    return undefined;
  }

  /** A path that is there and cannot be read says so, as a folder does, and is not taken for missing. */
  async #refuseUnreadable(
    pathOrName: string,
    { projectFolder = '' }: SearchPlaces,
    signal: AbortSignal,
  ): Promise<void> {
    if (!isPath(pathOrName)) return;
    const path = this.#files.resolve(projectFolder, pathOrName);
    await this.#files.read(path, signal).catch((error: unknown) => {
      if (!(error instanceof CtsError) || error.code !== 'FILE_NOT_FOUND') throw error;
    });
  }

  async #listSearchPaths(places: SearchPlaces, signal: AbortSignal): Promise<readonly string[]> {
    const { searchPaths = this.#defaults.searchPaths, projectFolder } = places;
    const project =
      projectFolder === undefined ? undefined : await readProjectFile(this.#files, projectFolder, signal);
    const asked = searchPaths.map((path) => this.#files.resolve(projectFolder ?? '', path));
    return [...new Set([...asked, ...(project?.searchPaths ?? [])])];
  }

  async #recall<Value>(kept: RecentValues<Kept<Value>>, found: FoundDatabase): Promise<Value | undefined> {
    const entry = kept.get(keyOf(found));
    if (entry === undefined) return undefined;
    if (await areCurrent(this.#files, entry.versions)) return entry.value;
    kept.delete(keyOf(found));
    return undefined;
  }
}

function openText({ name, path, text, encoding, madeFrom }: DatabaseText): OpenedDatabase {
  const tree = parseDbc(text);
  return { name, path, encoding, madeFrom, tree, database: buildDatabase(tree) };
}

/** By its name; or, where none has it, in other case, or as the template that it is generated from. */
function findByName(name: string, searched: readonly SearchedPath[]): FoundDatabase | undefined {
  const all = searched.flatMap(({ databases }) => databases);
  const lower = name.toLowerCase();
  return (
    all.find((each) => each.name === name) ??
    all.find((each) => each.name.toLowerCase() === lower) ??
    all.find((each) => each.name.toLowerCase() === `${lower}_generated`)
  );
}

function describeMissing(pathOrName: string, searched: readonly SearchedPath[]): CtsError {
  const notMade = searched.flatMap(({ notMade }) => notMade).find(({ name }) => name === pathOrName);
  const names = searched.flatMap(({ databases }) => databases.map(({ name }) => name));
  const nearest = findNearestNames(readFileName(pathOrName).slice(0, 200), names);
  const shown = pathOrName.replaceAll('\0', '?').slice(0, 400);
  return new CtsError('DATABASE_NOT_FOUND', `Cannot find the database ${shown}: ${tellWhy()}`, {
    details: { database: shown, nearest, searchPaths: searched.map(({ path }) => path) },
    ...(searched.length === 0 && {
      actions: [
        'Name a DBC file, or a folder with DBC files in dbc_paths (CTS_OPENDBC: a checkout of opendbc).',
      ],
    }),
  });

  function tellWhy(): string {
    if (notMade !== undefined) return notMade.reason;
    if (searched.length === 0) return 'there is no such file, and no search path to look for the name';
    const looked = `no file, and no name among ${String(names.length)} in ${describePaths(searched)}`;
    return nearest.length === 0 ? looked : `${looked}. ${offerNames(nearest)}`;
  }
}

function describePaths(searched: readonly SearchedPath[]): string {
  const [first, ...more] = searched.map(({ path, problem }) =>
    problem === null ? path : `${path} (${problem})`,
  );
  return more.length === 0 ? (first ?? '') : `${first ?? ''} and ${String(more.length)} more`;
}

function passOverUnreadable(error: unknown): undefined {
  if (!(error instanceof CtsError)) throw error;
  return undefined;
}

function isPath(pathOrName: string): boolean {
  return /[\\/]|\.dbc$/i.test(pathOrName);
}

function listFolder(folder: string | undefined): readonly string[] {
  return folder === undefined ? [] : [folder];
}

function keyOf({ kind, path }: FoundDatabase): string {
  return `${kind} ${path}`;
}
