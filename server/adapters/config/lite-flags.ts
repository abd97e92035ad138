import { parseArgs } from 'node:util';
import { CtsError } from '#protocol';
import { findNearestNames, offerNames } from '../../core/text/nearest-names.ts';
import type { SettingKey } from '../../services/service/setting-fields.ts';

/** What the command line of `cts-lite` asks for. */
export interface LiteFlags {
  readonly settings: Readonly<Partial<Record<SettingKey, string>>>;
  /** Configuration file, as it was typed. */
  readonly configPath?: string;
  readonly isStartedByClient: boolean;
  readonly wantsHelp: boolean;
  readonly wantsVersion: boolean;
}

const OPTIONS = {
  host: { type: 'string' },
  port: { type: 'string', short: 'p' },
  'data-dir': { type: 'string', short: 'd' },
  config: { type: 'string', short: 'c' },
  environment: { type: 'string' },
  auto: { type: 'boolean' },
  'idle-timeout': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

type Values = ReturnType<typeof parseValues>;

/**
 * Reads the command line of `cts-lite`.
 *
 * @param argv Without the program and the script.
 * @throws {CtsError} INVALID_PARAMETER for an option that there is not, or that lacks its value.
 */
export function parseLiteFlags(argv: readonly string[]): LiteFlags {
  const values = parseOrRefuse(argv);
  return {
    settings: collectSettings(values),
    ...(values.config !== undefined && { configPath: values.config }),
    isStartedByClient: values.auto ?? false,
    wantsHelp: values.help ?? false,
    wantsVersion: values.version ?? false,
  };
}

function parseValues(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options: OPTIONS, strict: true, allowPositionals: false }).values;
}

function parseOrRefuse(argv: readonly string[]): Values {
  try {
    return parseValues(argv);
  } catch (error) {
    const [reason = ''] = error instanceof Error ? error.message.split(/\. |\n/) : [];
    throw new CtsError('INVALID_PARAMETER', `cts-lite: ${reason}. ${offerOptions(argv)}`, {
      details: { arguments: argv },
      cause: error,
    });
  }
}

function offerOptions(argv: readonly string[]): string {
  const names = Object.keys(OPTIONS);
  const unknown = argv
    .map((text) => /^--([^=]+)/.exec(text)?.[1])
    .find((name) => name !== undefined && !names.includes(name));
  const nearest = unknown === undefined ? [] : findNearestNames(unknown, names);
  return offerNames(nearest.map((name) => `--${name}`)) || 'cts-lite --help lists the options.';
}

function collectSettings(values: Values): LiteFlags['settings'] {
  return {
    ...(values.host !== undefined && { host: values.host }),
    ...(values.port !== undefined && { port: values.port }),
    ...(values['data-dir'] !== undefined && { data_dir: values['data-dir'] }),
    ...(values.environment !== undefined && { environment: values.environment }),
    ...(values['idle-timeout'] !== undefined && { idle_timeout_seconds: values['idle-timeout'] }),
  };
}

/** What `cts-lite --help` prints. */
export const LITE_HELP = `Usage: cts-lite [options]

Runs the CTS service: runs, artifacts, uploads and logs over HTTP.

Options:
  --host <address>        address to listen on (default: 127.0.0.1)
  -p, --port <number>     port to listen on, 0 for any free one (default: 8080)
  -d, --data-dir <path>   folder of runs, artifacts and uploads
  -c, --config <path>     configuration file, JSON or TOML (or CTS_CONFIG)
  --environment <name>    preset: development, staging or production
  --idle-timeout <s>      stop after so many seconds without a request or a run, 0 for never
  --auto                  as cts starts it: only holders of the token in the data folder are let in,
                          and it stops by itself when idle (after 900 s unless --idle-timeout says otherwise)
  -h, --help              show this text
  -V, --version           show the version

Every setting has a variable of its own, such as CTS_MAX_CONCURRENT_RUNS. Options count more than variables,
variables more than the file, the file more than the preset. docs/CONFIGURATION.md lists all.

Examples:
  cts-lite
  cts-lite --port 0 --data-dir ./data
  CTS_API_KEY_FILE=/etc/cts/key cts-lite --environment production --config /etc/cts/cts.toml
`;
