import type { Run, RunsChanged } from '#protocol';
import type { Clock } from '../clock.ts';
import type { RunChangeListener, RunChanges } from './run-changes.ts';

/** What watching runs needs. */
export interface RunWatchPorts {
  readonly changes: RunChanges;
  readonly clock: Clock;
  /** Shows runs as they are now; those that are gone are left out. */
  readonly describe: (runIds: readonly string[]) => Promise<readonly Run[]>;
}

/** One who watches runs. */
export interface RunWatcher {
  readonly signal: AbortSignal;
  /** Takes the next news; what happens meanwhile comes with the one after. */
  readonly deliver: (news: RunsChanged) => void | Promise<void>;
}

/** Between two deliveries to one watcher. */
const PAUSE_MS = 100;
/** Of one delivery. */
const MOST_RUNS = 100;

/**
 * Tells watchers which runs have changed, at most ten times a second.
 *
 * What waits for a watcher is a set of names: a slow one hears less often, and of each run what it is by then.
 */
export class RunWatch {
  readonly #ports: RunWatchPorts;
  readonly #closing = new AbortController();

  constructor(ports: RunWatchPorts) {
    this.#ports = ports;
  }

  /** Ends for all who watch. */
  close(): void {
    this.#closing.abort();
  }

  /** Delivers news until the watcher's signal is aborted or the service stops; returns how many runs it told of. */
  async follow({ signal, deliver }: RunWatcher): Promise<number> {
    const ending = AbortSignal.any([signal, this.#closing.signal]);
    const news = new WaitingNews();
    const leave = this.#ports.changes.listen(news);
    let told = 0;
    try {
      while (await arriveBefore(news.arrived, ending)) {
        const { changed, removed } = news.take(MOST_RUNS);
        const runs = await this.#ports.describe(changed);
        await deliver({ runs, removed });
        told += runs.length + removed.length;
        await this.#pause(ending);
      }
      return told;
    } finally {
      leave();
    }
  }

  async #pause(ending: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const cancelTimer = this.#ports.clock.schedule(PAUSE_MS, () => {
      resolve(undefined);
    });
    await arriveBefore(promise, ending);
    cancelTimer();
  }
}

/** Runs that a watcher has not heard of yet. */
class WaitingNews implements RunChangeListener {
  readonly #changed = new Set<string>();
  readonly #removed = new Set<string>();
  #arrival = Promise.withResolvers<undefined>();

  /** Settled when there is something to tell. */
  get arrived(): Promise<unknown> {
    return this.#arrival.promise;
  }

  readonly onChanged = (runId: string): void => {
    this.#changed.add(runId);
    this.#arrival.resolve(undefined);
  };

  readonly onRemoved = (runId: string): void => {
    this.#changed.delete(runId);
    this.#removed.add(runId);
    this.#arrival.resolve(undefined);
  };

  take(limit: number): { readonly changed: readonly string[]; readonly removed: readonly string[] } {
    const changed = takeFrom(this.#changed, limit);
    const removed = takeFrom(this.#removed, limit);
    if (this.#changed.size + this.#removed.size === 0) this.#arrival = Promise.withResolvers();
    return { changed, removed };
  }
}

function takeFrom(names: Set<string>, limit: number): readonly string[] {
  const taken: string[] = [];
  for (const name of names) {
    if (taken.length === limit) break;
    taken.push(name);
    names.delete(name);
  }
  return taken;
}

/** Whether something comes before the end. */
async function arriveBefore(arrival: Promise<unknown>, ending: AbortSignal): Promise<boolean> {
  if (ending.aborted) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const end = (): void => {
    resolve(false);
  };
  ending.addEventListener('abort', end);
  void arrival.then(() => {
    resolve(true);
  });
  try {
    return await promise;
  } finally {
    ending.removeEventListener('abort', end);
  }
}
