import type { Clock } from '../../services/clock.ts';

/** Waits; rejects with the signal's reason when it is aborted before. */
export async function waitFor(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      takeBack();
      reject(signal.reason as Error);
    };
    const takeBack = clock.schedule(delayMs, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}
