import type { CtsError } from '#protocol';
import type { DownloadFolder } from '../../../../server/services/downloads/download-folder.ts';
import type {
  FetchContext,
  FetchedFile,
  FileFetcher,
  FileToFetch,
} from '../../../../server/services/downloads/file-fetcher.ts';

/** What becomes of one file. */
export type FileScript = FetchedFile | Error | ((context: FetchContext) => Promise<FetchedFile>);

/** Fetches nothing: each file comes as its script says, 10 bytes written where there is none. */
export class ScriptedFiles implements FileFetcher {
  readonly fetched: FileToFetch[] = [];
  readonly scripts = new Map<string, FileScript>();
  atOnce = 0;
  mostAtOnce = 0;

  async fetch(file: FileToFetch, context: FetchContext): Promise<FetchedFile> {
    this.fetched.push(file);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    try {
      return await this.#play(this.scripts.get(file.url) ?? { outcome: 'written', sizeBytes: 10 }, context);
    } finally {
      this.atOnce--;
    }
  }

  async #play(script: FileScript, context: FetchContext): Promise<FetchedFile> {
    await new Promise((resolve) => setImmediate(resolve));
    context.signal.throwIfAborted();
    if (script instanceof Error) throw script;
    return typeof script === 'function' ? script(context) : script;
  }
}

/** Goes on until it is stopped. */
export function fetchForever({ signal }: FetchContext): Promise<FetchedFile> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** A download folder `/downloads` without a disk. */
export class ScriptedFolder implements DownloadFolder {
  readonly texts = new Map<string, string>();
  refusal: CtsError | undefined;
  writeFailure: Error | undefined;

  async resolve(destination = ''): Promise<string> {
    if (this.refusal !== undefined) throw this.refusal;
    return `/downloads${destination === '' ? '' : `/${destination}`}`;
  }

  async writeText(file: { readonly folder: string; readonly path: string }, text: string): Promise<void> {
    if (this.writeFailure !== undefined) throw this.writeFailure;
    this.texts.set(`${file.folder}/${file.path}`, text);
  }
}
