import type { StoreKeeper } from '../../server/services/store/store-keeper.ts';

/** Something that names contents. */
interface ContentUser {
  listContents(): readonly string[];
}

/** Tells of stores in memory, and whatever a test wants to hear of the rest. */
export class MemoryStoreKeeper implements StoreKeeper {
  databaseState = 'ok';
  disk = { freeBytes: 1e12, totalBytes: 2e12 };
  /** While it is set, nothing can be written, and this is thrown. */
  failure: Error | undefined;
  readonly #users: readonly ContentUser[];

  constructor(...users: readonly ContentUser[]) {
    this.#users = users;
  }

  async listUsedContents(): Promise<ReadonlySet<string>> {
    return new Set(this.#users.flatMap((user) => user.listContents()));
  }

  async checkDatabase(): Promise<string> {
    return this.databaseState;
  }

  async measureDisk(): Promise<{ freeBytes: number; totalBytes: number }> {
    return this.disk;
  }

  async probeWritable(): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
  }
}
