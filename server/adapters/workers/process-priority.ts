import { readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import process from 'node:process';

const { PRIORITY_BELOW_NORMAL } = constants.priority;

/**
 * Lets a process that has just been started, and all that it will start, stand back where there is more to do than
 * processors: whoever asks the service something does not wait for runs. That it cannot be done is no failure.
 */
export function lowerPriority(pid: number): void {
  attempt(() => {
    setPriority(pid, PRIORITY_BELOW_NORMAL);
  });
  if (process.platform === 'linux')
    attempt(() => {
      lowerSession(pid);
    });
}

/**
 * Where Linux shares time among sessions first, as desktops have it, the session's own number is what counts. It is not
 * touched when the process is one of many in a session, the service perhaps among them.
 */
function lowerSession(pid: number): void {
  const [, session] = /\) \S \d+ \d+ (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
  if (Number(session) === pid) writeFileSync(`/proc/${pid}/autogroup`, String(PRIORITY_BELOW_NORMAL));
}

function attempt(change: () => void): void {
  try {
    change();
  } catch {
    // Not allowed, not known to this system, or the process is gone.
  }
}
