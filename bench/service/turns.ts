import { describeDistribution } from './distribution.ts';
import type { TimesId, TimesRow } from './findings.ts';

/**
 * Lets contestants take turns, A B C A B C ..., so that what disturbs the machine disturbs all of them. The first round
 * does not count: it warms the page cache.
 *
 * @param contestants Each does its work once, and returns the milliseconds that count.
 */
export async function takeTurns(
  rounds: number,
  contestants: Readonly<Partial<Record<TimesId, () => Promise<number>>>>,
): Promise<readonly TimesRow[]> {
  const samples = Object.entries(contestants).map(([id, work]) => ({
    id: id as TimesId,
    work,
    ms: [] as number[],
  }));
  for (let round = -1; round < rounds; round++) {
    for (const { work, ms } of samples) {
      const tookMs = await work();
      if (round >= 0) ms.push(tookMs);
    }
  }
  return samples.map(({ id, ms }) => ({ id, times: describeDistribution(ms) }));
}
