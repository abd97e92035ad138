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
  /** Versions of every file that was read, by path: the text holds for as long as they do. */
  readonly versions: ReadonlyMap<string, string>;
}

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
export async function areCurrent(files: DbcFiles, versions: ReadonlyMap<string, string>): Promise<boolean> {
  for (const [path, version] of versions) {
    if ((await files.version(path).catch(() => undefined)) !== version) return false;
  }
  return true;
}

class TextReading {
  readonly #versions = new Map<string, string>();
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
        {
          details: { database: name, path },
        },
      );
    return { name, path, text, encoding: 'ascii', madeFrom: [path], versions: this.#versions };
  }

  async read(found: FoundDatabase): Promise<DatabaseText> {
    const { text, encoding, path } = await this.#readFile(found.path);
    const own = { name: found.name, path, text, encoding, madeFrom: [], versions: this.#versions };
    if (found.kind === 'file' && !text.includes('CM_ "IMPORT ')) return own;
    const fileName = readFileName(found.path);
    const parts = await this.#readParts(found.path, fileName, text);
    // What imports nothing that is there is best read as it stands.
    if (found.kind === 'file' && parts.size === 1) return own;
    const expanded = expandTemplate(fileName, (file) => parts.get(file));
    if (expanded === undefined) return own;
    const name = `${fileName.replace(/\.dbc$/i, '')}_generated`;
    return { ...own, name, text: expanded.text, madeFrom: expanded.parts };
  }

  /** Texts of a template and of the files that it imports, and these import, by name. */
  async #readParts(template: string, name: string, text: string): Promise<ReadonlyMap<string, string>> {
    const parts = new Map([[name, text]]);
    for (const [, part] of parts) {
      for (const imported of listImports(part)) {
        if (parts.has(imported) || parts.size >= MAX_PARTS || /[\\/\0]/.test(imported)) continue;
        const found = await this.#readBeside(template, imported);
        if (found !== undefined) parts.set(imported, found);
      }
    }
    return parts;
  }

  /** Includes that scripts of a checkout make are made here where they do not lie there. */
  async #readBeside(template: string, imported: string): Promise<string | undefined> {
    const path = this.#files.resolve(template, `../${imported}`);
    if ((await this.#files.look(path)) === 'file') return (await this.#readFile(path)).text;
    const maker = findIncludeMaker(imported);
    const source = maker && this.#files.resolve(template, `../${maker.source}`);
    if (source === undefined || (await this.#files.look(source)) !== 'file') return undefined;
    return maker?.write((await this.#readFile(source)).text);
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
