import type { Download } from '#protocol';

/** Keeps downloads. What a promise acknowledged survives the death of the process. */
export interface DownloadStore {
  /** Adds a download, or replaces the one of that id. */
  put(download: Download): Promise<void>;
  get(id: string): Promise<Download | undefined>;
  /** Newest first. */
  list(): Promise<readonly Download[]>;
}
