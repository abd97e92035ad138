import { resolve } from 'node:path';
import { CtsError } from '#protocol';
import type { OutputOptions } from '../terminal.ts';
import type { ConfigFile } from './config-file.ts';
import { expandHome, locateDataFolder, nonEmpty } from './folders.ts';

/** Options that every command understands, before and after its name. */
export interface GlobalOptions extends OutputOptions {
  readonly url?: string;
  readonly apiKey?: string;
  /** Seconds. */
  readonly timeout: number;
  /** Whether certificates are checked. */
  readonly verify: boolean;
  /** Whether questions may be asked. */
  readonly input: boolean;
  readonly dataDir?: string;
}

/** What the user wishes, wherever it was said: option, environment, configuration, default. */
export interface Settings {
  /** Undefined: the user names no service, so one is found or started. */
  readonly url: URL | undefined;
  readonly apiKey: string | undefined;
  /** Where results go when nothing else is said; absolute. */
  readonly outputFolder: string;
  readonly timeoutMs: number;
  readonly verifiesTls: boolean;
  /** Of the service on this machine; absolute. */
  readonly dataFolder: string;
  /** Whether it is the folder by convention, whose service listens on the usual port. */
  readonly isUsualDataFolder: boolean;
}

const DEFAULT_OUTPUT_FOLDER = '~/Downloads/cts';

/** Where a service is looked for when nobody says where. */
export const DEFAULT_URL = 'http://127.0.0.1:8080';

/** Puts together what the user wishes. An empty variable of the environment counts as unset. */
export function chooseSettings(
  options: GlobalOptions,
  { values }: ConfigFile,
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  const url = nonEmpty(options.url) ?? nonEmpty(env['CTS_URL']) ?? nonEmpty(values.url);
  const apiKey = nonEmpty(options.apiKey) ?? nonEmpty(env['CTS_API_KEY']) ?? nonEmpty(values.api_key);
  const usualFolder = resolve(locateDataFolder(env, process.platform));
  const named = nonEmpty(options.dataDir) ?? nonEmpty(env['CTS_DATA_DIR']);
  const dataFolder = named === undefined ? usualFolder : resolve(expandHome(named, env));
  return {
    url: url === undefined ? undefined : readServiceUrl(url),
    apiKey: apiKey === undefined ? undefined : readApiKey(apiKey),
    outputFolder: resolve(expandHome(nonEmpty(values.out_dir) ?? DEFAULT_OUTPUT_FOLDER, env)),
    timeoutMs: options.timeout * 1000,
    verifiesTls: options.verify,
    dataFolder,
    isUsualDataFolder: dataFolder === usualFolder,
  };
}

/** Reads the address of a service; `host:port` is meant as HTTP. @throws {CtsError} INVALID_PARAMETER */
export function readServiceUrl(text: string): URL {
  const url = URL.parse(/^[a-z][a-z+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  const isHttp = url !== null && ['http:', 'https:'].includes(url.protocol);
  if (isHttp && url.username === '' && url.password === '') return url;
  throw new CtsError(
    'INVALID_PARAMETER',
    `The address "${text}" is none of a service: http://HOST:PORT or https://HOST is expected`,
    { details: { parameter: 'url' } },
  );
}

/** A key travels in a header, where not every character may stand. */
function readApiKey(text: string): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new CtsError('INVALID_PARAMETER', 'The key holds characters that no key has, such as blanks', {
    details: { parameter: 'api_key' },
  });
}
