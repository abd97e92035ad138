import { CtsError } from '#protocol';
import { decodeDbcText, type DbcText } from '../../../core/dbc/syntax/source-text.ts';
import { expandTemplate, listImports } from '../../../core/dbc/sources/expand-template.ts';
import {
  findIncludeMaker,
  writeScriptedDatabase,
} from '../../../core/dbc/sources/scripted/scripted-databases.ts';
import type { DbcFiles } from '../dbc-files.ts';
import { describeScriptOnly, type FoundDatabase, readFileName } from './searched-path.ts';

/** A file that goes on changing is read so often; then it is taken as it was last. */
const READS_OF_CHANGING_FILE = 3;
/** Most files that are read for one template. */
const MAX_PARTS = 300;

/** The text of a database, and what it was made from. */
export interface DatabaseText {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly encoding: DbcText['encoding'];
  readonly madeFrom: readonly string[];
  readonly versions: FileVersions;
}

/**
 * Versions of all files that a text was made from, by path, undefined for those that were not there: the text holds for
 * as long as they do.
 */
export type FileVersions = ReadonlyMap<string, string | undefined>;

type PartText = Pick<DbcText, 'text' | 'encoding'>;

interface ReadFile extends DbcText {
  readonly path: string;
}

/**
 * Reads a database that was found: as it lies there, expanded with what it imports, or made by a generator of ours.
 *
 * @throws {CtsError} DATABASE_NOT_FOUND where only a script makes it; what reading a file throws.
 */
export async function readDatabaseText(
  files: DbcFiles,
  found: FoundDatabase,
  signal: AbortSignal,
): Promise<DatabaseText> {
  const reading = new TextReading(files, signal);
  return found.kind === 'scripted' ? reading.make(found) : reading.read(found);
}

/** Whether every file that a text was made from is as it was. */
export async function areCurrent(files: DbcFiles, versions: FileVersions): Promise<boolean> {
  for (const [path, version] of versions) {
    if ((await files.version(path).catch(() => undefined)) !== version) return false;
  }
  return true;
}

class TextReading {
  readonly #versions = new Map<string, string | undefined>();
  readonly #files: DbcFiles;
  readonly #signal: AbortSignal;

  constructor(files: DbcFiles, signal: AbortSignal) {
    this.#files = files;
    this.#signal = signal;
  }

  async make({ name, path }: FoundDatabase): Promise<DatabaseText> {
    const text = writeScriptedDatabase(name, (await this.#readFile(path)).text);
    if (text === undefined)
      throw new CtsError(
        'DATABASE_NOT_FOUND',
        `Cannot make the database ${name}: ${describeScriptOnly(path)}`,
        { details: { database: name, path } },
      );
    return { name, path, text, encoding: 'ascii', madeFrom: [path], versions: this.#versions };
  }

  async read(found: FoundDatabase): Promise<DatabaseText> {
    const file = await this.#readFile(found.path);
    const { text, encoding, path } = file;
    const own = { name: found.name, path, text, encoding, madeFrom: [], versions: this.#versions };
    if (found.kind === 'file' && !text.includes('CM_ "IMPORT ')) return own;
    const fileName = readFileName(found.path);
    const parts = await this.#readParts(found.path, fileName, file);
    // What imports nothing that is there is best read as it stands.
    if (found.kind === 'file' && parts.size === 1) return own;
    const expanded = expandTemplate(fileName, (part) => parts.get(part)?.text);
    if (expanded === undefined) return own;
    const name = `${fileName.replace(/\.dbc$/i, '')}_generated`;
    const foreign = [...parts.values()].find((part) => part.encoding !== 'ascii');
    return {
      ...own,
      name,
      text: expanded.text,
      encoding: foreign?.encoding ?? 'ascii',
      madeFrom: expanded.parts,
    };
  }

  /** A template and the files that it imports, and these import, by name. */
  async #readParts(template: string, name: string, file: PartText): Promise<ReadonlyMap<string, PartText>> {
    const parts = new Map([[name, file]]);
    for (const [, { text }] of parts) {
      for (const imported of listImports(text)) {
        if (parts.has(imported) || parts.size >= MAX_PARTS || /[\\/\0]/.test(imported)) continue;
        const found = await this.#readBeside(template, imported);
        if (found !== undefined) parts.set(imported, found);
      }
    }
    return parts;
  }

  /** Includes that scripts of a checkout make are made here where they do not lie there. */
  async #readBeside(template: string, imported: string): Promise<PartText | undefined> {
    const lying = await this.#readPart(this.#files.resolve(template, `../${imported}`));
    const maker = findIncludeMaker(imported);
    if (lying !== undefined || maker === undefined) return lying;
    const source = await this.#readPart(this.#files.resolve(template, `../${maker.source}`));
    return source && { text: maker.write(source.text), encoding: source.encoding };
  }

  /** A part that is not there, or may not be read, costs that part. */
  async #readPart(path: string): Promise<PartText | undefined> {
    try {
      return await this.#readFile(path);
    } catch (error) {
      if (!(error instanceof CtsError)) throw error;
      this.#versions.set(path, await this.#files.version(path).catch(() => undefined));
      return undefined;
    }
  }

  async #readFile(path: string): Promise<ReadFile> {
    for (let read = 1; ; read++) {
      const version = await this.#files.version(path);
      const file = await this.#files.read(path, this.#signal);
      if (read < READS_OF_CHANGING_FILE && (await this.#files.version(path)) !== version) continue;
      this.#versions.set(path, version);
      return { ...decodeDbcText(file.bytes), path: file.path };
    }
  }
}
