import type { Download } from '#protocol';
import type { Clock } from '../clock.ts';
import type { DownloadStore } from './download-store.ts';
import type { FileBytes } from './file-fetcher.ts';

const SAVE_INTERVAL_MS = 1000;
/** More say nothing new; `failedFiles` counts them all. */
const MOST_FAILURES = 100;
const ENDED: readonly Download['state'][] = ['completed', 'failed', 'canceled'];

/** Whether nothing more will become of a download. */
export function isEnded({ state }: Download): boolean {
  return ENDED.includes(state);
}

/** What a record needs of the world. */
export interface RecordPorts {
  readonly store: DownloadStore;
  readonly clock: Clock;
  /** Told what could not be kept; the download goes on. */
  readonly onFault?: (error: unknown) => void;
}

/** The ends a download can have. */
export type DownloadEnd = Pick<Download, 'state' | 'error'>;

/**
 * A download while it lives. Transitions are kept at once, counters at most once a second; after its end nothing
 * changes any more.
 */
export class DownloadRecord {
  readonly #ports: RecordPorts;
  readonly #files = new Map<string, FileBytes>();
  #download: Download;
  #writing: Promise<void> = Promise.resolve();
  #cancelSaving: (() => void) | undefined;
  #isKept = true;

  constructor(download: Download, ports: RecordPorts) {
    this.#download = download;
    this.#ports = ports;
  }

  get download(): Download {
    return this.#download;
  }

  /** Whether the store has it as it was when it was last written. */
  get isKept(): boolean {
    return this.#isKept;
  }

  /** Goes on to the next state. */
  async advance(change: Partial<Download>): Promise<void> {
    if (this.#change(change)) await this.#save();
    else await this.#writing;
  }

  /** Ends, unless it has ended. */
  async end(end: DownloadEnd): Promise<void> {
    await this.advance({ ...end, completedAt: this.#ports.clock.now() });
  }

  /** Counts what is there of one file. */
  countBytes(path: string, { receivedBytes, totalBytes }: FileBytes): void {
    const before = this.#files.get(path) ?? { receivedBytes: 0, totalBytes: 0 };
    this.#files.set(path, { receivedBytes, totalBytes });
    this.#count({
      receivedBytes: this.#download.receivedBytes + receivedBytes - before.receivedBytes,
      totalBytes: this.#download.totalBytes + (totalBytes ?? 0) - (before.totalBytes ?? 0),
    });
  }

  /** Counts a file that is whole. */
  countFile(path: string, outcome: 'written' | 'skipped', sizeBytes: number): void {
    this.countBytes(path, { receivedBytes: sizeBytes, totalBytes: sizeBytes });
    const { downloadedFiles, skippedFiles } = this.#download;
    this.#count(
      outcome === 'written' ? { downloadedFiles: downloadedFiles + 1 } : { skippedFiles: skippedFiles + 1 },
    );
  }

  countFailure(file: string, message: string): void {
    const { failedFiles, failures } = this.#download;
    this.#count({
      failedFiles: failedFiles + 1,
      failures: failures.length < MOST_FAILURES ? [...failures, { file, message }] : failures,
    });
  }

  #count(change: Partial<Download>): void {
    if (!this.#change(change)) return;
    this.#cancelSaving ??= this.#ports.clock.schedule(SAVE_INTERVAL_MS, () => void this.#save());
  }

  #change(change: Partial<Download>): boolean {
    if (isEnded(this.#download)) return false;
    this.#download = { ...this.#download, ...change };
    return true;
  }

  /** One after the other, so that the last state is what stays. */
  #save(): Promise<void> {
    this.#cancelSaving?.();
    this.#cancelSaving = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    try {
      await this.#ports.store.put(this.#download);
      this.#isKept = true;
    } catch (error) {
      this.#isKept = false;
      this.#ports.onFault?.(error);
    }
  }
}
