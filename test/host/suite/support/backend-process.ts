import { readdirSync, readFileSync } from 'node:fs';

/** Process ids of the backends that run below this extension host; Linux only. */
export function listBackends(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isBackend(pid));
}

function isBackend(pid: number): boolean {
  try {
    const parent = /\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return Number(parent) === process.pid && command.some((part) => part.endsWith('server.cjs'));
  } catch {
    // The process ended while it was looked at.
    return false;
  }
}
