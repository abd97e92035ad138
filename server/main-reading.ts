import type { RequestHandlers } from '#protocol';
import { createInputGate } from './adapters/files/input-roots.ts';
import { FileLogLocator } from './adapters/files/log-locator.ts';
import { type DbcMethod, joinDbc } from './main-dbc.ts';
import { createLogHandlers } from './services/logs/log-requests.ts';
import type { LogLocator } from './services/logs/log-source.ts';
import type { InputGate } from './services/runs/run-inputs.ts';
import { chooseInputRoots, type ServiceSettings } from './services/service/service-settings.ts';

/** Thirty times the largest database of opendbc; more would keep others waiting for seconds. */
const MOST_DBC_BYTES = 16 * 1024 * 1024;

/** What is asked of logs and databases: nothing of it needs a store. */
export type ReadingMethod = Extract<keyof RequestHandlers, `logs/${string}`> | DbcMethod;

/** All that reads. */
export interface Reading {
  readonly handlers: Pick<RequestHandlers, ReadingMethod>;
  /** Which files may be inputs of runs, too. */
  readonly gate: InputGate;
}

/** Joins the reading of logs and databases to the files of this machine, as far as the settings open them. */
export function joinReading(settings: ServiceSettings): Reading {
  const gate = createInputGate(chooseInputRoots(settings));
  const logs = guardLogs(gate);
  const handlers = {
    ...createLogHandlers(logs),
    ...joinDbc({
      ...{ logs, gate: admitDatabases(settings), settings },
      maxFileBytes: MOST_DBC_BYTES,
    }),
  };
  return { handlers, gate };
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
