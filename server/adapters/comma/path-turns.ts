/** Lets only one at a time work on a path; the others wait for their turn. */
export class PathTurns {
  readonly #last = new Map<string, Promise<void>>();

  /** Works when it is this caller's turn; rejects with the signal's reason when it is aborted while waiting. */
  async take<Result>(path: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(path);
    const { promise, resolve } = createGate();
    const mine = Promise.all([before, promise]).then(() => {
      if (this.#last.get(path) === mine) this.#last.delete(path);
    });
    this.#last.set(path, mine);
    try {
      if (before !== undefined) await abortable(before, signal);
      return await work();
    } finally {
      resolve();
    }
  }
}

function createGate(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function abortable(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  await Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', stop));
}
