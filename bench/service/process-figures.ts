import { readdirSync, readFileSync } from 'node:fs';

/** Whether figures of other processes can be had. */
export const HAS_PROCESS_FIGURES = process.platform === 'linux';

/** Resident bytes of a process. */
export function readResidentBytes(pid: number): number {
  return readStatusBytes(pid, 'VmRSS');
}

/** Most bytes that a process had resident since it began. */
export function readPeakBytes(pid: number): number {
  return readStatusBytes(pid, 'VmHWM');
}

export function countHandles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Counts the processes that a process started and that still are, the dead and uncollected among them. */
export function countChildren(pid: number): number {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && readParent(name) === pid).length;
}

/** Looks at the memory of a process again and again. */
export class MemoryWatch {
  readonly #timer: NodeJS.Timeout;
  #peakBytes = 0;

  constructor(pid: number, everyMs = 50) {
    this.#timer = setInterval(() => {
      this.#look(pid);
    }, everyMs);
  }

  /** Ends the watch and returns the most that was seen. */
  stop(): number {
    clearInterval(this.#timer);
    return this.#peakBytes;
  }

  /** That a process is gone is noticed by whoever waits for its answers. */
  #look(pid: number): void {
    try {
      this.#peakBytes = Math.max(this.#peakBytes, readResidentBytes(pid));
    } catch {
      clearInterval(this.#timer);
    }
  }
}

function readStatusBytes(pid: number, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status has no ${name}`);
  return Number(kilobytes) * 1024;
}

/** Undefined for a process that is gone. */
function readParent(pid: string): number | undefined {
  try {
    return Number(/\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1]);
  } catch {
    return undefined;
  }
}
