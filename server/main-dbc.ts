import type { RequestHandlers } from '#protocol';
import { createDbcFiles } from './adapters/files/dbc-files.ts';
import type { DbcFiles } from './services/dbc/dbc-files.ts';
import { createDecodeHandlers } from './services/dbc/decode/decode-handlers.ts';
import { createLintHandlers } from './services/dbc/lint/lint-handlers.ts';
import { createSignalHandlers } from './services/dbc/signals/signal-requests.ts';
import { readDatabaseChoices } from './services/dbc/sources/database-choices.ts';
import { createDatabaseChooser, type ExaminingChooser } from './services/dbc/sources/database-chooser.ts';
import { createDatabaseLibrary, type SearchableLibrary } from './services/dbc/sources/database-library.ts';
import { createSourceHandlers } from './services/dbc/sources/source-handlers.ts';
import type { LogLocator } from './services/logs/log-source.ts';
import type { InputGate } from './services/runs/run-inputs.ts';
import type { DatabaseSettings } from './services/service/resolve-settings.ts';

/** What the DBC engine is joined from. */
export interface DbcParts {
  readonly logs: LogLocator;
  /** Lets in the files that may be read. */
  readonly gate: InputGate;
  readonly settings: DatabaseSettings;
  /** Largest file that is read: parsing one keeps everything else in its process waiting. */
  readonly maxFileBytes?: number;
}

/** What databases are chosen and read with. */
export interface Databases {
  readonly files: DbcFiles;
  readonly library: SearchableLibrary;
  readonly chooser: ExaminingChooser;
}

/**
 * Opens the databases of this machine.
 *
 * @throws {CtsError} INVALID_CONFIGURATION for a setting `dbc_files` that says nothing.
 */
export function openDatabases({ gate, settings, ...limits }: Omit<DbcParts, 'logs'>): Databases {
  const files = createDbcFiles(gate, limits);
  const library = createDatabaseLibrary(files, { searchPaths: settings.dbcPaths });
  const chooser = createDatabaseChooser({ files, library, choices: readDatabaseChoices(settings.dbcFiles) });
  return { files, library, chooser };
}

/**
 * Joins the DBC engine to the files of this machine.
 *
 * @param databases Where they are used for more than this.
 * @throws {CtsError} INVALID_CONFIGURATION for a setting `dbc_files` that says nothing.
 */
export function joinDbc(parts: DbcParts, databases = openDatabases(parts)): Pick<RequestHandlers, DbcMethod> {
  const { files, library, chooser } = databases;
  const { logs } = parts;
  return {
    ...createLintHandlers({ files, library, encodeBase64 }),
    ...createSourceHandlers({ logs, library, chooser }),
    ...createDecodeHandlers({ logs, chooser }),
    ...createSignalHandlers({ logs, chooser }),
  };
}

/** Requests about databases. */
export type DbcMethod = Extract<keyof RequestHandlers, `dbc/${string}`>;

function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
