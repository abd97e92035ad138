import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import process from 'node:process';
import { parentPort, Worker } from 'node:worker_threads';
import { signalGroup } from './process-group.ts';
import { LIFELINE, MEMORY_NOTICE } from './worker-pipes.ts';

const MAX_INTERVAL_MS = 50;
/** More than any program can fill in a millisecond: the nearer the limit, the more often it is looked at. */
const FASTEST_GROWTH_BYTES_PER_MS = 4 << 20;

/** A thread beside the work, which kills this process and all that it started when it must not go on. */
export interface Watchdog {
  /** From now on the process may have so many bytes resident. */
  limit(residentBytes: number): void;
}

/** Starts the watchdog: a thread that executes this very program again, whose `serveRun` calls `keepWatch` there. */
export function startWatchdog(): Watchdog {
  const thread = new Worker(process.argv[1] ?? '', { resourceLimits: { maxOldGenerationSizeMb: 32 } });
  thread.once('error', killEverything);
  // A process whose work is done does not wait for it.
  thread.unref();
  return {
    limit: (residentBytes) => {
      thread.postMessage(residentBytes);
    },
  };
}

/**
 * The watchdog's work, in its thread: it ends the process when the service is gone, even if that was killed, and when
 * memory exceeds the limit, even if the main thread never pauses.
 */
export function keepWatch(): void {
  const lifeline = new Socket({ fd: LIFELINE });
  lifeline.on('error', () => undefined);
  lifeline.once('close', killEverything);
  lifeline.resume();
  parentPort?.once('message', (residentBytes: number) => {
    watchMemory(residentBytes);
  });
}

function watchMemory(limitBytes: number): void {
  const leftBytes = limitBytes - process.memoryUsage.rss();
  if (leftBytes < 0) {
    writeSync(LIFELINE, MEMORY_NOTICE);
    killEverything();
  }
  const nextMs = Math.min(MAX_INTERVAL_MS, Math.max(1, Math.floor(leftBytes / FASTEST_GROWTH_BYTES_PER_MS)));
  setTimeout(() => {
    watchMemory(limitBytes);
  }, nextMs);
}

function killEverything(): void {
  signalGroup(process.pid, 'SIGKILL');
  // Where it leads no group, as when a person started it.
  process.kill(process.pid, 'SIGKILL');
}
