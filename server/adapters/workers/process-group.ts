import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a group of processes can be told: to stop, to end, and to be no more. */
export type GroupSignal = 'SIGINT' | 'SIGTERM' | 'SIGKILL';

const LOOK_EVERY_MS = 5;
const MAX_WAIT_MS = 1000;

/** Signals every process of the group that `pid` leads, or led. That there is none is fine. */
export function signalGroup(pid: number, signal: GroupSignal): void {
  if (process.platform === 'win32') signalTree(pid, signal);
  else signalOnPosix(-pid, signal);
}

/**
 * Kills what is left of a group and waits until nothing is. What is dead but not collected by its parent still counts
 * for the system, so the wait has an end.
 */
export async function endGroup(pid: number): Promise<void> {
  const deadline = performance.now() + MAX_WAIT_MS;
  signalGroup(pid, 'SIGKILL');
  while (isGroupLeft(pid) && performance.now() < deadline) await sleep(LOOK_EVERY_MS);
}

function isGroupLeft(pid: number): boolean {
  return process.platform !== 'win32' && signalOnPosix(-pid, 0);
}

/** Returns whether there was anything to signal. */
function signalOnPosix(target: number, signal: GroupSignal | 0): boolean {
  try {
    return process.kill(target, signal);
  } catch {
    return false;
  }
}

/** Windows has no groups and no polite signals: trees of processes can be ended, and that is all. */
function signalTree(pid: number, signal: GroupSignal): void {
  if (signal === 'SIGINT') return;
  spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
}
