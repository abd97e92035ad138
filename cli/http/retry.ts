/** How often a request is tried, the first time included. */
export const MAX_ATTEMPTS = 3;

const FIRST_DELAY_MS = 200;
const MAX_DELAY_MS = 30_000;

/** Statuses that pass by themselves. */
const PASSING = new Set([429, 503]);

/** Whether the same request may be answered otherwise a little later. */
export function isPassingStatus(status: number | undefined): boolean {
  return status !== undefined && PASSING.has(status);
}

/**
 * How long to wait before the next attempt: what the service asks for, else longer each time.
 *
 * @param attempt 1 after the first failure.
 * @param retryAfter Value of the header Retry-After.
 */
export function chooseDelayMs(attempt: number, retryAfter?: string): number {
  const asked = retryAfter === undefined ? NaN : Number(retryAfter) * 1000;
  return Math.min(MAX_DELAY_MS, asked >= 0 ? asked : FIRST_DELAY_MS * 4 ** (attempt - 1));
}
