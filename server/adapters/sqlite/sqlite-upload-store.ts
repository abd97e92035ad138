import type { Upload } from '#protocol';
import type { UploadChange, UploadStore } from '../../services/uploads/upload-store.ts';
import { insertInto } from './run-statements.ts';
import type { SqlConnection } from './sql-connection.ts';
import type { StateDatabase } from './state-database.ts';

interface UploadRow {
  readonly id: string;
  readonly filename: string;
  readonly state: string;
  readonly size_bytes: number | null;
  readonly received_bytes: number;
  readonly sha256: string | null;
  readonly created_at: string;
  readonly completed_at: string | null;
}

const COLUMNS = [
  'id',
  'filename',
  'state',
  'size_bytes',
  'received_bytes',
  'sha256',
  'created_at',
  'completed_at',
];

/** Keeps what is known of uploads in the state database. */
export class SqliteUploadStore implements UploadStore {
  readonly #database: StateDatabase;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: StateDatabase) {
    this.#database = database;
    this.#statements = prepareStatements(database.connection);
  }

  async add(upload: Upload): Promise<void> {
    this.#database.write('new-work', () => this.#statements.insert.run(toRow(upload)));
  }

  async get(id: string): Promise<Upload | undefined> {
    return this.#database.read(() => this.#get(id));
  }

  async list(): Promise<readonly Upload[]> {
    return this.#database.read(() => this.#statements.list.all().map(toUpload));
  }

  async change(id: string, change: UploadChange): Promise<Upload | undefined> {
    return this.#database.write('going-on', () => {
      const upload = this.#get(id);
      if (upload === undefined) return undefined;
      const changed = { ...upload, ...change };
      this.#statements.update.run(toRow(changed));
      return changed;
    });
  }

  async remove(id: string): Promise<void> {
    this.#database.write('going-on', () => this.#statements.remove.run(id));
  }

  #get(id: string): Upload | undefined {
    const row = this.#statements.get.get(id);
    return row && toUpload(row);
  }
}

function prepareStatements(connection: SqlConnection) {
  return {
    insert: connection.prepare<[UploadRow]>(insertInto('uploads', COLUMNS)),
    update: connection.prepare<[UploadRow]>(
      `UPDATE uploads SET ${COLUMNS.map((column) => `${column} = @${column}`).join(', ')} WHERE id = @id`,
    ),
    get: connection.prepare<[string], UploadRow>('SELECT * FROM uploads WHERE id = ?'),
    list: connection.prepare<[], UploadRow>('SELECT * FROM uploads ORDER BY seq DESC'),
    remove: connection.prepare<[string]>('DELETE FROM uploads WHERE id = ?'),
  };
}

function toRow(upload: Upload): UploadRow {
  return {
    id: upload.id,
    filename: upload.filename,
    state: upload.state,
    size_bytes: upload.sizeBytes,
    received_bytes: upload.receivedBytes,
    sha256: upload.sha256,
    created_at: upload.createdAt,
    completed_at: upload.completedAt,
  };
}

function toUpload(row: UploadRow): Upload {
  return {
    id: row.id,
    filename: row.filename,
    state: row.state as Upload['state'],
    sizeBytes: row.size_bytes,
    receivedBytes: row.received_bytes,
    sha256: row.sha256,
    createdAt: row.created_at,
    completedAt: row.completed_at,
  };
}
