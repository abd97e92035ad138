import { setTimeout as sleep } from 'node:timers/promises';

/** A pace that does not wait for answers. */
export interface Pace {
  readonly perSecond: number;
  readonly seconds: number;
}

/** One request of an open loop, in milliseconds from when it was due. */
export interface PacedRequest {
  /** Counted from 0. */
  readonly index: number;
  /** How late the client itself was. */
  readonly sentMs: number;
  readonly answeredMs: number;
}

/**
 * Sends requests when they are due, however many are still unanswered: a service that stalls is not asked less, as it
 * would be by clients that wait for each other.
 */
export async function sendAtPace(
  { perSecond, seconds }: Pace,
  send: (index: number) => Promise<unknown>,
): Promise<readonly PacedRequest[]> {
  const startMs = performance.now();
  const underWay: Promise<PacedRequest>[] = [];
  for (let index = 0; index < perSecond * seconds; index++) {
    const dueMs = startMs + (index * 1000) / perSecond;
    await waitUntil(dueMs);
    const request = timeRequest(index, dueMs, send);
    // Looked at when all are.
    request.catch(() => undefined);
    underWay.push(request);
  }
  return Promise.all(underWay);
}

async function timeRequest(
  index: number,
  dueMs: number,
  send: (index: number) => Promise<unknown>,
): Promise<PacedRequest> {
  const sentMs = performance.now() - dueMs;
  await send(index);
  return { index, sentMs, answeredMs: performance.now() - dueMs };
}

async function waitUntil(dueMs: number): Promise<void> {
  // Timers count whole milliseconds, and may be early by a part of one.
  for (let leftMs = dueMs - performance.now(); leftMs > 0; leftMs = dueMs - performance.now())
    await sleep(leftMs);
}
