import { readPeakRss } from './peak-memory.ts';

/** Times of repeated work in this process, and what the last iteration found. */
export interface TimedWork<Found> {
  /** Wall time of each iteration. */
  readonly wallMs: readonly number[];
  /** CPU time of each iteration, all threads of the process. */
  readonly cpuMs: readonly number[];
  readonly peakRssBytes: number;
  readonly found: Found;
}

/** Does some work without counting it, then `repeat` times (at least once) with taking its time. */
export async function timeWork<Found>(
  work: () => Promise<Found>,
  { warmUp, repeat }: { readonly warmUp: number; readonly repeat: number },
): Promise<TimedWork<Found>> {
  for (let i = 0; i < warmUp; i++) await work();
  const wallMs: number[] = [];
  const cpuMs: number[] = [];
  let found = await timeOnce(work, wallMs, cpuMs);
  for (let i = 1; i < repeat; i++) found = await timeOnce(work, wallMs, cpuMs);
  return { wallMs, cpuMs, peakRssBytes: readPeakRss(), found };
}

async function timeOnce<Found>(
  work: () => Promise<Found>,
  wallMs: number[],
  cpuMs: number[],
): Promise<Found> {
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  const found = await work();
  wallMs.push(performance.now() - before);
  const { user, system } = process.cpuUsage(cpuBefore);
  cpuMs.push((user + system) / 1000);
  return found;
}
