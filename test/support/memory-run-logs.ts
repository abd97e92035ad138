import type { RunLogEntry } from '#protocol';
import type { RunFolder, RunFolders } from '../../server/services/runs/run-folders.ts';
import type { RunLogStore } from '../../server/services/runs/run-log-store.ts';
import { checkId, type MemoryFiles, removeFolder } from './memory-files.ts';

/** Keeps what runs said in memory. */
export class MemoryRunLogStore implements RunLogStore {
  readonly logs = new Map<string, RunLogEntry[]>();
  /** While it is set, nothing is appended, and this is thrown. */
  failure: Error | undefined;

  async append(runId: string, entries: readonly RunLogEntry[]): Promise<void> {
    checkId(runId, 'RUN_NOT_FOUND');
    if (this.failure !== undefined) throw this.failure;
    if (entries.length > 0) this.logs.set(runId, [...(this.logs.get(runId) ?? []), ...entries]);
  }

  async read(runId: string, after: number, limit: number): Promise<readonly RunLogEntry[]> {
    const entries = this.logs.get(checkId(runId, 'RUN_NOT_FOUND')) ?? [];
    return entries.filter(({ sequence }) => sequence > after).slice(0, limit);
  }

  async repair(runId: string): Promise<number> {
    return this.logs.get(checkId(runId, 'RUN_NOT_FOUND'))?.at(-1)?.sequence ?? 0;
  }
}

/** Room for runs on a disk in memory. */
export class MemoryRunFolders implements RunFolders {
  readonly #files: MemoryFiles;
  readonly #logs: Map<string, RunLogEntry[]>;
  readonly #prepared = new Set<string>();

  /** @param logs Of the runs; they are removed with them. */
  constructor(files: MemoryFiles = new Map(), { logs }: MemoryRunLogStore = new MemoryRunLogStore()) {
    this.#files = files;
    this.#logs = logs;
  }

  async prepare(runId: string): Promise<RunFolder> {
    await this.clear(runId);
    this.#prepared.add(runId);
    return { work: `${folderOf(runId)}/work`, input: `${folderOf(runId)}/input` };
  }

  async clear(runId: string): Promise<void> {
    removeFolder(this.#files, folderOf(runId));
  }

  async remove(runIds: readonly string[]): Promise<void> {
    for (const runId of runIds) {
      await this.clear(runId);
      this.#prepared.delete(runId);
      this.#logs.delete(runId);
    }
  }

  async list(): Promise<readonly string[]> {
    return [...new Set([...this.#prepared, ...this.#logs.keys()])];
  }
}

function folderOf(runId: string): string {
  return `/runs/${checkId(runId, 'RUN_NOT_FOUND')}`;
}
