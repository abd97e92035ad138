import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode, Progress } from '#protocol';
import type {
  ExecutionEnd,
  ExecutionListener,
  InputFile,
  ProducedFile,
  RunExecution,
  RunExecutor,
  RunJob,
  RunLine,
  ToldFailure,
} from '../../server/services/runs/run-executor.ts';

/** What executions do by themselves; a test may drive them from outside as well. */
export type Behaviour = (execution: FakeExecution) => void | Promise<void>;

/** What a fake execution that finished came to. */
export interface FakeResult {
  readonly files?: readonly ProducedFile[];
  readonly inputs?: readonly InputFile[];
}

/** Executes nothing: tests say what each run does, step by step. */
export class FakeExecutor implements RunExecutor {
  /** Every execution that was begun, in order. */
  readonly executions: FakeExecution[] = [];
  readonly #behave: Behaviour;
  readonly #waiting: ((execution: FakeExecution) => void)[] = [];
  #taken = 0;
  #isClosed = false;

  /** @param behave Begins after `execute` has returned; by default executions wait for the test. */
  constructor(behave: Behaviour = () => undefined) {
    this.#behave = behave;
  }

  /** Executions that have not ended. */
  get active(): readonly FakeExecution[] {
    return this.executions.filter((execution) => !execution.isEnded);
  }

  execute(job: RunJob, listener: ExecutionListener): FakeExecution {
    const execution = new FakeExecution(job, listener);
    this.executions.push(execution);
    this.#waiting.shift()?.(this.#take());
    if (this.#isClosed) execution.end({ kind: 'unavailable', reason: 'the executor is closed' });
    else queueMicrotask(() => void this.#behave(execution));
    return execution;
  }

  /** The next execution that was not asked for yet, as soon as it is begun. */
  next(): Promise<FakeExecution> {
    if (this.#taken < this.executions.length) return Promise.resolve(this.#take());
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  close(): Promise<void> {
    this.#isClosed = true;
    for (const execution of this.active) execution.end({ kind: 'stopped', wasForced: true });
    return Promise.resolve();
  }

  #take(): FakeExecution {
    const execution = this.executions[this.#taken];
    if (execution === undefined) throw new Error('No execution was begun');
    this.#taken++;
    return execution;
  }
}

/** An execution in a test's hands. What is told after its end is not heard, as of a process that is gone. */
export class FakeExecution implements RunExecution {
  readonly job: RunJob;
  readonly ended: Promise<ExecutionEnd>;
  /** Settled when somebody wants it to stop. */
  readonly stopRequested: Promise<void>;
  isStopRequested = false;
  isEnded = false;
  readonly #listener: ExecutionListener;
  readonly #files: ProducedFile[] = [];
  #resolveEnded: (end: ExecutionEnd) => void = () => undefined;
  #resolveStop: () => void = () => undefined;

  constructor(job: RunJob, listener: ExecutionListener) {
    this.job = job;
    this.#listener = listener;
    this.ended = new Promise((resolve) => (this.#resolveEnded = resolve));
    this.stopRequested = new Promise((resolve) => (this.#resolveStop = resolve));
  }

  start(): void {
    if (!this.isEnded) this.#listener.onStarted();
  }

  progress(fraction: number, message = 'reading'): void {
    const progress: Progress = { fraction, message };
    if (!this.isEnded) this.#listener.onProgress(progress);
  }

  /** Settled when the listener took the line. */
  async say(message: string, { level = 'INFO', source = 'tool' }: Partial<RunLine> = {}): Promise<void> {
    if (!this.isEnded) await this.#listener.onLine({ level, source, message });
  }

  /** Writes a file into the work folder, which must be there; `finish` hands it over. */
  leave(name: string, content: string | Uint8Array, facts: Partial<ProducedFile> = {}): ProducedFile {
    const path = join(this.job.workFolder, name);
    writeFileSync(path, content);
    const file = { ...describeContent(name, content), path, ...facts };
    this.#files.push(file);
    return file;
  }

  /** Ends well, with all files that were left, or with those given. */
  finish({ files = this.#files, inputs = [] }: FakeResult = {}): void {
    this.end({ kind: 'finished', files, inputs, report: null });
  }

  fail(code: ErrorCode, message: string, facts: Partial<ToldFailure> = {}): void {
    this.end({ kind: 'failed', failure: { code, message, details: {}, actions: [], ...facts } });
  }

  end(end: ExecutionEnd): void {
    this.isEnded = true;
    this.#resolveEnded(end);
  }

  stop(): void {
    if (this.isEnded) return;
    this.isStopRequested = true;
    this.#resolveStop();
  }
}

function describeContent(name: string, content: string | Uint8Array): Omit<ProducedFile, 'path'> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { name, mediaType: 'text/csv', sizeBytes: Buffer.byteLength(content), sha256, rows: null };
}
