import type { RunWork } from './run-work.ts';

/** One of the places that runs work in: held from the moment a run leaves the queue until its process is gone. */
export class RunPlace {
  work: RunWork | undefined;
  isStopped = false;
  readonly #stopping = Promise.withResolvers<undefined>();
  readonly #ending = Promise.withResolvers<undefined>();

  /** Settled when the run in it was told to stop. */
  get stopped(): Promise<unknown> {
    return this.#stopping.promise;
  }

  /** Settled when it is free. */
  get ended(): Promise<unknown> {
    return this.#ending.promise;
  }

  begin(work: RunWork): void {
    this.work = work;
    if (this.isStopped) work.stop();
  }

  stop(): void {
    this.isStopped = true;
    this.work?.stop();
    this.#stopping.resolve(undefined);
  }

  end(): void {
    this.#ending.resolve(undefined);
  }
}
