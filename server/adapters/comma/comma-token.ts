import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CtsError } from '#protocol';

/** Where a token may be found. */
export interface TokenPlaces {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/** Far longer than any token; a larger file is something else. */
const MOST_TOKEN_CHARACTERS = 16_384;
/** What a header may hold. */
const TOKEN = /^[\x21-\x7e]+$/;
const SHOWN_CHARACTERS = 4;

/**
 * Reads the token for comma's API: `COMMA_JWT`, or else `access_token` of `~/.comma/auth.json`. It is read again each
 * time, so that a new log-in counts at once.
 *
 * @throws {CtsError} COMMA_TOKEN_MISSING where neither has one.
 */
export async function readCommaToken({ environment, homeFolder }: TokenPlaces): Promise<string> {
  const token = environment['COMMA_JWT']?.trim() || (await readSavedToken(homeFolder));
  if (token === undefined || token === '') throw createTokenMissing('No comma JWT found');
  if (token.length > MOST_TOKEN_CHARACTERS || !TOKEN.test(token))
    throw createTokenMissing('The comma JWT that was found is no token');
  return token;
}

/** Says that a token is needed and where it is looked for. */
export function createTokenMissing(reason: string): CtsError {
  const message = `${reason}. Set COMMA_JWT environment variable or run openpilot/tools/lib/auth.py to create ~/.comma/auth.json`;
  return new CtsError('COMMA_TOKEN_MISSING', message);
}

/** Shortens a secret to what tells it from others: its first and last characters, or nothing of a short one. */
export function redactToken(token: string, shownCharacters = SHOWN_CHARACTERS): string {
  if (token.length <= 2 * shownCharacters) return '*'.repeat(token.length);
  return `${token.slice(0, shownCharacters)}...${token.slice(-shownCharacters)}`;
}

/** The same failure without the token in its message, whoever may have put it there. */
export function hideToken(error: unknown, token: string | undefined): unknown {
  if (token === undefined || !(error instanceof CtsError)) return error;
  const at = error.message.toLowerCase().indexOf(token.toLowerCase());
  if (at < 0) return error;
  const message = error.message.slice(0, at) + redactToken(token) + error.message.slice(at + token.length);
  return hideToken(new CtsError(error.code, message, { actions: error.actions }), token);
}

async function readSavedToken(homeFolder: string): Promise<string | undefined> {
  const text = await readFile(join(homeFolder, '.comma', 'auth.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const saved: unknown = JSON.parse(text);
    const isObject = typeof saved === 'object' && saved !== null;
    const token = isObject && 'access_token' in saved ? saved.access_token : undefined;
    return typeof token === 'string' ? token.trim() : undefined;
  } catch {
    return undefined;
  }
}
