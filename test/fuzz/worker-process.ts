import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { CaseReport, WorkerTask } from './worker-task.ts';

// Bounds that no case may exceed.
const MAX_CASE_MS = 5000;
const MAX_RESIDENT_MB = 512;

const LOOK_EVERY_MS = 100;
const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** Why a worker ended before its task was done. */
export interface Breakdown {
  readonly kind: 'hang' | 'memory' | 'crash';
  readonly message: string;
  /** The case at hand. */
  readonly index: number;
}

/** How a task is run. */
export interface TaskRun {
  readonly task: WorkerTask;
  /** When to stop, done or not: milliseconds as `performance.now` counts them. */
  readonly deadline: number;
  readonly onReport: (report: CaseReport) => void;
}

/** Runs a task in a process of its own under a watchdog. Returns undefined when it was done or its time was over. */
export function runTask(run: TaskRun): Promise<Breakdown | undefined> {
  return new WorkerWatch(run).wait();
}

class WorkerWatch {
  readonly #run: TaskRun;
  readonly #child: ChildProcess;
  #index: number;
  /** When the case at hand began; the worker's own start is allowed for. */
  #since = performance.now() + MAX_CASE_MS;
  #breakdown: Breakdown | undefined;
  #isStopped = false;

  constructor(run: TaskRun) {
    this.#run = run;
    this.#index = run.task.kind === 'cases' ? run.task.from : 0;
    const nodeOptions = [...process.execArgv, '--max-old-space-size=400'];
    this.#child = spawn(process.execPath, [...nodeOptions, WORKER, JSON.stringify(run.task)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  async wait(): Promise<Breakdown | undefined> {
    const watch = setInterval(() => this.#look(), LOOK_EVERY_MS);
    const ended = new Promise<number | string>((resolve) => {
      this.#child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    });
    if (this.#child.stdout !== null) {
      for await (const line of createInterface({ input: this.#child.stdout })) this.#note(line);
    }
    const end = await ended;
    clearInterval(watch);
    if (end !== 0 && !this.#isStopped) this.#breakDown('crash', `the process ended with ${end}`);
    return this.#breakdown;
  }

  #note(line: string): void {
    const report = JSON.parse(line) as CaseReport;
    this.#index = report.index + 1;
    this.#since = performance.now();
    this.#run.onReport(report);
  }

  #look(): void {
    const now = performance.now();
    const resident = readResidentMb(this.#child.pid);
    if (now - this.#since > MAX_CASE_MS) this.#breakDown('hang', `no answer for ${MAX_CASE_MS} ms`);
    else if (resident > MAX_RESIDENT_MB) this.#breakDown('memory', `${resident.toFixed(0)} MB resident`);
    else if (now > this.#run.deadline) this.#stop();
  }

  #breakDown(kind: Breakdown['kind'], message: string): void {
    this.#breakdown ??= { kind, message, index: this.#index };
    this.#stop();
  }

  #stop(): void {
    this.#isStopped = true;
    this.#child.kill('SIGKILL');
  }
}

/** Memory of a process; 0 where the system does not tell (`/proc` is Linux'). */
function readResidentMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
