import { extname } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import type { SettingsFile } from '../../services/service/setting-layers.ts';
import { refuseConfigFile } from './config-error.ts';
import { readSmallFile } from './small-file.ts';

/** A configuration file, and whether others may read it. */
export interface ReadSettingsFile extends SettingsFile {
  readonly isReadableByOthers: boolean;
}

/**
 * Reads a configuration file: JSON or TOML by its extension; without one of these, whichever it is.
 *
 * @param path Absolute.
 * @param key Option or variable that names it.
 * @throws {CtsError} INVALID_CONFIGURATION when it cannot be read, or is neither.
 */
export async function readSettingsFile(path: string, key: string): Promise<ReadSettingsFile> {
  const { text, isReadableByOthers } = await readSmallFile(path, key);
  const parsed = parseText(text, extname(path).toLowerCase());
  if ('reason' in parsed) throw refuseConfigFile({ key, path, ...parsed });
  if (!isRecord(parsed.value))
    throw refuseConfigFile({ key, path, reason: 'expected settings by name: a JSON object, or TOML.' });
  return { path, values: parsed.value, isReadableByOthers };
}

type Parsed = { readonly value: unknown } | { readonly reason: string; readonly cause: unknown };

function parseText(text: string, extension: string): Parsed {
  if (extension === '.json') return tryParsing('JSON', () => JSON.parse(text));
  if (extension === '.toml') return tryParsing('TOML', () => parseToml(text));
  const json = tryParsing('JSON', () => JSON.parse(text));
  if ('value' in json) return json;
  const toml = tryParsing('TOML', () => parseToml(text));
  return 'value' in toml ? toml : { reason: 'it is neither JSON nor TOML.', cause: toml.cause };
}

function tryParsing(format: string, parse: () => unknown): Parsed {
  try {
    return { value: parse() };
  } catch (error) {
    // Later lines show the text around the place, which may hold a secret.
    const [line = ''] = error instanceof Error ? error.message.split('\n') : [];
    return { reason: `it is no valid ${format}: ${withoutQuotedText(line)}`, cause: undefined };
  }
}

/** JSON's messages quote the text that was not understood. */
function withoutQuotedText(message: string): string {
  return message.replace(/, (\.\.\.)?".*" is not valid JSON$/s, '').replace(/\.?$/, '.');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
