import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

const TOKEN = /^[0-9a-f]{64}$/;

/** Where the secret of a data folder is. */
export function accessTokenPath(dataFolder: string): string {
  return join(dataFolder, 'token');
}

/** Reads the secret that clients of this data folder show; undefined when there is none that is whole. */
export async function readAccessToken(dataFolder: string): Promise<string | undefined> {
  const known = (await readPrivateFile(accessTokenPath(dataFolder)))?.trim();
  return known !== undefined && TOKEN.test(known) ? known : undefined;
}

/** Reads the secret that clients of this data folder show; makes one when there is none that is whole. */
export async function provideAccessToken(dataFolder: string): Promise<string> {
  const known = await readAccessToken(dataFolder);
  if (known !== undefined) return known;
  const token = randomBytes(32).toString('hex');
  await writePrivateFile(accessTokenPath(dataFolder), `${token}\n`);
  return token;
}
