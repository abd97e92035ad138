import { spawnSync } from 'node:child_process';
import * as z from 'zod';

const childReport = z.object({
  /** Wall time of each iteration. */
  wallMs: z.array(z.number()),
  /** CPU time of each iteration, all threads of the process. */
  cpuMs: z.array(z.number()),
  rawBytes: z.number(),
  events: z.number(),
  frames: z.number(),
  csvBytes: z.number(),
  peakRssBytes: z.number(),
});

/** What the C++ peer and our workers print: times of the iterations and what each of them found. */
export type ChildReport = z.infer<typeof childReport>;

/** Times of repeated runs, in milliseconds. */
export interface Times {
  readonly wallMs: readonly number[];
  /** Empty where the CPU time of the runs is not known. */
  readonly cpuMs: readonly number[];
}

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** Runs a program that prints a `ChildReport`. */
export function runReporting(command: Command): ChildReport {
  return childReport.parse(JSON.parse(run(command)));
}

/** Runs a program from start to exit, `count` times, and takes its wall time. */
export function timeWholeProcess(command: Command, count: number): Times {
  const wallMs = Array.from({ length: count }, () => {
    const start = performance.now();
    run(command);
    return performance.now() - start;
  });
  return { wallMs, cpuMs: [] };
}

/** As `timeWholeProcess`, with the CPU time that the shell's `time` reports, to the millisecond. */
export function timeProcessCpu(command: Command, count: number): Times {
  const runs = Array.from({ length: count }, () => readShellTimes(command));
  return { wallMs: runs.map(([wallMs]) => wallMs), cpuMs: runs.map(([, cpuMs]) => cpuMs) };
}

function readShellTimes(command: Command): [wallMs: number, cpuMs: number] {
  const script = 'TIMEFORMAT="%3R %3U %3S"; { time "$@" 2>&3 >&3; } 3>/dev/null 2>&1';
  const [wall, user, system] = run(['bash', '-c', script, 'time', ...command])
    .trim()
    .split(/\s+/)
    .map(Number);
  if (wall === undefined || user === undefined || system === undefined) throw new Error('bash gave no times');
  return [wall * 1000, (user + system) * 1000];
}

/**
 * Runs a program to its end and returns what it prints; throws when it fails.
 *
 * @param limitMs When it is ended, which is a failure; 0: never.
 */
export function run([program, ...args]: Command, limitMs = 0): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: limitMs,
    maxBuffer: 1 << 28,
  });
  if (error !== undefined) throw error;
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')} failed with exit code ${status}:\n${stderr}`);
  return stdout;
}
