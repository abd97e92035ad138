import type { CleanRunsParams, CleanRunsResult, Upload } from '#protocol';
import type { ContentPins } from '../artifacts/content-pins.ts';
import type { ContentStore } from '../artifacts/content-store.ts';
import type { Clock } from '../clock.ts';
import type { StoreKeeper } from '../store/store-keeper.ts';
import type { IncomingFiles, UploadStore } from '../uploads/upload-store.ts';
import type { RunChanges } from './run-changes.ts';
import type { RunFolders } from './run-folders.ts';
import type { EndedRun, RunStore } from './run-store.ts';

/** What cleaning needs. */
export interface CleaningPorts {
  readonly store: RunStore;
  readonly uploads: UploadStore;
  readonly incoming: IncomingFiles;
  readonly contents: ContentStore;
  readonly pins: ContentPins;
  readonly folders: RunFolders;
  readonly keeper: StoreKeeper;
  readonly changes: RunChanges;
  readonly clock: Clock;
  readonly settings: CleaningSettings;
}

/** What is removed when nobody says otherwise. */
export interface CleaningSettings {
  /** 0: for ever. */
  readonly retentionDays: number;
  /** Most bytes of artifacts; 0: no limit. */
  readonly retentionBytes: number;
}

/** Removes what has been kept long enough: ended runs with their artifacts, old uploads, contents that nothing uses. */
export class RunCleaning {
  readonly #ports: CleaningPorts;
  /** One after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(ports: CleaningPorts) {
    this.#ports = ports;
  }

  /** Cleans as asked, or as set where nothing is asked. A dry run only tells. */
  clean(params: CleanRunsParams): Promise<CleanRunsResult> {
    const cleaned = this.#last.then(() => this.#clean(params));
    this.#last = cleaned.catch(() => undefined);
    return cleaned;
  }

  async #clean({ olderThanSeconds, keepBytes, isDryRun }: CleanRunsParams): Promise<CleanRunsResult> {
    const { settings, store } = this.#ports;
    const before = this.#findLimit(olderThanSeconds ?? (settings.retentionDays * 86_400 || Infinity));
    const ended = await store.listEnded();
    const runs = selectRuns(ended, { before, keepBytes: keepBytes ?? (settings.retentionBytes || Infinity) });
    const uploads = await this.#selectUploads(before);
    const removed = isDryRun ? [] : await this.#remove(runs, uploads);
    const runIds = isDryRun ? runs.map(({ id }) => id) : removed;
    const going = new Set(runIds);
    const freedBytes = await this.#sweepContents({ ended, runIds: going, uploads, isDryRun });
    return {
      isDryRun,
      runIds,
      uploadIds: uploads.map(({ id }) => id),
      artifacts: ended.filter(({ id }) => going.has(id)).reduce((sum, run) => sum + run.contents.length, 0),
      freedBytes,
    };
  }

  #findLimit(ageSeconds: number): string {
    const ms = Date.parse(this.#ports.clock.now()) - ageSeconds * 1000;
    return new Date(Math.max(0, ms)).toISOString();
  }

  /** Uploads that have lain long enough, unless a run waits for them. */
  async #selectUploads(before: string): Promise<readonly Upload[]> {
    const { uploads, store } = this.#ports;
    const active = await store.listActive();
    const wanted = new Set(active.map(({ input }) => (input?.type === 'upload' ? input.uploadId : null)));
    const all = await uploads.list();
    return all.filter(({ id, createdAt }) => isBefore(createdAt, before) && !wanted.has(id));
  }

  async #remove(runs: readonly EndedRun[], uploads: readonly Upload[]): Promise<readonly string[]> {
    const { store, folders, uploads: uploadStore, incoming } = this.#ports;
    const removed = await store.remove(runs.map(({ id }) => id));
    this.#ports.changes.tellRemoved(removed);
    await folders.remove(removed);
    for (const { id } of uploads) {
      await uploadStore.remove(id);
      await incoming.remove(id);
    }
    return removed;
  }

  /** Removes contents that nothing refers to, or would be left so; returns their bytes. */
  async #sweepContents({ ended, runIds, uploads, isDryRun }: Removal): Promise<number> {
    const { contents, keeper, pins } = this.#ports;
    // Begun before it is asked what is in use: what comes into use afterwards was pinned before that.
    const pinned = pins.watch();
    try {
      const used = isDryRun
        ? await this.#predictUse(ended, runIds, uploads)
        : await keeper.listUsedContents();
      let freedBytes = 0;
      for await (const { sha256, sizeBytes } of contents.list()) {
        if (used.has(sha256) || pinned.has(sha256)) continue;
        freedBytes += sizeBytes;
        if (!isDryRun) await contents.remove(sha256);
      }
      return freedBytes;
    } finally {
      pinned.end();
    }
  }

  async #predictUse(
    ended: readonly EndedRun[],
    runIds: ReadonlySet<string>,
    removedUploads: readonly Upload[],
  ): Promise<ReadonlySet<string>> {
    const kept = ended.filter(({ id }) => !runIds.has(id)).flatMap((run) => run.contents);
    const removedIds = new Set(removedUploads.map(({ id }) => id));
    const uploads = await this.#ports.uploads.list();
    return new Set([
      ...kept.map(({ sha256 }) => sha256),
      ...uploads.filter(({ id }) => !removedIds.has(id)).map(({ sha256 }) => sha256 ?? ''),
    ]);
  }
}

interface Removal {
  readonly ended: readonly EndedRun[];
  readonly runIds: ReadonlySet<string>;
  readonly uploads: readonly Upload[];
  readonly isDryRun: boolean;
}

/** Runs that ended too long ago, and the oldest of the others as long as their contents together are too large. */
function selectRuns(
  ended: readonly EndedRun[],
  { before, keepBytes }: { readonly before: string; readonly keepBytes: number },
): readonly EndedRun[] {
  let bytes = ended.reduce((sum, run) => sum + sizeOf(run), 0);
  return ended.filter((run) => {
    const goes = isBefore(run.completedAt, before) || bytes > keepBytes;
    if (goes) bytes -= sizeOf(run);
    return goes;
  });
}

function sizeOf({ contents }: EndedRun): number {
  return contents.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** Times differ in the digits they have. */
function isBefore(time: string, limit: string): boolean {
  return Date.parse(time) <= Date.parse(limit);
}
