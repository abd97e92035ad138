/**
 * Hands on what comes until `signal` says to stop, even while nothing comes.
 *
 * @throws The signal's reason.
 */
export async function* iterateUntilAborted<Item>(
  items: AsyncIterable<Item>,
  signal: AbortSignal,
): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await nextUnlessAborted(iterator, signal);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // Whoever hangs in `next` answers this when it wakes up.
    void iterator.return?.().catch(() => undefined);
  }
}

/** A promise of its own for each item: one for all would hold on to every item until the end. */
async function nextUnlessAborted<Item>(
  iterator: AsyncIterator<Item>,
  signal: AbortSignal,
): Promise<IteratorResult<Item>> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([iterator.next(), promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
