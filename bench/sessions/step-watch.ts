import process from 'node:process';

const TICK_MS = 2;

/** How long nothing else had its turn. */
export interface LongestStep {
  readonly stepWallMs: number;
  /** Of this thread alone: other programs on the machine do not count. */
  readonly stepCpuMs: number;
}

/** Watches how long the event loop is held up. */
export class StepWatch {
  #wall = 0;
  #cpu = 0;
  #tickedAt = performance.now();
  #cpuAt = readThreadCpu();
  readonly #timer = setInterval(() => {
    this.#tick();
  }, TICK_MS);

  get longest(): LongestStep {
    return { stepWallMs: this.#wall, stepCpuMs: this.#cpu };
  }

  reset(): void {
    this.#tickedAt = performance.now();
    this.#cpuAt = readThreadCpu();
    this.#wall = this.#cpu = 0;
  }

  /** Takes in the step at hand. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 2 * TICK_MS));
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const now = performance.now();
    const cpu = readThreadCpu();
    this.#wall = Math.max(this.#wall, now - this.#tickedAt - TICK_MS);
    this.#cpu = Math.max(this.#cpu, cpu - this.#cpuAt);
    this.#tickedAt = now;
    this.#cpuAt = cpu;
  }
}

/** Milliseconds. */
function readThreadCpu(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
