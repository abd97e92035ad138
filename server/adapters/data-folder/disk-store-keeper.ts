import { constants } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreKeeper } from '../../services/store/store-keeper.ts';
import { useFile } from '../contents/plain-file.ts';
import type { SqlStatement } from '../sqlite/sql-connection.ts';
import type { StateDatabase } from '../sqlite/state-database.ts';
import type { Ballast } from './ballast.ts';
import { explainFailures } from './store-file-failure.ts';

const PROBE_BYTES = 4096;

/** Tells how the data folder is. */
export class DiskStoreKeeper implements StoreKeeper {
  readonly #folder: string;
  readonly #database: StateDatabase;
  readonly #ballast: Ballast;
  readonly #listUsed: SqlStatement<[], string>;
  /** Whoever asks while a probe is made gets its outcome. */
  #probe: Promise<void> | undefined;

  constructor(folder: string, database: StateDatabase, ballast: Ballast) {
    this.#folder = folder;
    this.#database = database;
    this.#ballast = ballast;
    this.#listUsed = database.connection.prepareColumn<[], string>(
      `SELECT sha256 FROM artifacts
       UNION SELECT lower(sha256) FROM uploads WHERE sha256 IS NOT NULL`,
    );
  }

  async listUsedContents(): Promise<ReadonlySet<string>> {
    return this.#database.read(() => new Set(this.#listUsed.all()));
  }

  async checkDatabase(): Promise<string> {
    return this.#database.read(() => this.#database.check());
  }

  async measureDisk(): Promise<{ freeBytes: number; totalBytes: number }> {
    const { bavail, blocks, bsize } = await explainFailures(this.#folder, () => statfs(this.#folder));
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  }

  async probeWritable(): Promise<void> {
    this.#probe ??= this.#makeProbe().finally(() => {
      this.#probe = undefined;
    });
    return this.#probe;
  }

  async #makeProbe(): Promise<void> {
    // Takes the lock for writing and gives it back.
    this.#database.write('new-work', () => undefined);
    const path = join(this.#folder, 'probe');
    await explainFailures(path, async () => {
      try {
        await writeProbe(path);
      } finally {
        await rm(path, { force: true });
      }
    });
    // There is room again, maybe.
    await this.#ballast.restore();
  }
}

async function writeProbe(path: string): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;
  await useFile(await open(path, flags, 0o600), async (file) => {
    await file.writeFile(new Uint8Array(PROBE_BYTES));
    await file.sync();
  });
}
