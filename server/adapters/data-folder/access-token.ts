import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

const TOKEN = /^[0-9a-f]{64}$/;

/** Reads the secret that clients of this data folder show; makes one when there is none that is whole. */
export async function provideAccessToken(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'token');
  const known = (await readPrivateFile(path))?.trim();
  if (known !== undefined && TOKEN.test(known)) return known;
  const token = randomBytes(32).toString('hex');
  await writePrivateFile(path, `${token}\n`);
  return token;
}
