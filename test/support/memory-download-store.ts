import type { Download } from '#protocol';
import type { DownloadStore } from '../../server/services/downloads/download-store.ts';

/** Keeps downloads in memory. What goes in and comes out is copied, as it is by a database. */
export class MemoryDownloadStore implements DownloadStore {
  /** While it is set, every method fails with it. */
  failure: Error | undefined;
  readonly #downloads = new Map<string, Download>();

  async put(download: Download): Promise<void> {
    this.#failIfTold();
    this.#downloads.set(download.id, structuredClone(download));
  }

  async get(id: string): Promise<Download | undefined> {
    this.#failIfTold();
    return structuredClone(this.#downloads.get(id));
  }

  async list(): Promise<readonly Download[]> {
    this.#failIfTold();
    return structuredClone([...this.#downloads.values()].reverse());
  }

  #failIfTold(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
