import { readFile } from 'node:fs/promises';
import type { LintResult } from '#protocol';

/** What cp1252 has in place of 0x80 to 0x9f, where it differs from Latin-1. */
const CP1252_HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Reads the lines of a file, to show them beside what was found; undefined where it cannot be read any more. */
export async function readSourceLines(
  path: string,
  encoding: LintResult['encoding'],
): Promise<readonly string[] | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return undefined;
  return decode(bytes, encoding).split(/\r\n|\n|\r/);
}

function decode(bytes: Buffer, encoding: LintResult['encoding']): string {
  if (encoding === 'cp1252') return decodeCp1252(bytes);
  const isBigEndian = bytes[0] === 0xfe && bytes[1] === 0xff;
  const name = encoding === 'utf-16' ? (isBigEndian ? 'utf-16be' : 'utf-16le') : 'utf-8';
  return new TextDecoder(name).decode(bytes);
}

/** Node's own decoder of windows-1252 reads 0x80 to 0x9f as Latin-1 in some versions. */
function decodeCp1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (control) => CP1252_HIGH.charAt(control.charCodeAt(0) - 0x80));
}
