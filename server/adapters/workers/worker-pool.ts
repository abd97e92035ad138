import process from 'node:process';
import type {
  ExecutionListener,
  RunExecution,
  RunExecutor,
  RunJob,
  StopLadder,
} from '../../services/runs/run-executor.ts';
import { endGroup } from './process-group.ts';
import { type Environment, selectEnvironment } from './worker-environment.ts';
import { WorkerExecution } from './worker-execution.ts';
import { WorkerProcess } from './worker-process.ts';

/** How workers are had. */
export interface WorkerPoolOptions {
  /** Path of the program that a worker executes. */
  readonly program: string;
  /** Options of Node for it. */
  readonly execArgv?: readonly string[];
  /** Processes that are started ahead, so that a run begins at once. Default 1. */
  readonly prefork?: number;
  /** Heap limit of those; a job with another limit gets a process started for it. */
  readonly heapMegabytes: number;
  /** By default 7.5 s from SIGINT to SIGTERM and 2.5 s from there to SIGKILL. */
  readonly ladder?: StopLadder;
  /** Where the few variables that a worker may see are taken from: by default the service's own environment. */
  readonly environment?: Environment;
  /** Folder of the service's own, in which Node keeps compiled programs, to start faster. */
  readonly compileCacheFolder?: string;
}

const LADDER: StopLadder = { interruptMs: 7500, terminateMs: 2500 };

/** Executes each run in a process of its own, which ends with it. */
export function createWorkerPool(options: WorkerPoolOptions): RunExecutor {
  return new WorkerPool(options);
}

class WorkerPool implements RunExecutor {
  readonly #options: WorkerPoolOptions;
  readonly #environment: Environment;
  readonly #running = new Set<WorkerExecution>();
  #idle: readonly WorkerProcess[] = [];
  #isClosed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#environment = {
      ...selectEnvironment(options.environment ?? process.env),
      ...(options.compileCacheFolder !== undefined && { NODE_COMPILE_CACHE: options.compileCacheFolder }),
    };
    // Whoever made the pool has more urgent things to do.
    setImmediate(() => {
      this.#refill();
    });
  }

  execute(job: RunJob, listener: ExecutionListener): RunExecution {
    if (this.#isClosed) return refuse();
    const ready = this.#takeReady(job.limits.heapMegabytes);
    if (ready === undefined) return this.#executeAfresh(job, listener);
    return this.#executeWith(ready, job, listener);
  }

  /** A process that waited may have died the moment before; then the job goes to a new one. */
  #executeWith(ready: WorkerProcess, job: RunJob, listener: ExecutionListener): RunExecution {
    let current = this.#begin(ready, job, listener);
    let isStopped = false;
    const ended = current.ended.then((end) => {
      if (end.kind !== 'unavailable' || this.#isClosed) return end;
      if (isStopped) return { kind: 'stopped', wasForced: false } as const;
      current = this.#executeAfresh(job, listener);
      return current.ended;
    });
    return {
      ended,
      stop: () => {
        isStopped = true;
        current.stop();
      },
    };
  }

  #executeAfresh(job: RunJob, listener: ExecutionListener): WorkerExecution {
    return this.#begin(this.#spawn(job.limits.heapMegabytes), job, listener);
  }

  #begin(worker: WorkerProcess, job: RunJob, listener: ExecutionListener): WorkerExecution {
    const execution = new WorkerExecution({
      worker,
      job,
      listener: this.#refillAfterStart(listener),
      ladder: this.#options.ladder ?? LADDER,
    });
    this.#running.add(execution);
    void execution.ended.then(() => {
      this.#running.delete(execution);
      this.#refill();
    });
    return execution;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const idle = this.#idle;
    this.#idle = [];
    const running = [...this.#running];
    for (const execution of running) execution.kill();
    await Promise.all([...idle.map(endIdle), ...running.map(({ ended }) => ended)]);
  }

  #takeReady(heapMegabytes: number): WorkerProcess | undefined {
    const ready = this.#idle.find((worker) => worker.isAlive && worker.heapMegabytes === heapMegabytes);
    this.#idle = this.#idle.filter((worker) => worker !== ready);
    return ready;
  }

  /** The next process is started when the run that took one is under way, not before: it must not wait. */
  #refillAfterStart(listener: ExecutionListener): ExecutionListener {
    return {
      onStarted: () => {
        setImmediate(() => {
          this.#refill();
        });
        listener.onStarted();
      },
      onProgress: (progress) => {
        listener.onProgress(progress);
      },
      onLine: (line) => listener.onLine(line),
    };
  }

  /** A program that cannot be started is not tried again and again: this happens once a run. */
  #refill(): void {
    const missing = (this.#options.prefork ?? 1) - this.#idle.length;
    for (let count = 0; count < missing && !this.#isClosed; count++) this.#keepReady();
  }

  #keepReady(): void {
    const worker = this.#spawn(this.#options.heapMegabytes);
    this.#idle = [...this.#idle, worker];
    void worker.ended.then(() => {
      this.#idle = this.#idle.filter((each) => each !== worker);
    });
  }

  #spawn(heapMegabytes: number): WorkerProcess {
    const { program, execArgv = [] } = this.#options;
    return new WorkerProcess({
      path: program,
      execArgv,
      environment: this.#environment,
      heapMegabytes,
    });
  }
}

async function endIdle(worker: WorkerProcess): Promise<void> {
  worker.signal('SIGKILL');
  await worker.ended;
  if (worker.pid !== undefined) await endGroup(worker.pid);
  worker.release();
}

function refuse(): RunExecution {
  return {
    ended: Promise.resolve({ kind: 'unavailable', reason: 'no more runs are taken: the service is ending' }),
    stop: () => undefined,
  };
}
