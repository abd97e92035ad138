import { join } from 'node:path';
import type { DownloadStore } from '../../services/downloads/download-store.ts';
import type { ContentStore } from '../../services/artifacts/content-store.ts';
import type { RunFolders } from '../../services/runs/run-folders.ts';
import type { RunLogStore } from '../../services/runs/run-log-store.ts';
import type { RunStore } from '../../services/runs/run-store.ts';
import type { StoreKeeper } from '../../services/store/store-keeper.ts';
import type { IncomingFiles, UploadStore } from '../../services/uploads/upload-store.ts';
import { DiskContentStore } from '../contents/disk-content-store.ts';
import { readKnownThings } from '../sqlite/known-things.ts';
import { SqliteDownloadStore } from '../sqlite/sqlite-download-store.ts';
import { SqliteRunStore } from '../sqlite/sqlite-run-store.ts';
import { SqliteUploadStore } from '../sqlite/sqlite-upload-store.ts';
import { findSqliteEngine } from '../sqlite/sqlite-engine.ts';
import type { SqliteEngine } from '../sqlite/sql-connection.ts';
import { openStateDatabase, type StateDatabase } from '../sqlite/state-database.ts';
import type { Migration } from '../sqlite/state-schema.ts';
import { Ballast } from './ballast.ts';
import { type DataFolder, takeDataFolder } from './data-folder.ts';
import { DiskIncomingFiles } from './disk-incoming-files.ts';
import { DiskRunFolders } from './disk-run-folders.ts';
import { DiskRunLogStore } from './disk-run-log-store.ts';
import { DiskStoreKeeper } from './disk-store-keeper.ts';
import {
  sweepIncomingFiles,
  sweepRunFolders,
  sweepUnfinishedFiles,
  type SweptLeftovers,
} from './leftovers.ts';
import { makePrivateFolder } from './private-file.ts';
import type { ServiceInfo } from './service-file.ts';
import { explainFailures } from './store-file-failure.ts';

/** How stores are opened. */
export interface StoresOptions {
  /** Versions of the database; those of this program when left out. */
  readonly migrations?: readonly Migration[];
  /** What databases are opened with; the best of this installation when left out. */
  readonly engine?: SqliteEngine;
  /** Bytes that are kept for a full disk. */
  readonly ballastBytes?: number;
}

/** Everything that outlives the process, in one folder that is this process's own. */
export interface Stores {
  readonly runs: RunStore;
  readonly uploads: UploadStore;
  readonly downloads: DownloadStore;
  readonly contents: ContentStore;
  readonly incoming: IncomingFiles;
  readonly runFolders: RunFolders;
  readonly runLogs: RunLogStore;
  readonly keeper: StoreKeeper;
  /** What clients show to be let in. */
  readonly token: string;
  /** What an earlier process had left, and is removed now. */
  readonly swept: SweptLeftovers & {
    /** Files that were about to become contents; those that were whole did. */
    readonly adoptions: number;
  };
  /** Tells clients how to reach the service. */
  writeServiceFile(info: ServiceInfo): Promise<void>;
  /** Copies the database as of one moment, while others go on writing. */
  backup(path: string): Promise<void>;
  close(): Promise<void>;
}

const BALLAST_BYTES = 4 << 20;

/**
 * Opens the stores in a folder, which is made if need be, and removes what an earlier process left there.
 *
 * @throws {CtsError} STORE_IN_USE, STORE_TOO_NEW, STORE_DAMAGED, STORE_UNAVAILABLE, DISK_FULL.
 */
export async function openStores(dataFolder: string, options: StoresOptions = {}): Promise<Stores> {
  const { engine = findSqliteEngine() } = options;
  const folder = await takeDataFolder(dataFolder, engine);
  const ballast = new Ballast(join(folder.path, 'ballast'), options.ballastBytes ?? BALLAST_BYTES);
  try {
    const database = openStateDatabase(folder.path, {
      engine,
      ...(options.migrations !== undefined && { migrations: options.migrations }),
      releaseSpace: () => ballast.release(),
    });
    try {
      return await furnishStores(folder, database, ballast);
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    await folder.release();
    throw error;
  }
}

async function furnishStores(folder: DataFolder, database: StateDatabase, ballast: Ballast): Promise<Stores> {
  const [contents, files] = await openFolders(folder.path);
  const swept = await sweepLeftovers(folder.path, database, { contents, ...files });
  const ballasting = ballast.restore();
  return {
    runs: new SqliteRunStore(database),
    uploads: new SqliteUploadStore(database),
    downloads: new SqliteDownloadStore(database),
    contents,
    ...files,
    keeper: new DiskStoreKeeper(folder.path, database, ballast),
    token: folder.token,
    swept,
    writeServiceFile: (info) =>
      explainFailures(join(folder.path, 'service.json'), () => folder.writeServiceFile(info)),
    backup: (path) => database.backup(path),
    close: async () => {
      await ballasting;
      database.close();
      await folder.release();
    },
  };
}

type FileStores = Pick<Stores, 'incoming' | 'runFolders' | 'runLogs'>;

async function openFolders(path: string): Promise<[DiskContentStore, FileStores]> {
  const incoming = join(path, 'incoming');
  const runs = join(path, 'runs');
  for (const folder of [incoming, runs]) await explainFailures(folder, () => makePrivateFolder(folder));
  return [
    await DiskContentStore.open(join(path, 'contents')),
    {
      incoming: new DiskIncomingFiles(incoming),
      runFolders: new DiskRunFolders(runs),
      runLogs: new DiskRunLogStore(runs),
    },
  ];
}

async function sweepLeftovers(
  path: string,
  database: StateDatabase,
  { contents, incoming, runFolders }: FileStores & { readonly contents: DiskContentStore },
): Promise<Stores['swept']> {
  const known = readKnownThings(database);
  return {
    unfinishedFiles: await sweepUnfinishedFiles([path, join(path, 'backups')]),
    adoptions: await contents.finishAdoptions(),
    incomingFiles: await sweepIncomingFiles(incoming, known),
    ...(await sweepRunFolders(runFolders, join(path, 'runs'), known)),
  };
}
