import { CtsError, type Download, type StartDownloadParams } from '#protocol';
import type { Clock, CreateId } from '../clock.ts';
import { DownloadRecord, isEnded, type DownloadEnd } from './download-record.ts';
import type { DownloadStore } from './download-store.ts';
import { performDownload, type DownloadJob, type WorkPorts } from './download-work.ts';
import { readRouteRequest } from './route-request.ts';

/** What downloads need of the world. */
export interface DownloadPorts extends WorkPorts {
  readonly store: DownloadStore;
  readonly clock: Clock;
  readonly createId: CreateId;
  /** Told what broke without stopping anything: a record that could not be kept, a defect of ours. */
  readonly onFault?: (error: unknown) => void;
}

/** How much is done at once. */
export interface DownloadLimits {
  /** Downloads at once; 2 where left out. */
  readonly maxConcurrent?: number;
  /** Downloads that may wait; 100 where left out. */
  readonly maxQueued?: number;
}

interface LiveDownload extends DownloadJob {
  readonly stop: AbortController;
}

const INTERRUPTED: DownloadEnd = {
  state: 'failed',
  error: {
    code: 'DOWNLOAD_FAILED',
    message:
      'The service stopped before the download was done. Start it again: it goes on where it was broken off',
  },
};

/** Fetches routes from comma connect, a few at once, while callers look on. */
export class DownloadService {
  readonly #ports: DownloadPorts;
  readonly #maxConcurrent: number;
  readonly #maxQueued: number;
  /** By id: all that have not ended, and ended ones that the store does not know of yet. */
  readonly #live = new Map<string, LiveDownload>();
  readonly #queue: LiveDownload[] = [];
  readonly #working = new Set<Promise<void>>();
  #isClosed = false;

  private constructor(ports: DownloadPorts, { maxConcurrent = 2, maxQueued = 100 }: DownloadLimits) {
    this.#ports = ports;
    this.#maxConcurrent = maxConcurrent;
    this.#maxQueued = maxQueued;
  }

  /** Begins with what an earlier process left: downloads that it did not finish have failed. */
  static async open(ports: DownloadPorts, limits: DownloadLimits = {}): Promise<DownloadService> {
    for (const download of await ports.store.list()) {
      if (isEnded(download)) continue;
      await ports.store.put({ ...download, ...INTERRUPTED, completedAt: ports.clock.now() });
    }
    return new DownloadService(ports, limits);
  }

  /**
   * Takes a download on and answers at once; the work goes on by itself.
   *
   * @throws {CtsError} INVALID_ROUTE_NAME, INVALID_PARAMETER, DESTINATION_REFUSED, QUEUE_FULL, SHUTTING_DOWN.
   */
  async start(params: StartDownloadParams): Promise<Download> {
    const { clock, folder, store, createId } = this.#ports;
    const createdAt = clock.now();
    const request = readRouteRequest(params, Date.parse(createdAt));
    this.#checkRoom();
    const destination = await folder.resolve(params.destination);
    const download = createDownload({ id: createId(), route: params.route, destination, createdAt });
    await store.put(download);
    const live = {
      record: new DownloadRecord(download, this.#ports),
      request,
      params,
      stop: new AbortController(),
    };
    this.#live.set(download.id, live);
    if (this.#isClosed) await this.#stop(live, INTERRUPTED);
    else this.#queue.push(live);
    this.#startNext();
    return download;
  }

  /** Newest first. */
  async list(): Promise<readonly Download[]> {
    const kept = await this.#ports.store.list();
    return kept.map((download) => this.#live.get(download.id)?.record.download ?? download);
  }

  /** @throws {CtsError} DOWNLOAD_NOT_FOUND. */
  async get(id: string): Promise<Download> {
    const download = this.#live.get(id)?.record.download ?? (await this.#ports.store.get(id));
    if (download !== undefined) return download;
    throw new CtsError('DOWNLOAD_NOT_FOUND', `Download ${id} not found`, { details: { downloadId: id } });
  }

  /**
   * Stops a download; one that has ended stays as it is. Files that are whole stay, and so does what is there of others.
   *
   * @throws {CtsError} DOWNLOAD_NOT_FOUND.
   */
  async cancel(id: string): Promise<Download> {
    const live = this.#live.get(id);
    if (live === undefined) return this.get(id);
    await this.#stop(live, { state: 'canceled', error: null });
    return live.record.download;
  }

  /** Stops everything and waits until it has stopped. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#live.values()].map((live) => this.#stop(live, INTERRUPTED)));
    await Promise.all(this.#working);
  }

  async #stop(live: LiveDownload, end: DownloadEnd): Promise<void> {
    live.stop.abort();
    const index = this.#queue.indexOf(live);
    if (index >= 0) this.#queue.splice(index, 1);
    await this.#end(live, end);
  }

  async #end(live: LiveDownload, end: DownloadEnd): Promise<void> {
    await live.record.end(end);
    if (live.record.isKept) this.#live.delete(live.record.download.id);
  }

  #startNext(): void {
    while (this.#working.size < this.#maxConcurrent) {
      const live = this.#queue.shift();
      if (live === undefined) return;
      const work = this.#work(live).finally(() => {
        this.#working.delete(work);
        this.#startNext();
      });
      this.#working.add(work);
    }
  }

  async #work(live: LiveDownload): Promise<void> {
    try {
      await this.#end(live, await performDownload(this.#ports, live, live.stop.signal));
    } catch (error) {
      // Who stopped it has said how it ended.
      if (!live.stop.signal.aborted) await this.#end(live, this.#describeFailure(error));
    }
  }

  #describeFailure(error: unknown): DownloadEnd {
    if (error instanceof CtsError) {
      const message = [error.message, ...error.actions].join('. ');
      return { state: 'failed', error: { code: error.code, message } };
    }
    this.#ports.onFault?.(error);
    const message = 'The download broke through a defect of CTS; the log of the service tells more';
    return { state: 'failed', error: { code: 'INTERNAL_ERROR', message } };
  }

  #checkRoom(): void {
    if (this.#isClosed)
      throw new CtsError('SHUTTING_DOWN', 'The service is stopping and takes no more downloads');
    if (this.#queue.length < this.#maxQueued) return;
    const message = `${this.#queue.length} downloads are waiting already, which is the limit`;
    throw new CtsError('QUEUE_FULL', message, { actions: ['Wait until some are done, or cancel some.'] });
  }
}

function createDownload(asked: Pick<Download, 'id' | 'route' | 'destination' | 'createdAt'>): Download {
  return {
    ...asked,
    state: 'queued',
    canonicalRoute: null,
    totalFiles: 0,
    downloadedFiles: 0,
    skippedFiles: 0,
    failedFiles: 0,
    receivedBytes: 0,
    totalBytes: 0,
    failures: [],
    error: null,
    completedAt: null,
  };
}
