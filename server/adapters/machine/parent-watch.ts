import process from 'node:process';

const LOOK_EVERY_MS = 1000;

/**
 * Calls back when a process is gone.
 *
 * @returns Stops watching.
 */
export function watchProcess(pid: number, onGone: () => void): () => void {
  const timer = setInterval(() => {
    if (isAlive(pid)) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is somebody else's, but it is.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
