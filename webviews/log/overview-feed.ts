import type { Answer } from '../shared/host/page-host.ts';
import { createStore, type Readable } from '../shared/store.ts';

/** What an open log holds, as far as it is read. */
export type Overview = Answer<'sessions/overview'>;

/** Keeps what the log holds up to date: one request at a time, and one more where the log changed meanwhile. */
export class OverviewFeed {
  readonly #overview = createStore<Overview | null>(null);
  readonly #fetch: () => Promise<Overview>;
  #isAsking = false;
  #isOld = false;

  constructor(fetch: () => Promise<Overview>) {
    this.#fetch = fetch;
  }

  get overview(): Readable<Overview | null> {
    return this.#overview;
  }

  /** The log has changed. */
  renew(): void {
    this.#isOld = true;
    if (!this.#isAsking) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    while (this.#isOld) {
      this.#isOld = false;
      await this.#askOnce();
    }
    this.#isAsking = false;
  }

  /** A failure changes nothing: what was known still holds, and the next change asks again. */
  async #askOnce(): Promise<void> {
    try {
      this.#overview.set(await this.#fetch());
    } catch {
      return;
    }
  }
}
