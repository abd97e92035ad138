import type { OpenLog } from '../open-log.ts';

/** News of a reading come at most so often, and not at all of one that is done sooner. */
const NEWS_MS = 250;

/** Tells from time to time that series have grown. */
export class ProgressNews {
  readonly #log: OpenLog;
  readonly #onProgress: () => void;
  #toldAt = performance.now();
  #hasTold = false;

  constructor(log: OpenLog, onProgress: () => void) {
    this.#log = log;
    this.#onProgress = onProgress;
  }

  tell(): void {
    if (performance.now() - this.#toldAt < NEWS_MS) return;
    this.#tellNow();
  }

  /** Whoever was told of a part is told of the rest. */
  end(): void {
    this.#onProgress();
    if (this.#hasTold) this.#tellNow();
  }

  #tellNow(): void {
    this.#toldAt = performance.now();
    this.#hasTold = true;
    this.#onProgress();
    this.#log.noteChange();
  }
}
