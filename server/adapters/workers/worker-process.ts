import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { Duplex, Readable } from 'node:stream';
import type { RunJob } from '../../services/runs/run-executor.ts';
import { type GroupSignal, signalGroup } from './process-group.ts';
import { lowerPriority } from './process-priority.ts';
import type { Environment } from './worker-environment.ts';
import { CHANNEL, LIFELINE } from './worker-pipes.ts';

/** The program that executes one run and ends. */
export interface WorkerProgram {
  readonly path: string;
  readonly execArgv: readonly string[];
  readonly environment: Environment;
  /** Of JavaScript objects; more kills the process. */
  readonly heapMegabytes: number;
}

/** How a process ended: as the system tells it, or why it never began. */
export type ProcessEnd =
  | { readonly exitCode: number | null; readonly signal: string | null; readonly failure?: undefined }
  | { readonly failure: string };

/** The pipes between the service and a worker. */
export interface WorkerPipes {
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly channel: Duplex;
  readonly lifeline: Duplex;
}

/** A process that waits for a job, does it, or is done. */
export class WorkerProcess {
  readonly heapMegabytes: number;
  /** Settled when the first process of the group is gone. Never rejects. */
  readonly ended: Promise<ProcessEnd>;
  readonly #child: ChildProcess | undefined;
  readonly #pipes: WorkerPipes | undefined;
  #isAlive = true;

  constructor(program: WorkerProgram) {
    this.heapMegabytes = program.heapMegabytes;
    const child = trySpawning(program);
    this.#child = child instanceof Error ? undefined : child;
    this.#pipes = this.#child && findPipes(this.#child);
    if (this.pid !== undefined) lowerPriority(this.pid);
    this.ended = child instanceof Error ? Promise.resolve(describeRefusal(child)) : waitForEnd(child);
    void this.ended.then(() => (this.#isAlive = false));
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Undefined when there never was a process. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Undefined when there never was a process. */
  get pipes(): WorkerPipes | undefined {
    return this.#pipes;
  }

  /** Hands over the one job that it will do. */
  send(job: RunJob): void {
    this.#pipes?.channel.write(`${JSON.stringify(job)}\n`);
  }

  /** To all processes of its group. */
  signal(signal: GroupSignal): void {
    if (this.pid !== undefined) signalGroup(this.pid, signal);
  }

  /** Lets go of the pipes, even where somebody else still holds their other ends. */
  release(): void {
    if (this.#pipes === undefined) return;
    const { stdout, stderr, channel, lifeline } = this.#pipes;
    for (const pipe of [stdout, stderr, channel, lifeline]) pipe.destroy();
  }
}

function trySpawning({ path, execArgv, environment, heapMegabytes }: WorkerProgram): ChildProcess | Error {
  const nodeOptions = [
    ...execArgv,
    `--max-old-space-size=${heapMegabytes}`,
    '--disable-warning=ExperimentalWarning',
  ];
  try {
    return spawn(process.execPath, [...nodeOptions, path], {
      // A group of its own, so that it can be signalled with all that it starts.
      detached: true,
      windowsHide: true,
      env: { ...environment },
      // Not Node's own channel for messages: bytes on it that are no JSON bring the parent down.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function findPipes({ stdout, stderr, stdio }: ChildProcess): WorkerPipes | undefined {
  const channel = stdio[CHANNEL];
  const lifeline = stdio[LIFELINE];
  if (stdout === null || stderr === null) return undefined;
  if (!(channel instanceof Duplex && lifeline instanceof Duplex)) return undefined;
  // A process that dies while it is written to is noticed by its end.
  for (const pipe of [stdout, stderr, channel, lifeline]) pipe.on('error', () => undefined);
  return { stdout, stderr, channel, lifeline };
}

function waitForEnd(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(describeRefusal(error));
    });
    child.once('exit', (exitCode, signal) => {
      resolve({ exitCode, signal });
    });
  });
}

function describeRefusal(error: Error): ProcessEnd {
  return { failure: error.message };
}
