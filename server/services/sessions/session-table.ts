import { CtsError, type OpenSessionParams } from '#protocol';
import type { LogWindow } from '../../core/rlog/log-window.ts';
import type { Clock } from '../clock.ts';
import type { LogLocator, LogSource } from '../logs/log-source.ts';
import type { FileVersion, LogFiles } from './log-files.ts';
import { OpenLog } from './open-log.ts';
import { RecentValues } from '../recent-values.ts';

const MIB = 1024 * 1024;
/** Decompressed bytes of segments that are kept, of all sessions together. */
const CACHE_BYTES = 256 * MIB;
/** Columns of all sessions together. */
const MOST_MEMORY_BYTES = 900 * MIB;
const MOST_SESSIONS = 16;
/** A session that nobody follows and nobody asks is forgotten after this. */
const IDLE_MS = 120_000;
const SWEEP_MS = 10_000;
/** Reading a small log takes less: its first rows come with the first answer. */
const FIRST_WAIT_MS = 60;

/** What sessions are made of. */
export interface SessionTableParts {
  readonly logs: LogLocator;
  readonly files: LogFiles;
  readonly clock: Clock;
  readonly createId: () => string;
  /** Told of failures that are nobody's but ours. */
  readonly onFault?: (error: unknown) => void;
}

interface Session {
  readonly log: OpenLog;
  /** What it was opened with, and what its files were then. */
  readonly key: string;
  askedAtMs: number;
  followers: number;
}

/** The logs that are open. Who opens what is open already shares it. */
export class SessionTable {
  readonly #parts: SessionTableParts;
  readonly #sessions = new Map<string, Session>();
  readonly #cache = new RecentValues<LogWindow>(CACHE_BYTES);
  #cancelSweep: (() => void) | undefined;
  #isClosed = false;

  constructor(parts: SessionTableParts) {
    this.#parts = parts;
  }

  /**
   * Opens a log, and lets its reading begin.
   *
   * @throws {CtsError} What the locator throws; SCHEMA_NOT_FOUND; SHUTTING_DOWN.
   */
  async open(params: OpenSessionParams): Promise<OpenLog> {
    const source = await this.#parts.logs.locate(params.path);
    const key = await this.#describe(params, source);
    if (this.#isClosed) throw createClosed(params.path);
    const shared = [...this.#sessions.values()].find((session) => session.key === key);
    const session = shared ?? this.#add(params, source, key);
    session.askedAtMs = this.#parts.clock.monotonicMs();
    await this.#waitFor(session.log.begun);
    return session.log;
  }

  /** @throws {CtsError} SESSION_NOT_FOUND. */
  find(id: string): OpenLog {
    return this.#find(id).log;
  }

  /**
   * Keeps a session as long as somebody follows it; the returned function ends that.
   *
   * @throws {CtsError} SESSION_NOT_FOUND.
   */
  follow(id: string): () => void {
    const session = this.#find(id);
    session.followers++;
    return () => {
      session.followers--;
      session.askedAtMs = this.#parts.clock.monotonicMs();
    };
  }

  /** @throws {CtsError} SESSION_NOT_FOUND. */
  close(id: string): OpenLog {
    const { log } = this.#find(id);
    this.#forget(id);
    return log;
  }

  /** Forgets everything and opens nothing more, as the process ends. */
  closeAll(): void {
    this.#isClosed = true;
    for (const id of this.#sessions.keys()) this.#forget(id);
  }

  #find(id: string): Session {
    const session = this.#sessions.get(id);
    if (session === undefined) throw createNotFound(id);
    session.askedAtMs = this.#parts.clock.monotonicMs();
    // What was asked last stands last.
    this.#sessions.delete(id);
    this.#sessions.set(id, session);
    return session;
  }

  #add(params: OpenSessionParams, source: LogSource, key: string): Session {
    const { files, createId, clock, onFault } = this.#parts;
    const id = createId();
    const log = new OpenLog({
      ...{ id, params, source, files, cache: this.#cache },
      ...(onFault && { onFault }),
    });
    const session = { log, key, askedAtMs: clock.monotonicMs(), followers: 0 };
    this.#sessions.set(id, session);
    log.subscribe(() => {
      this.#makeRoom(id);
    });
    this.#makeRoom(id);
    this.#sweepLater();
    return session;
  }

  /** Sessions that were not asked for the longest go first; the one that grows stays. */
  #makeRoom(growing: string): void {
    for (const id of this.#sessions.keys()) {
      if (this.#sessions.size <= MOST_SESSIONS && this.#memoryBytes <= MOST_MEMORY_BYTES) return;
      if (id !== growing) this.#forget(id);
    }
  }

  get #memoryBytes(): number {
    let bytes = 0;
    for (const { log } of this.#sessions.values()) bytes += log.memoryBytes;
    return bytes;
  }

  #forget(id: string): void {
    this.#sessions.get(id)?.log.close();
    this.#sessions.delete(id);
    if (this.#sessions.size === 0) this.#cancelSweep?.();
  }

  #sweepLater(): void {
    this.#cancelSweep?.();
    this.#cancelSweep = this.#parts.clock.schedule(SWEEP_MS, () => {
      this.#sweep();
    });
  }

  #sweep(): void {
    const since = this.#parts.clock.monotonicMs() - IDLE_MS;
    for (const [id, { followers, askedAtMs }] of this.#sessions)
      if (followers === 0 && askedAtMs < since) this.#forget(id);
    if (this.#sessions.size > 0) this.#sweepLater();
  }

  /** The same files, unchanged, with the same databases are the same session. */
  async #describe(params: OpenSessionParams, source: LogSource): Promise<string> {
    const versions = await Promise.all(source.segments.map(({ path }) => this.#parts.files.version(path)));
    return JSON.stringify([params, source.name, versions.map(stampOf)]);
  }

  /** Waits a moment for something, and leaves no timer behind. */
  async #waitFor(work: Promise<void>): Promise<void> {
    let cancel: () => void = () => undefined;
    const moment = new Promise<void>((resolve) => {
      cancel = this.#parts.clock.schedule(FIRST_WAIT_MS, resolve);
    });
    await Promise.race([work, moment]);
    cancel();
  }
}

function stampOf(version: FileVersion | undefined): string | null {
  return version?.stamp ?? null;
}

function createClosed(path: string): CtsError {
  return new CtsError('SHUTTING_DOWN', `${path} was not opened: CTS is closing`);
}

function createNotFound(session: string): CtsError {
  return new CtsError(
    'SESSION_NOT_FOUND',
    `No log is open as "${session}". Open it anew with sessions/open.`,
    {
      details: { session },
    },
  );
}
