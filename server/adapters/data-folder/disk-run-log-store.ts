import { join } from 'node:path';
import type { RunLogEntry } from '#protocol';
import type { RunLogStore } from '../../services/runs/run-log-store.ts';
import { RunLogFile } from './run-log-file.ts';
import { runFolderPath } from './store-path.ts';

/** Logs whose places of lines are remembered. */
const REMEMBERED_LOGS = 256;

/** Keeps what each run said beside its other files. */
export class DiskRunLogStore implements RunLogStore {
  readonly #folder: string;
  /** The one that was not used for the longest time comes first. */
  readonly #files = new Map<string, RunLogFile>();

  constructor(runsFolder: string) {
    this.#folder = runsFolder;
  }

  async append(runId: string, entries: readonly RunLogEntry[]): Promise<void> {
    await this.#fileOf(runId).append(entries);
  }

  async read(runId: string, after: number, limit: number): Promise<readonly RunLogEntry[]> {
    return this.#fileOf(runId).read(after, limit);
  }

  async repair(runId: string): Promise<number> {
    return this.#fileOf(runId).repair();
  }

  #fileOf(runId: string): RunLogFile {
    const path = join(runFolderPath(this.#folder, runId), 'log.jsonl');
    const file = this.#files.get(runId) ?? new RunLogFile(path);
    this.#files.delete(runId);
    this.#files.set(runId, file);
    this.#forgetOld();
    return file;
  }

  #forgetOld(): void {
    for (const [runId, file] of this.#files) {
      if (this.#files.size <= REMEMBERED_LOGS) return;
      if (file.isIdle) this.#files.delete(runId);
    }
  }
}
