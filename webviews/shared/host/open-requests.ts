import type { PageFailure } from '#protocol';
import type { News } from './page-host.ts';
import { makeCancelled, RequestFailure } from './request-failure.ts';

/** How a request is begun: what carries it, and how it is taken back. */
export interface BeginOptions {
  readonly send: (id: number) => void;
  readonly takeBack: (id: number) => void;
  readonly signal?: AbortSignal | undefined;
  readonly onNews?: ((news: News) => void) | undefined;
}

interface OpenRequest {
  readonly resolve: (result: unknown) => void;
  readonly reject: (failure: RequestFailure) => void;
  readonly onNews: ((news: News) => void) | undefined;
}

/** Requests that wait for their answers, by id. */
export class OpenRequests {
  #lastId = 0;
  readonly #open = new Map<number, OpenRequest>();

  /** Begins a request. One that is taken back ends at once, whatever the other side does. */
  begin({ send, takeBack, signal, onNews }: BeginOptions): Promise<unknown> {
    if (signal?.aborted === true) return Promise.reject(makeCancelled());
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        if (!this.#open.delete(id)) return;
        takeBack(id);
        reject(makeCancelled());
      };
      const release = (): void => signal?.removeEventListener('abort', stop);
      this.#open.set(id, {
        resolve: (result) => {
          release();
          resolve(result);
        },
        reject: (failure) => {
          release();
          reject(failure);
        },
        onNews,
      });
      signal?.addEventListener('abort', stop);
      send(id);
    });
  }

  answer(id: number, result: unknown): void {
    this.#take(id)?.resolve(result);
  }

  fail(id: number, failure: PageFailure): void {
    this.#take(id)?.reject(new RequestFailure(failure));
  }

  tell(id: number, news: News): void {
    this.#open.get(id)?.onNews?.(news);
  }

  failAll(failure: PageFailure): void {
    for (const id of [...this.#open.keys()]) this.fail(id, failure);
  }

  #take(id: number): OpenRequest | undefined {
    const request = this.#open.get(id);
    this.#open.delete(id);
    return request;
  }
}
