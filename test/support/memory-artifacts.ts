import type { Artifact } from '#protocol';
import type { ArtifactFolders, RunArtifacts } from '../../server/services/runs/run-service.ts';
import type { ArtifactWriter } from '../../server/tools/tool.ts';

/** A port for artifacts that keeps them in memory, under `folder/name`. */
export class MemoryArtifacts implements ArtifactFolders {
  readonly files = new Map<string, string>();
  /** Files begun and neither finished nor discarded. */
  unfinished = 0;
  readonly #failure: Error | undefined;

  /** @param failure What every write throws; nothing when left out. */
  constructor(failure?: Error) {
    this.#failure = failure;
  }

  open(folder: string): Promise<RunArtifacts> {
    return Promise.resolve(new MemoryRunArtifacts(this, folder, this.#failure));
  }
}

class MemoryRunArtifacts implements RunArtifacts {
  readonly #finished: { readonly artifact: Artifact; readonly text: string }[] = [];
  readonly #store: MemoryArtifacts;
  readonly #folder: string;
  readonly #failure: Error | undefined;
  #begun = 0;

  constructor(store: MemoryArtifacts, folder: string, failure: Error | undefined) {
    this.#store = store;
    this.#folder = folder;
    this.#failure = failure;
  }

  create(name: string, mediaType: string): Promise<ArtifactWriter> {
    this.#begun++;
    this.#store.unfinished++;
    const path = `${this.#folder}/${name}`;
    let text = '';
    return Promise.resolve({
      write: (bytes) => {
        if (this.#failure !== undefined) return Promise.reject(this.#failure);
        text += Buffer.from(bytes).toString();
        // They are the caller's only after the promise: whoever goes on reading them now is found out.
        bytes.fill(0xee);
        return Promise.resolve();
      },
      finish: ({ rows } = {}) => {
        this.#begun--;
        this.#store.unfinished--;
        const artifact = { name, path, mediaType, sizeBytes: text.length, rows: rows ?? null };
        this.#finished.push({ artifact, text });
        return Promise.resolve();
      },
    });
  }

  publish(): Promise<readonly Artifact[]> {
    for (const { artifact, text } of this.#finished) this.#store.files.set(artifact.path, text);
    return Promise.resolve(this.#finished.map(({ artifact }) => artifact));
  }

  discard(): Promise<void> {
    this.#store.unfinished -= this.#begun;
    this.#begun = 0;
    return Promise.resolve();
  }
}
