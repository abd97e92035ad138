import type { Download } from '#protocol';
import type { DownloadStore } from '../../services/downloads/download-store.ts';
import type { SqlStatement } from './sql-connection.ts';
import type { StateDatabase } from './state-database.ts';

/** Keeps downloads in the state database, as documents. */
export class SqliteDownloadStore implements DownloadStore {
  readonly #database: StateDatabase;
  readonly #put: SqlStatement<[string, string]>;
  readonly #get: SqlStatement<[string], string>;
  readonly #list: SqlStatement<[], string>;

  constructor(database: StateDatabase) {
    const { connection } = database;
    this.#database = database;
    this.#put = connection.prepare(
      `INSERT INTO downloads (id, document) VALUES (?, ?)
       ON CONFLICT (id) DO UPDATE SET document = excluded.document`,
    );
    this.#get = connection.prepareColumn<[string], string>('SELECT document FROM downloads WHERE id = ?');
    this.#list = connection.prepareColumn<[], string>('SELECT document FROM downloads ORDER BY seq DESC');
  }

  async put(download: Download): Promise<void> {
    this.#database.write('going-on', () => this.#put.run(download.id, JSON.stringify(download)));
  }

  async get(id: string): Promise<Download | undefined> {
    const document = this.#database.read(() => this.#get.get(id));
    return document === undefined ? undefined : toDownload(document);
  }

  async list(): Promise<readonly Download[]> {
    return this.#database.read(() => this.#list.all().map(toDownload));
  }
}

/** What comes out of the database went into it as this type. */
function toDownload(document: string): Download {
  return JSON.parse(document) as Download;
}
