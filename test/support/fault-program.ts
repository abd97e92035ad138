import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, beforeEach } from 'vitest';
import { repository } from './repository.ts';

/** Inside of the repository, so that the programs find their packages. */
const BUNDLES = join(repository, 'out', `fault-programs-${process.pid}`);

afterAll(() => {
  rmSync(BUNDLES, { recursive: true, force: true, maxRetries: 20 });
});

/** A process that tells, a line each, what it has been promised; it is there to be killed. */
export interface FaultProgram {
  readonly pid: number;
  /** Settled when so many lines have come, or all that ever will. */
  waitForLines(count: number): Promise<void>;
  /** Kills it at once and returns all that it has told. */
  kill(): Promise<readonly string[]>;
}

/** Starts one of `test/faults/programs`. */
export function startFaultProgram(name: string, ...args: readonly string[]): FaultProgram {
  const child = spawn(process.execPath, [bundleProgram(name), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const look of waiting) look();
  };
  let hasEnded = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => {
      hasEnded = true;
      resolve();
      wake();
    });
  });
  return {
    pid: child.pid ?? 0,
    waitForLines: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (lines.length < count && !hasEnded) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
      return lines;
    },
  };
}

/** Once for a file of tests: a bundle starts several times faster, and there are hundreds of starts. */
function bundleProgram(name: string): string {
  const outfile = join(BUNDLES, `${name}.mjs`);
  if (existsSync(outfile)) return outfile;
  buildSync({
    entryPoints: [join(repository, 'test/faults/programs', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22.15',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}

/**
 * A folder for loops that kill processes, in memory where that can be had: what a process has written outlives it
 * there as on a disk, and syncing costs nothing.
 */
export function useFastFolder(): { readonly path: string } {
  const folder = { path: '' };
  beforeEach(() => {
    folder.path = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'cts-fault-'));
  });
  afterEach(() => {
    rmSync(folder.path, { recursive: true, force: true, maxRetries: 20 });
  });
  return folder;
}
