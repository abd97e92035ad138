import { totalmem } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { computeCpuPercent } from '../../../../server/adapters/machine/cpu-load.ts';
import { watchMachine } from '../../../../server/adapters/machine/machine-probe.ts';
import type { Machine } from '../../../../server/services/service/machine.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const watched: Machine[] = [];

function watch(path: string): Machine {
  const machine = watchMachine(path);
  watched.push(machine);
  return machine;
}

afterEach(() => {
  for (const machine of watched.splice(0)) machine.close();
});

describe('watchMachine', () => {
  it('measures this machine', async () => {
    const state = await watch(folder.path).measure();
    expect(state.memoryPercent).toBeGreaterThan(0);
    expect(state.memoryPercent).toBeLessThanOrEqual(100);
    expect(state.memoryAvailableBytes).toBeLessThan(totalmem());
    expect(state.residentBytes).toBeGreaterThan(10_000_000);
    expect(state.diskTotalBytes).toBeGreaterThanOrEqual(state.diskFreeBytes);
    expect(state.diskTotalBytes).toBeGreaterThan(0);
    expect(state.uptimeSeconds).toBeGreaterThan(0);
    expect(state.cpuPercent).toBeGreaterThanOrEqual(0);
    expect(state.cpuPercent).toBeLessThanOrEqual(100);
  });

  it('notices that the event loop was held up', async () => {
    const machine = watch(folder.path);
    // The watch begins with its first timer; then nothing else may run for a while.
    await waitForTimers(2);
    blockFor(400);
    await waitForTimers(2);
    expect((await machine.measure()).eventLoopLagMs).toBeGreaterThan(200);
  });

  it('tells of no disk where the folder is gone', async () => {
    const state = await watch(join(folder.path, 'gone')).measure();
    expect(state).toMatchObject({ diskFreeBytes: 0, diskTotalBytes: 0 });
  });
});

describe('computeCpuPercent', () => {
  it.each([
    [{ busyMs: 0, totalMs: 0 }, { busyMs: 250, totalMs: 1000 }, 25],
    [{ busyMs: 100, totalMs: 100 }, { busyMs: 100, totalMs: 200 }, 0],
    [{ busyMs: 100, totalMs: 100 }, { busyMs: 90, totalMs: 200 }, 0],
    [{ busyMs: 100, totalMs: 100 }, { busyMs: 100, totalMs: 100 }, undefined],
  ])('from %o to %o is %s', (before, after, percent) => {
    expect(computeCpuPercent(before, after)).toBe(percent);
  });
});

/** Resolves when so many timers of the watch's interval have come. */
async function waitForTimers(times: number): Promise<void> {
  for (let i = 0; i < times; i++) await new Promise((resolve) => setTimeout(resolve, 60));
}

function blockFor(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
