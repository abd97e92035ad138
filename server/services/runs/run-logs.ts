import type { RunLogEntry, RunLogPage } from '#protocol';
import type { Clock } from '../clock.ts';
import type { MetricsRecorder } from '../service/metrics.ts';
import type { RunLine } from './run-executor.ts';
import type { RunLogStore } from './run-log-store.ts';
import { RunLogTail } from './run-log-tail.ts';

/** What logs of runs need. */
export interface RunLogPorts {
  readonly store: RunLogStore;
  readonly clock: Clock;
  /** Of one run, as text; what comes beyond is counted and left out. */
  readonly maxBytes: number;
  readonly observer: Pick<MetricsRecorder, 'observeLogWritten'>;
}

/** One reader of a log. */
export interface LogReader {
  readonly signal: AbortSignal;
  /** Takes the next lines; the next ones are read when its promise is settled. */
  readonly deliver: (entries: readonly RunLogEntry[]) => void | Promise<void>;
}

const PAGE_LINES = 500;
/** Lines that wait to be written: a run that says more is held back. */
const MAX_UNWRITTEN_BYTES = 256 * 1024;
/** So many readers are a crowd: each line alone to each of them would be all that the service does. */
const CROWD_READERS = 100;
/** A crowd hears what was said in so long a time at once. */
const CROWD_PAUSE_MS = 40;

/**
 * What runs say: written down line by line, and read by any number of readers, each at its own speed.
 *
 * Readers pull: they hold a position, not a queue, so a slow one costs nothing and none misses a line.
 */
export class RunLogs {
  readonly #ports: RunLogPorts;
  /** Logs that are being written, and ended ones that somebody still reads: their last lines are at hand. */
  readonly #active = new Map<string, ActiveLog>();
  /** Pages that are being read: a thousand readers who ask for the same one get it together. */
  readonly #reading = new Map<string, Promise<readonly RunLogEntry[]>>();

  constructor(ports: RunLogPorts) {
    this.#ports = ports;
  }

  /** Begins a log, or goes on with one that a service before left. */
  async open(runId: string): Promise<void> {
    const lastSequence = await this.#ports.store.repair(runId);
    this.#active.set(runId, new ActiveLog(runId, lastSequence, this.#ports));
  }

  /**
   * Writes a line down; what the service itself says is always kept.
   *
   * @returns A promise where the writer should wait for what was said before.
   */
  append(runId: string, line: RunLine): void | Promise<void> {
    const log = this.#active.get(runId);
    if (log === undefined || log.isEnded) return;
    if (line.source !== 'service' && log.bytes + line.message.length > this.#ports.maxBytes) {
      log.droppedLines++;
      return;
    }
    log.add(line, this.#ports.clock.now());
    if (log.unwrittenBytes > MAX_UNWRITTEN_BYTES) return log.written();
  }

  /** Says that nothing will follow; readers end when they have read everything. */
  async end(runId: string): Promise<void> {
    const log = this.#active.get(runId);
    if (log === undefined || log.isEnded) return;
    if (log.droppedLines > 0) log.add(describeDropped(log.droppedLines), this.#ports.clock.now());
    await log.written();
    log.end();
    this.#forgetUnread(runId, log);
  }

  /** Lines behind a sequence number, as far as they are there now. */
  async read(runId: string, after: number, limit: number): Promise<RunLogPage> {
    const log = this.#active.get(runId);
    const found = log?.tail.read(after, limit + 1) ?? (await this.#readStored(runId, after, limit + 1));
    const hasMore = found.length > limit;
    return { entries: found.slice(0, limit), hasMore, isEnded: log?.isEnded !== false && !hasMore };
  }

  /** Delivers every line behind `after`, until the log ends. Returns the last line's sequence. */
  async follow(runId: string, after: number, reader: LogReader): Promise<number> {
    const log = this.#active.get(runId);
    const sleeper = new Sleeper(reader.signal);
    if (log !== undefined) log.readers++;
    try {
      return await this.#deliverAll({ runId, after, sleeper }, reader);
    } finally {
      sleeper.leave();
      if (log !== undefined) {
        log.readers--;
        this.#forgetUnread(runId, log);
      }
    }
  }

  async #deliverAll(
    { runId, after, sleeper }: { readonly runId: string; readonly after: number; readonly sleeper: Sleeper },
    { signal, deliver }: LogReader,
  ): Promise<number> {
    let last = after;
    while (!signal.aborted) {
      // Asked before reading: what is said meanwhile wakes us.
      const log = this.#active.get(runId);
      const news = log?.isEnded === false ? log.waitForNews(last, sleeper) : undefined;
      // Pages begin at the same lines for everybody, so that they can be shared.
      const { entries } = await this.read(runId, last, PAGE_LINES - (last % PAGE_LINES));
      last = entries.at(-1)?.sequence ?? last;
      if (entries.length > 0) await deliver(entries);
      else if (news === undefined) return last;
      else await news;
    }
    throw signal.reason;
  }

  #forgetUnread(runId: string, log: ActiveLog): void {
    if (log.isEnded && log.readers === 0 && this.#active.get(runId) === log) this.#active.delete(runId);
  }

  #readStored(runId: string, after: number, limit: number): Promise<readonly RunLogEntry[]> {
    const page = `${runId} ${String(after)} ${String(limit)}`;
    const reading =
      this.#reading.get(page) ??
      this.#ports.store.read(runId, after, limit).finally(() => this.#reading.delete(page));
    this.#reading.set(page, reading);
    return reading;
  }
}

function describeDropped(lines: number): RunLine {
  return {
    level: 'WARNING',
    source: 'service',
    message: `${String(lines)} more lines are left out: the log of a run may not grow further`,
  };
}

/** A reader that waits, again and again: a thousand of them should not leave much behind each time. */
class Sleeper {
  readonly #signal: AbortSignal;
  #wake: (() => void) | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.wake);
  }

  /** Settled when it is woken, or wants to wait no more. */
  sleep(onWake: () => void): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        onWake();
        resolve();
      };
      if (this.#signal.aborted) this.wake();
    });
  }

  readonly wake = (): void => {
    this.#wake?.();
    this.#wake = undefined;
  };

  /** It will wait no more. */
  leave(): void {
    this.#signal.removeEventListener('abort', this.wake);
  }
}

/** A log that is being written. */
class ActiveLog {
  readonly tail: RunLogTail;
  droppedLines = 0;
  /** Who follows it now. */
  readers = 0;
  bytes = 0;
  unwrittenBytes = 0;
  readonly #runId: string;
  readonly #ports: RunLogPorts;
  #lastSequence: number;
  #unwritten: RunLogEntry[] = [];
  #writing: Promise<void> | undefined;
  #isEnded = false;
  #cancelWaking: (() => void) | undefined;
  readonly #waiting = new Set<Sleeper>();

  constructor(runId: string, lastSequence: number, ports: RunLogPorts) {
    this.#runId = runId;
    this.#lastSequence = lastSequence;
    this.#ports = ports;
    this.tail = new RunLogTail(lastSequence);
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  add(line: RunLine, timestamp: string): void {
    const { level, message, source } = line;
    this.#unwritten.push({ sequence: ++this.#lastSequence, timestamp, level, message, source });
    this.bytes += message.length;
    this.unwrittenBytes += message.length;
    this.#writing ??= this.#write();
  }

  /** Settled when all that was said so far is written. */
  async written(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  end(): void {
    this.#isEnded = true;
    this.#wakeReaders();
  }

  /** Settled when there are lines behind `after`, when the log has ended, or when the reader has gone. */
  waitForNews(after: number, sleeper: Sleeper): Promise<void> {
    if (this.#isEnded || this.tail.lastSequence > after) return Promise.resolve();
    this.#waiting.add(sleeper);
    return sleeper.sleep(() => this.#waiting.delete(sleeper));
  }

  /** Lines that cannot be written, on a full disk say, are shown to readers all the same: they are all there is. */
  async #write(): Promise<void> {
    // What comes in this turn of the event loop goes along.
    await Promise.resolve();
    while (this.#unwritten.length > 0) {
      const entries = this.#unwritten;
      this.#unwritten = [];
      const bytes = entries.reduce((sum, { message }) => sum + message.length, 0);
      await this.#ports.store.append(this.#runId, entries).catch(() => undefined);
      this.#ports.observer.observeLogWritten(bytes);
      this.unwrittenBytes -= bytes;
      this.tail.add(entries);
      this.#wakeSoon();
    }
    this.#writing = undefined;
  }

  #wakeSoon(): void {
    if (this.#waiting.size < CROWD_READERS) this.#wakeReaders();
    else
      this.#cancelWaking ??= this.#ports.clock.schedule(CROWD_PAUSE_MS, () => {
        this.#wakeReaders();
      });
  }

  #wakeReaders(): void {
    this.#cancelWaking?.();
    this.#cancelWaking = undefined;
    for (const sleeper of [...this.#waiting]) sleeper.wake();
  }
}
