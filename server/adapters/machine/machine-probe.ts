import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import type { Machine, MachineState } from '../../services/service/machine.ts';
import { computeCpuPercent, readCpuTimes } from './cpu-load.ts';

/** Time between two looks at the event loop. */
const LAG_RESOLUTION_MS = 50;
/** Time after which old delays are forgotten. */
const LAG_WINDOW_MS = 10_000;
/** Where a container limits nothing, Linux tells a huge number. */
const NO_LIMIT_BYTES = 2 ** 50;

/**
 * Watches the machine from now on.
 *
 * @param folder A folder on the disk that counts.
 */
export function watchMachine(folder: string): Machine {
  return new WatchedMachine(folder);
}

class WatchedMachine implements Machine {
  readonly #folder: string;
  readonly #delays: IntervalHistogram;
  #delaysSince = performance.now();
  #cpuTimes = readCpuTimes();
  #cpuPercent = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#delays = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
    this.#delays.enable();
  }

  async measure(): Promise<MachineState> {
    return {
      cpuPercent: this.#measureCpu(),
      ...measureMemory(),
      eventLoopLagMs: this.#measureLag(),
      ...(await measureDisk(this.#folder)),
      uptimeSeconds: process.uptime(),
    };
  }

  close(): void {
    this.#delays.disable();
  }

  #measureCpu(): number {
    const times = readCpuTimes();
    const percent = computeCpuPercent(this.#cpuTimes, times);
    if (percent === undefined) return this.#cpuPercent;
    this.#cpuTimes = times;
    this.#cpuPercent = percent;
    return percent;
  }

  /** A timer that comes in time counts as its interval, so that is taken off. */
  #measureLag(): number {
    const lag = this.#delays.count === 0 ? 0 : this.#delays.percentile(99) / 1e6 - LAG_RESOLUTION_MS;
    if (performance.now() - this.#delaysSince > LAG_WINDOW_MS) {
      this.#delays.reset();
      this.#delaysSince = performance.now();
    }
    return Math.max(0, lag);
  }
}

function measureMemory() {
  const limit = process.constrainedMemory();
  const isLimited = limit > 0 && limit < NO_LIMIT_BYTES;
  const total = isLimited ? Math.min(limit, totalmem()) : totalmem();
  const available = Math.min(process.availableMemory(), total);
  return {
    memoryPercent: (1 - available / total) * 100,
    memoryAvailableBytes: available,
    residentBytes: process.memoryUsage.rss(),
  };
}

async function measureDisk(folder: string) {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { diskFreeBytes: bavail * bsize, diskTotalBytes: blocks * bsize };
  } catch {
    // The folder is gone or its disk is: health tells that with its own words.
    return { diskFreeBytes: 0, diskTotalBytes: 0 };
  }
}
