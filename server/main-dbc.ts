import type { RequestHandlers } from '#protocol';
import { createDbcFiles } from './adapters/files/dbc-files.ts';
import { createDecodeHandlers } from './services/dbc/decode/decode-handlers.ts';
import { createLintHandlers } from './services/dbc/lint/lint-handlers.ts';
import { createSignalHandlers } from './services/dbc/signals/signal-requests.ts';
import { readDatabaseChoices } from './services/dbc/sources/database-choices.ts';
import { createDatabaseChooser } from './services/dbc/sources/database-chooser.ts';
import { createDatabaseLibrary } from './services/dbc/sources/database-library.ts';
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

/**
 * Joins the DBC engine to the files of this machine.
 *
 * @throws {CtsError} INVALID_CONFIGURATION for a setting `dbc_files` that says nothing.
 */
export function joinDbc({ logs, gate, settings, ...limits }: DbcParts): Pick<RequestHandlers, DbcMethod> {
  const files = createDbcFiles(gate, limits);
  const library = createDatabaseLibrary(files, { searchPaths: settings.dbcPaths });
  const chooser = createDatabaseChooser({ files, library, choices: readDatabaseChoices(settings.dbcFiles) });
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
