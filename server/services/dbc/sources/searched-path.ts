import { CtsError, type DbcEntry } from '#protocol';
import { decodeDbcText } from '../../../core/dbc/syntax/source-text.ts';
import { writeScriptedDatabase } from '../../../core/dbc/sources/scripted/scripted-databases.ts';
import type { DbcFiles } from '../dbc-files.ts';

/** Where the databases of opendbc lie: in the folder itself, in a checkout, or in one of openpilot. */
const PLACES_IN_CHECKOUT = ['.', 'dbc', 'opendbc/dbc', 'opendbc_repo/opendbc/dbc'];
/** Scripts beside the templates that others use, and that make no database. */
const HELPER_SCRIPT = /^_|_common\.py$|^generate_|^__init__/;

/** A database that was found. */
export type FoundDatabase = DbcEntry;

/** What lies below one search path. */
export interface SearchedPath {
  /** As it was asked for. */
  readonly path: string;
  readonly databases: readonly FoundDatabase[];
  readonly notMade: readonly { readonly name: string; readonly reason: string }[];
  /** Why nothing could be looked for. */
  readonly problem: string | null;
  /** Folder of the cars of a checkout: one folder a brand, with a `values.py`. */
  readonly carFolder: string | undefined;
}

/** Looks what databases a folder or a checkout has; never throws for what lies there. */
export async function lookThroughPath(
  files: DbcFiles,
  path: string,
  signal: AbortSignal,
): Promise<SearchedPath> {
  const nothing = { path, databases: [], notMade: [], carFolder: undefined };
  try {
    const kind = await files.look(path);
    if (kind !== 'folder')
      return { ...nothing, problem: kind === 'file' ? 'it is a file, not a folder' : 'it cannot be found' };
    const checkout = await findCheckout(files, path);
    return checkout === undefined
      ? { ...nothing, problem: null, databases: await listFolder(files, path) }
      : { path, problem: null, ...(await listCheckout(files, checkout, signal)) };
  } catch (error) {
    if (!(error instanceof CtsError)) throw error;
    return { ...nothing, problem: error.message };
  }
}

/** The folder with the databases of a checkout: the one with a folder `generator` of templates. */
async function findCheckout(files: DbcFiles, path: string): Promise<string | undefined> {
  for (const place of PLACES_IN_CHECKOUT) {
    const folder = files.resolve(path, place);
    if ((await files.look(files.resolve(folder, 'generator'))) === 'folder') return folder;
  }
  return undefined;
}

async function listFolder(files: DbcFiles, folder: string): Promise<readonly FoundDatabase[]> {
  return keepFirst((await files.list(folder, '.dbc')).map(describeFile));
}

async function listCheckout(
  files: DbcFiles,
  folder: string,
  signal: AbortSignal,
): Promise<Pick<SearchedPath, 'databases' | 'notMade' | 'carFolder'>> {
  const generator = files.resolve(folder, 'generator');
  const [all, scripts] = await Promise.all([files.list(folder, '.dbc'), files.list(generator, '.py')]);
  const lying = all.filter((path) => !isBelow(path, generator)).map(describeFile);
  const templates = all.filter((path) => isBelow(path, generator) && !readFileName(path).startsWith('_'));
  const made = scripts.filter((path) => isScript(path, generator)).map(describeScript);
  const databases = keepFirst([...lying, ...templates.map(describeTemplate), ...made]);
  const carFolder = files.resolve(folder, '../car');
  const notMade = await listNotMade(files, databases, signal);
  return {
    databases: databases.filter((each) => !notMade.includes(each)),
    notMade: notMade.map(({ name, path }) => ({ name, reason: describeScriptOnly(path) })),
    carFolder: (await files.look(carFolder)) === 'folder' ? carFolder : undefined,
  };
}

/** Databases of scripts that no generator makes, or not as the script of this checkout does. */
async function listNotMade(
  files: DbcFiles,
  databases: readonly FoundDatabase[],
  signal: AbortSignal,
): Promise<readonly FoundDatabase[]> {
  const notMade: FoundDatabase[] = [];
  for (const each of databases) {
    if (each.kind !== 'scripted') continue;
    const { bytes } = await files.read(each.path, signal);
    if (writeScriptedDatabase(each.name, decodeDbcText(bytes).text) === undefined) notMade.push(each);
  }
  return notMade;
}

/** Why a database of a script is not there, and what to do. */
export function describeScriptOnly(path: string): string {
  return `only the script ${path} makes it as it is now: run generator.py of the checkout, then it lies there as a file`;
}

function describeFile(path: string): FoundDatabase {
  return { name: readFileName(path).replace(/\.dbc$/i, ''), path, kind: 'file' };
}

function describeTemplate(path: string): FoundDatabase {
  return { name: `${describeFile(path).name}_generated`, path, kind: 'template' };
}

function describeScript(path: string): FoundDatabase {
  return { name: `${readFileName(path).replace(/\.py$/, '')}_generated`, path, kind: 'scripted' };
}

/** Scripts stand in folders of brands; `generator.py` itself does not. */
function isScript(path: string, generator: string): boolean {
  return !HELPER_SCRIPT.test(readFileName(path)) && /[\\/]/.test(path.slice(generator.length + 1));
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder) && /^[\\/]/.test(path.slice(folder.length));
}

/** The last part of a path, of whichever system. */
export function readFileName(path: string): string {
  return path.slice(path.search(/[^\\/]*$/));
}

/** Of several with one name the first: what lies there counts more than what would be made. */
function keepFirst(found: readonly FoundDatabase[]): readonly FoundDatabase[] {
  const byName = new Map<string, FoundDatabase>();
  for (const each of found) if (!byName.has(each.name)) byName.set(each.name, each);
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
