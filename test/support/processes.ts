import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 10;

/** The workers that a process started and that still run: its children that lead a group of their own. */
export function listWorkers(parent = process.pid): readonly number[] {
  return listProcesses()
    .filter((each) => each.parent === parent && each.group === each.pid && each.state !== 'Z')
    .map(({ pid }) => pid);
}

/** Whether a process runs; one that is dead and not collected does not. */
export function isProcessAlive(pid: number): boolean {
  return listProcesses().some((each) => each.pid === pid && each.state !== 'Z');
}

/** Looks again and again until something holds; the test's time limit is the only other end. */
export async function waitUntil(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(LOOK_EVERY_MS);
}

/** Open file descriptors of this process. */
export function countDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly state: string;
}

function listProcesses(): readonly ProcessRow[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readRow(Number(name)));
}

function readRow(pid: number): readonly ProcessRow[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, state = '', parent, group] = /\) (\S) (\d+) (\d+)/.exec(stat) ?? [];
    return [{ pid, state, parent: Number(parent), group: Number(group) }];
  } catch {
    return [];
  }
}
