import { join } from 'node:path';
import type { CommandContext } from './context.ts';
import type { Connect, EngineAnswers, LogHandlers } from './request.ts';
import type { Service } from './service/service.ts';
import { type ConfigFile, readConfigFile } from './settings/config-file.ts';
import { locateConfigFile } from './settings/folders.ts';
import { chooseSettings, type GlobalOptions, type Settings } from './settings/settings.ts';
import { Output, type Terminal } from './terminal.ts';

/** What `cts` runs with. */
export interface CtsProcess {
  /** Arguments after the program's name. */
  readonly args: readonly string[];
  readonly version: string;
  readonly terminal: Terminal;
  /** Reaches the engine in this process. */
  readonly connect: Connect<keyof EngineAnswers>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Folder of the programs: `cts-lite.cjs` is there. */
  readonly programFolder: string;
}

/** Gives a command what it works with. */
export function createContext(process: CtsProcess, options: GlobalOptions): CommandContext {
  const { terminal, signal, version, programFolder } = process;
  const output = new Output(terminal, options, signal);
  const configPath = locateConfigFile(terminal.env);
  const loadConfig = once(() => readConfig(configPath, output));
  const loadSettings = once(async () => chooseSettings(options, await loadConfig(), terminal.env));
  const openService = once(async () =>
    openServiceOf({ settings: await loadSettings(), version, signal }, programFolder),
  );
  const connect = async (): Promise<LogHandlers> => {
    if ((await loadSettings()).url === undefined) return process.connect();
    const { createRemoteLogs } = await import('./service/remote-logs.ts');
    return createRemoteLogs((await openService()).http);
  };
  return {
    options,
    output,
    terminal,
    signal,
    version,
    programFolder,
    configPath,
    loadConfig,
    loadSettings,
    openService,
    connect,
    connectHere: process.connect,
  };
}

async function readConfig(path: string, output: Output): Promise<ConfigFile> {
  const { config, warning } = await readConfigFile(path);
  if (warning !== undefined) output.warn(warning);
  return config;
}

async function openServiceOf(
  search: { readonly settings: Settings; readonly version: string; readonly signal: AbortSignal },
  programFolder: string,
): Promise<Service> {
  const { findService } = await import('./service/find-service.ts');
  return findService({
    ...search,
    start: async (lost) => {
      const { startService } = await import('./service/start-service.ts');
      return startService(lost, join(programFolder, 'cts-lite.cjs'));
    },
  });
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
