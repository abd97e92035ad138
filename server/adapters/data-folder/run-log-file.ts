import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RunLogEntry } from '#protocol';
import { openWithoutFollowing, useFile } from '../contents/plain-file.ts';
import { RunLogIndex } from './run-log-index.ts';
import { findLastLine, formatLines, readLines } from './run-log-lines.ts';
import { explainFailures, readSystemCode } from './store-file-failure.ts';

const APPENDING = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;

/** The log of one run on disk. It is open only while it is worked with: there may be any number of runs. */
export class RunLogFile {
  readonly #path: string;
  readonly #index = new RunLogIndex();
  /** What is to be written next, and the promise of those who wait for it. */
  #pending: string[] = [];
  #flush: Promise<void> | undefined;
  #lastTask: Promise<unknown> = Promise.resolve();
  #taskCount = 0;
  #isRepaired = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whether nobody would miss this object. */
  get isIdle(): boolean {
    return this.#taskCount === 0;
  }

  /** What comes while something is being written is written together. */
  async append(entries: readonly RunLogEntry[]): Promise<void> {
    if (entries.length === 0) return;
    this.#pending.push(formatLines(entries));
    this.#flush ??= this.#enqueue(() => this.#writePending());
    return this.#flush;
  }

  async read(after: number, limit: number): Promise<readonly RunLogEntry[]> {
    const entries: RunLogEntry[] = [];
    await this.#readFrom(this.#index.find(after), (entry) => {
      if (entry.sequence > after) entries.push(entry);
      return entries.length < limit;
    });
    return entries;
  }

  /** Removes what a crash cut; returns the last line's sequence. */
  async repair(): Promise<number> {
    return this.#enqueue(() => this.#repair());
  }

  async #readFrom(offset: number, take: (entry: RunLogEntry) => boolean): Promise<void> {
    await this.#useExisting(async (file) => {
      for await (const { entry, end } of readLines(file, offset)) {
        const goesOn = take(entry);
        this.#index.note(entry.sequence, end);
        if (!goesOn) return;
      }
    });
  }

  async #writePending(): Promise<void> {
    const text = this.#pending.join('');
    this.#pending = [];
    this.#flush = undefined;
    if (!this.#isRepaired) await this.#repair();
    await explainFailures(this.#path, async () =>
      useFile(await this.#openForAppending(), (file) => this.#writeAll(file, text)),
    );
  }

  /** All or nothing: half a line would spoil the next one. */
  async #writeAll(file: FileHandle, text: string): Promise<void> {
    const { size } = await file.stat();
    try {
      await file.appendFile(text);
    } catch (error) {
      await file.truncate(size);
      this.#index.cut(size);
      throw error;
    }
  }

  async #openForAppending(): Promise<FileHandle> {
    try {
      return await open(this.#path, APPENDING, 0o600);
    } catch (error) {
      if (readSystemCode(error) !== 'ENOENT') throw error;
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      return open(this.#path, APPENDING, 0o600);
    }
  }

  async #repair(): Promise<number> {
    const last = await this.#useExisting(async (file) => {
      const { size } = await file.stat();
      const { sequence, end } = await findLastLine(file, size);
      if (end < size) await file.truncate(end);
      this.#index.cut(end);
      return sequence;
    }, constants.O_RDWR);
    this.#isRepaired = true;
    return last ?? 0;
  }

  /** Undefined when there is no file. */
  async #useExisting<Result>(
    work: (file: FileHandle) => Promise<Result>,
    flags = constants.O_RDONLY,
  ): Promise<Result | undefined> {
    return explainFailures(this.#path, async () => {
      const file = await openWithoutFollowing(this.#path, flags).catch((error: unknown) => {
        if (readSystemCode(error) === 'ENOENT') return undefined;
        throw error;
      });
      return file && (await useFile(file, work));
    });
  }

  #enqueue<Result>(task: () => Promise<Result>): Promise<Result> {
    this.#taskCount++;
    const result = this.#lastTask.then(task).finally(() => this.#taskCount--);
    this.#lastTask = result.catch(() => undefined);
    return result;
  }
}
