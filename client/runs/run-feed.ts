import type { Run, RunsChanged } from '#protocol';
import type { Backend } from '../backend/backend.ts';
import { memberOf } from '../backend/failure.ts';
import { RunList } from './run-list.ts';

/** What changed in the list of runs. */
export interface RunChange {
  /** Whether rows came, went or moved. */
  readonly isReordered: boolean;
  readonly changed: readonly Run[];
}

/** As many runs a page. */
const PAGE_RUNS = 200;

/** Follows the runs of the backend: begins when somebody looks, and begins anew when the backend does. */
export class RunFeed {
  readonly list: RunList;
  readonly #backend: Backend;
  readonly #listeners = new Set<(change: RunChange) => void>();
  #isFollowing = false;
  #watch: AbortController | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.list = new RunList((cursor, { states, toolId }) =>
      backend.request('runs/list', {
        limit: PAGE_RUNS,
        ...(cursor !== undefined && { cursor }),
        ...(states.length > 0 && { states }),
        ...(toolId !== undefined && { toolId }),
      }),
    );
    backend.onStatus(({ state }) => {
      if (state === 'ready' && this.#isFollowing) this.#begin();
    });
  }

  /** @returns Takes the listener away. */
  onChange(listener: (change: RunChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** From now on the list is kept up to date. */
  async follow(): Promise<void> {
    const isNew = !this.#isFollowing;
    this.#isFollowing = true;
    const isReady = this.#backend.status.state === 'ready';
    await this.#backend.start();
    if (isNew && isReady) this.#begin();
  }

  /** Takes a run that somebody else has just been told of. */
  take(run: Run): void {
    this.#apply({ runs: [run], removed: [] });
  }

  #begin(): void {
    this.#watch?.abort();
    const watch = new AbortController();
    this.#watch = watch;
    const wasShown = this.list.isLoaded;
    this.list.clear();
    if (wasShown) this.#tell({ isReordered: true, changed: [] });
    const news = { signal: watch.signal, onNews: this.#hear.bind(this) };
    // It ends with the backend; the next one is watched again.
    this.#backend.request('runs/watch', {}, news).catch(() => undefined);
  }

  #hear(method: string, params: unknown): void {
    if (method !== 'runs/changed' || !Array.isArray(memberOf(params, 'runs'))) return;
    this.#apply(params as RunsChanged);
  }

  #apply(news: RunsChanged): void {
    this.#tell(this.list.apply(news));
  }

  #tell(change: RunChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
