import { setTimeout as sleep } from 'node:timers/promises';
import type {
  ExecutionEnd,
  ExecutionListener,
  RunExecution,
  RunJob,
  RunLine,
  StopLadder,
} from '../../services/runs/run-executor.ts';
import { ByteTail } from './byte-tail.ts';
import { describeEnd, type WorkerTestimony } from './execution-end.ts';
import { MessageViolation, readMessages } from './message-reader.ts';
import { LineSplitter, showText } from './output-lines.ts';
import { endGroup } from './process-group.ts';
import type { WorkerMessage } from './worker-messages.ts';
import { MEMORY_NOTICE } from './worker-pipes.ts';
import type { WorkerPipes, WorkerProcess } from './worker-process.ts';

/** How long a worker may live on after it told how its job ended. */
const FAREWELL_MS = 1000;
/** How long what a dead process printed is still taken, when the listener is slow. */
const DRAIN_MS = 800;
const STDERR_TAIL_BYTES = 65_536;

/** What one execution is made of. */
export interface ExecutionPlan {
  readonly worker: WorkerProcess;
  readonly job: RunJob;
  readonly listener: ExecutionListener;
  readonly ladder: StopLadder;
}

/** One run in its process, from handing over the job until nothing is left of the process. */
export class WorkerExecution implements RunExecution {
  readonly ended: Promise<ExecutionEnd>;
  readonly #worker: WorkerProcess;
  readonly #job: RunJob;
  readonly #listener: ExecutionListener;
  readonly #ladder: StopLadder;
  readonly #stderrTail = new ByteTail(STDERR_TAIL_BYTES);
  readonly #testimony: { -readonly [Key in keyof WorkerTestimony]: WorkerTestimony[Key] } = {
    isAccepted: false,
    isStopRequested: false,
    wasForced: false,
    isOverMemory: false,
  };
  #timer: NodeJS.Timeout | undefined;

  constructor({ worker, job, listener, ladder }: ExecutionPlan) {
    this.#worker = worker;
    this.#job = job;
    this.#listener = listener;
    this.#ladder = ladder;
    this.ended = this.#run();
  }

  stop(): void {
    if (this.#testimony.isStopRequested || !this.#worker.isAlive) return;
    this.#testimony.isStopRequested = true;
    this.#worker.signal('SIGINT');
    this.#schedule(this.#ladder.interruptMs, () => {
      this.#terminate();
    });
  }

  /** Ends it without asking. */
  kill(): void {
    if (!this.#worker.isAlive) return;
    this.#testimony.isStopRequested = true;
    this.#testimony.wasForced = true;
    this.#worker.signal('SIGKILL');
  }

  #terminate(): void {
    this.#testimony.wasForced = true;
    this.#worker.signal('SIGTERM');
    this.#schedule(this.#ladder.terminateMs, () => {
      this.#worker.signal('SIGKILL');
    });
  }

  #schedule(delayMs: number, callback: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(callback, delayMs);
  }

  async #run(): Promise<ExecutionEnd> {
    const { pid, pipes } = this.#worker;
    this.#worker.send(this.#job);
    const reading = pipes === undefined ? Promise.resolve() : this.#readAll(pipes);
    const end = await this.#worker.ended;
    clearTimeout(this.#timer);
    if (pid !== undefined) await endGroup(pid);
    await waitAtMost(DRAIN_MS, reading);
    this.#worker.release();
    return describeEnd(this.#job, end, { ...this.#testimony, stderrTail: this.#stderrTail.toString() });
  }

  async #readAll({ stdout, stderr, channel, lifeline }: WorkerPipes): Promise<void> {
    await Promise.all([
      ignoreBreak(this.#readOutput(stdout, { source: 'stdout', level: 'INFO' })),
      ignoreBreak(this.#readOutput(stderr, { source: 'stderr', level: 'ERROR' }, this.#stderrTail)),
      ignoreBreak(this.#readChannel(channel)),
      ignoreBreak(this.#readLifeline(lifeline)),
    ]);
  }

  /** While a line's promise is pending, nothing more is read, and the process waits when the pipe is full. */
  async #readOutput(
    pieces: AsyncIterable<Buffer>,
    origin: Omit<RunLine, 'message'>,
    tail?: ByteTail,
  ): Promise<void> {
    const splitter = new LineSplitter();
    for await (const piece of pieces) {
      tail?.append(piece);
      await this.#tellLines(splitter.split(piece), origin);
      freeBytes(piece);
    }
    await this.#tellLines(splitter.end(), origin);
  }

  async #tellLines(messages: Iterable<string>, origin: Omit<RunLine, 'message'>): Promise<void> {
    for (const message of messages) {
      const taken = this.#tellLine({ ...origin, message });
      if (taken !== undefined) await taken;
    }
  }

  /** That a listener fails does not concern the run. */
  #tellLine(line: RunLine): Promise<void> | undefined {
    try {
      const taken = this.#listener.onLine(line);
      return taken instanceof Promise ? taken.catch(() => undefined) : undefined;
    } catch {
      return undefined;
    }
  }

  async #readChannel(pieces: AsyncIterable<Buffer>): Promise<void> {
    try {
      for await (const message of readMessages(pieces)) await this.#hear(message);
    } catch (error) {
      if (!(error instanceof MessageViolation)) throw error;
      this.#testimony.violation = error.message;
      this.#worker.signal('SIGKILL');
    }
  }

  async #hear(message: WorkerMessage): Promise<void> {
    // Whoever has told the end has nothing more to say.
    if (this.#testimony.outcome !== undefined) return;
    switch (message.kind) {
      case 'accepted':
        this.#testimony.isAccepted = true;
        break;
      case 'started':
        callQuietly(() => {
          this.#listener.onStarted();
        });
        break;
      case 'progress':
        callQuietly(() => {
          this.#listener.onProgress({ ...message.progress, message: showText(message.progress.message) });
        });
        break;
      case 'line':
        await this.#tellLine({ ...message.line, message: showText(message.line.message), source: 'tool' });
        break;
      case 'outcome':
        this.#testimony.outcome = message.outcome;
        this.#schedule(FAREWELL_MS, () => {
          this.#worker.signal('SIGKILL');
        });
    }
  }

  async #readLifeline(pieces: AsyncIterable<Buffer>): Promise<void> {
    for await (const piece of pieces) {
      if (piece.toString('latin1', 0, MEMORY_NOTICE.length) === MEMORY_NOTICE)
        this.#testimony.isOverMemory = true;
    }
  }
}

/**
 * Gives memory back at once that nobody looks at any more: the collector would come for it only every 64 MB. Where the
 * piece shares its memory with others, it is left alone.
 */
function freeBytes({ buffer, length }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0);
}

/** A pipe that breaks says no more than that the process ends, which is noticed elsewhere. */
async function ignoreBreak(reading: Promise<void>): Promise<void> {
  await reading.catch(() => undefined);
}

function callQuietly(tell: () => void): void {
  try {
    tell();
  } catch {
    // A listener's failure does not concern the run.
  }
}

async function waitAtMost(delayMs: number, work: Promise<void>): Promise<void> {
  const enough = new AbortController();
  const timeout = sleep(delayMs, undefined, { signal: enough.signal }).catch(() => undefined);
  await Promise.race([work, timeout]);
  enough.abort();
}
