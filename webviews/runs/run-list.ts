import type { Run } from '#protocol';
import type { PageHost } from '../shared/host/page-host.ts';
import { createStore, type Readable } from '../shared/store.ts';

/** Runs of one page of the list. */
const PAGE_RUNS = 500;
/** After a connection was lost, runs are watched again. */
const AGAIN_MS = 2000;

/** The runs of the service, newest first, as they change. */
export interface RunList {
  /** Null until they have been asked for. */
  readonly runs: Readable<readonly Run[] | null>;
  /** Whether older ones can be asked for. */
  hasMore(): boolean;
  readMore(): Promise<void>;
}

/** Follows the runs of the service. */
export function followRuns(host: PageHost, onFailure: (error: unknown) => void): RunList {
  const runs = createStore<readonly Run[] | null>(null);
  const byId = new Map<string, Run>();
  let cursor: string | null | undefined;

  function publish(): void {
    runs.set(
      [...byId.values()].sort((a, b) => compareText(b.createdAt, a.createdAt) || compareText(b.id, a.id)),
    );
  }

  async function read(from: string | undefined): Promise<void> {
    const page = await host.request('runs/list', {
      limit: PAGE_RUNS,
      ...(from === undefined ? {} : { cursor: from }),
    });
    for (const run of page.runs) byId.set(run.id, run);
    cursor = page.nextCursor;
    publish();
  }

  async function watch(): Promise<void> {
    try {
      await read(undefined);
      await host.request(
        'runs/watch',
        {},
        {
          onNews: (news) => {
            if (news.method !== 'runs/changed') return;
            for (const run of news.params.runs) byId.set(run.id, run);
            for (const id of news.params.removed) byId.delete(id);
            publish();
          },
        },
      );
    } catch (error) {
      onFailure(error);
    }
    setTimeout(() => void watch(), AGAIN_MS);
  }

  void watch();
  return {
    runs,
    hasMore: () => typeof cursor === 'string',
    readMore: async () => {
      if (typeof cursor === 'string') await read(cursor);
    },
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
