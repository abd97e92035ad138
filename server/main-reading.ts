import type { RequestHandlers } from '#protocol';
import { createInputGate } from './adapters/files/input-roots.ts';
import { createLogFiles } from './adapters/files/log-files.ts';
import { FileLogLocator } from './adapters/files/log-locator.ts';
import { systemClock } from './adapters/time/system-clock.ts';
import { createTimeOrderedId } from './adapters/time/time-ordered-id.ts';
import { type DbcMethod, joinDbc, openDatabases } from './main-dbc.ts';
import { createLogHandlers } from './services/logs/log-requests.ts';
import type { LogLocator } from './services/logs/log-source.ts';
import type { InputGate } from './services/runs/run-inputs.ts';
import { createSessionRequests, type SessionRequest } from './services/sessions/session-requests.ts';
import type { Logger } from './services/service/logger.ts';
import { chooseInputRoots, type ServiceSettings } from './services/service/service-settings.ts';

/** Thirty times the largest database of opendbc; more would keep others waiting for seconds. */
const MOST_DBC_BYTES = 16 * 1024 * 1024;

/** What is asked of logs and databases: nothing of it needs a store. */
export type ReadingMethod = Extract<keyof RequestHandlers, `logs/${string}`> | DbcMethod | SessionRequest;

/** All that reads. */
export interface Reading {
  readonly handlers: Pick<RequestHandlers, ReadingMethod>;
  /** Which files may be inputs of runs, too. */
  readonly gate: InputGate;
  /** Closes all logs that are open: the process ends. */
  close(): void;
}

/** Joins the reading of logs and databases to the files of this machine, as far as the settings open them. */
export function joinReading(settings: ServiceSettings, logger: Logger): Reading {
  const gate = createInputGate(chooseInputRoots(settings));
  const logs = guardLogs(gate);
  const dbc = { ...{ logs, gate: admitDatabases(settings), settings }, maxFileBytes: MOST_DBC_BYTES };
  const databases = openDatabases(dbc);
  const sessions = createSessionRequests({
    ...{ logs, files: createLogFiles(gate), chooser: databases.chooser, encodeBase64 },
    ...{ clock: systemClock, createId: createTimeOrderedId },
    onFault: (error) => {
      logger.error('Reading an open log broke', { error });
    },
  });
  const handlers = { ...createLogHandlers(logs), ...joinDbc(dbc, databases), ...sessions.handlers };
  return { handlers, gate, close: () => sessions.close() };
}

function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Logs are read where inputs of runs may come from, and nowhere else. */
function guardLogs(gate: InputGate): LogLocator {
  const locator = new FileLogLocator({ within: gate.roots });
  return { locate: async (path) => locator.locate(await gate.admit(path)) };
}

/** Databases may lie where inputs of runs do, and in the folders that the settings name for them. */
function admitDatabases(settings: ServiceSettings): InputGate {
  const roots = chooseInputRoots(settings);
  return createInputGate(roots === 'anywhere' ? roots : [...roots, ...settings.dbcPaths]);
}
