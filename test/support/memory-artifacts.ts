import { createHash } from 'node:crypto';
import type { WorkFiles, WorkFolders } from '../../server/services/execution/execution-ports.ts';
import type { ProducedFile } from '../../server/services/runs/run-executor.ts';
import type { ArtifactWriter } from '../../server/tools/tool.ts';

/** A port for the files of runs that keeps them in memory, under `folder/name`. */
export class MemoryArtifacts implements WorkFolders {
  /** What was collected. */
  readonly files = new Map<string, string>();
  readonly #failure: Error | undefined;

  /** @param failure What every write throws; nothing when left out. */
  constructor(failure?: Error) {
    this.#failure = failure;
  }

  open(folder: string): WorkFiles {
    return new MemoryWorkFiles(this.files, folder, this.#failure);
  }
}

class MemoryWorkFiles implements WorkFiles {
  readonly #finished: { readonly file: ProducedFile; readonly text: string }[] = [];
  readonly #collected: Map<string, string>;
  readonly #folder: string;
  readonly #failure: Error | undefined;

  constructor(collected: Map<string, string>, folder: string, failure: Error | undefined) {
    this.#collected = collected;
    this.#folder = folder;
    this.#failure = failure;
  }

  create(name: string, mediaType: string): Promise<ArtifactWriter> {
    let text = '';
    return Promise.resolve({
      write: (bytes) => {
        if (this.#failure !== undefined) return Promise.reject(this.#failure);
        text += Buffer.from(bytes).toString();
        // They are the caller's only after the promise: whoever goes on reading them now is found out.
        bytes.fill(0xee);
        return Promise.resolve();
      },
      finish: ({ rows = null }: { readonly rows?: number | null } = {}) => {
        const path = `${this.#folder}/${name}`;
        const sha256 = createHash('sha256').update(text).digest('hex');
        const file = { name, path, mediaType, sizeBytes: Buffer.byteLength(text), sha256, rows };
        this.#finished.push({ file, text });
        return Promise.resolve();
      },
    });
  }

  collect(): Promise<readonly ProducedFile[]> {
    for (const { file, text } of this.#finished) this.#collected.set(file.path, text);
    return Promise.resolve(this.#finished.map(({ file }) => file));
  }
}
