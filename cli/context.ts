import type { ConfigFile } from './settings/config-file.ts';
import type { Connect, EngineAnswers } from './request.ts';
import type { Service } from './service/service.ts';
import type { GlobalOptions, Settings } from './settings/settings.ts';
import type { Output, Terminal } from './terminal.ts';

/** What every command works with. What costs time is done when a command first asks for it. */
export interface CommandContext {
  readonly options: GlobalOptions;
  readonly output: Output;
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly version: string;
  /** Folder of the programs. */
  readonly programFolder: string;
  readonly configPath: string;
  loadConfig(): Promise<ConfigFile>;
  loadSettings(): Promise<Settings>;
  /** Finds the service, or starts one. */
  openService(): Promise<Service>;
  /** Reaches what reads logs. */
  readonly connect: Connect;
  /** Reaches the engine in this process, whatever service is named. */
  readonly connectHere: Connect<keyof EngineAnswers>;
}
