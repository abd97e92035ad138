import { posix } from 'node:path';
import { CtsError } from '#protocol';
import type { DbcFile, DbcFiles } from '../../server/services/dbc/dbc-files.ts';

const encoder = new TextEncoder();

/** DBC files in memory, by absolute path; counts what is read. A file that is an error throws it. */
export class MemoryDbcFiles implements DbcFiles {
  readonly reads: string[] = [];
  readonly #files = new Map<string, { readonly content: Uint8Array | CtsError; readonly version: number }>();
  #versions = 0;

  constructor(files: Readonly<Record<string, string | Uint8Array | CtsError>> = {}) {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  write(path: string, content: string | Uint8Array | CtsError): void {
    const kept = typeof content === 'string' ? encoder.encode(content) : content;
    this.#files.set(path, { content: kept, version: ++this.#versions });
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  async read(path: string, signal: AbortSignal): Promise<DbcFile> {
    signal.throwIfAborted();
    this.reads.push(path);
    return { path, bytes: this.#contentOf(path) };
  }

  async version(path: string): Promise<string> {
    this.#contentOf(path);
    return String(this.#files.get(path)?.version);
  }

  async list(folder: string, suffix: string): Promise<readonly string[]> {
    return [...this.#files.keys()]
      .filter((path) => path.startsWith(`${folder}/`) && path.endsWith(suffix))
      .sort();
  }

  async look(path: string): Promise<'file' | 'folder' | undefined> {
    if (this.#files.has(path)) return 'file';
    return [...this.#files.keys()].some((each) => each.startsWith(`${path}/`)) ? 'folder' : undefined;
  }

  resolve(folder: string, name: string): string {
    return posix.resolve('/started-in', folder, name);
  }

  #contentOf(path: string): Uint8Array {
    const content = this.#files.get(path)?.content;
    if (content === undefined) throw new CtsError('FILE_NOT_FOUND', `Cannot read ${path}: nothing there`);
    if (content instanceof CtsError) throw content;
    return content;
  }
}
