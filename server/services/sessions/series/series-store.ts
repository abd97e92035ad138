import type { SeriesSamples } from '../../../core/series/series-samples.ts';
import type { OpenLog } from '../open-log.ts';
import { RecentValues } from '../../recent-values.ts';

/** Samples that are kept, of all open logs together. */
const BUDGET_BYTES = 192 * 1024 * 1024;

/** Something whose samples are kept. */
export interface KeptSeries {
  readonly samples: SeriesSamples;
}

/** Keeps the series that were used last, of all open logs together, within a budget of memory. */
export class SeriesStore {
  readonly #cache: RecentValues<KeptSeries>;
  readonly #keys = new Map<OpenLog, Set<string>>();

  /** @param budgetBytes Default: 192 MiB. */
  constructor(budgetBytes = BUDGET_BYTES) {
    this.#cache = new RecentValues<KeptSeries>(budgetBytes);
  }

  /** Bytes of everything that is kept. */
  get bytes(): number {
    return this.#cache.amount;
  }

  get(log: OpenLog, key: string): KeptSeries | undefined {
    return this.#cache.get(`${log.id}:${key}`);
  }

  /** Keeps a series, or notes that one which is kept has grown; until the log is closed. */
  keep(log: OpenLog, key: string, series: KeptSeries): void {
    if (log.closing.aborted) return;
    this.#listKeys(log).add(`${log.id}:${key}`);
    this.#cache.set(`${log.id}:${key}`, series, series.samples.byteLength);
  }

  #listKeys(log: OpenLog): Set<string> {
    const known = this.#keys.get(log);
    if (known !== undefined) return known;
    const keys = new Set<string>();
    this.#keys.set(log, keys);
    log.closing.addEventListener('abort', () => {
      this.#keys.delete(log);
      for (const key of keys) this.#cache.delete(key);
    });
    return keys;
  }
}
