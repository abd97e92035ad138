import { readFile } from 'node:fs/promises';
import type { LintResult } from '#protocol';

const DECODERS: Readonly<Record<LintResult['encoding'], string>> = {
  ascii: 'utf-8',
  'utf-8': 'utf-8',
  'utf-16': 'utf-16le',
  cp1252: 'windows-1252',
};

/** Reads the lines of a file, to show them beside what was found; undefined where it cannot be read any more. */
export async function readSourceLines(
  path: string,
  encoding: LintResult['encoding'],
): Promise<readonly string[] | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const isBigEndian = encoding === 'utf-16' && bytes[0] === 0xfe && bytes[1] === 0xff;
  const decoder = new TextDecoder(isBigEndian ? 'utf-16be' : DECODERS[encoding]);
  return decoder.decode(bytes).split(/\r\n|\n|\r/);
}
