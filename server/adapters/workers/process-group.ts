import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a group of processes can be told: to stop, to end, and to be no more. */
export type GroupSignal = 'SIGINT' | 'SIGTERM' | 'SIGKILL';

const MAX_WAIT_MS = 1000;
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 50;

/** Signals every process of the group that `pid` leads, or led. That there is none is fine. */
export function signalGroup(pid: number, signal: GroupSignal): void {
  if (process.platform === 'win32') signalTree(pid, signal);
  else signalOnPosix(-pid, signal);
}

/**
 * Kills what is left of a group and waits until nothing is. A process that hangs in the system, as on a dead network
 * disk, cannot be killed before it returns, so the wait has an end.
 */
export async function endGroup(pid: number): Promise<void> {
  const deadline = performance.now() + MAX_WAIT_MS;
  signalGroup(pid, 'SIGKILL');
  for (let pauseMs = FIRST_PAUSE_MS; isGroupLeft(pid) && performance.now() < deadline; pauseMs *= 2)
    await sleep(Math.min(pauseMs, LONGEST_PAUSE_MS));
}

function isGroupLeft(pid: number): boolean {
  if (process.platform === 'win32' || !signalOnPosix(-pid, 0)) return false;
  // The dead count until their parent has collected them, and nobody may ever do that for orphans in a container.
  return process.platform !== 'linux' || readdirSync('/proc').some((name) => isAliveIn(pid, name));
}

/** Whether a process that `/proc` names belongs to a group and is not dead. */
function isAliveIn(group: number, name: string): boolean {
  if (!/^\d+$/.test(name)) return false;
  try {
    const [, state, , processGroup] =
      /\) (\S) (\d+) (\d+) /.exec(readFileSync(`/proc/${name}/stat`, 'latin1')) ?? [];
    return Number(processGroup) === group && state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
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
