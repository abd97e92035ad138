import { memberOf } from './failure.ts';
import type { OnNews } from './connection.ts';

type RequestId = string | number;

/** Brings what a backend tells to the request that it belongs to. */
export class NewsRouting {
  readonly #listeners = new Map<RequestId, OnNews>();

  add(id: RequestId, onNews: OnNews): void {
    this.#listeners.set(id, onNews);
  }

  remove(id: RequestId): void {
    this.#listeners.delete(id);
  }

  /** Passes over what belongs to no request that is still asked. */
  deliver(method: string, params: unknown): void {
    const id = memberOf(params, 'requestId');
    if (typeof id !== 'string' && typeof id !== 'number') return;
    const news = Object.entries(params as object).filter(([name]) => name !== 'requestId');
    this.#listeners.get(id)?.(method, Object.fromEntries(news));
  }
}
