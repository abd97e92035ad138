import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, extname, join, basename } from 'node:path';
import { CtsError } from '#protocol';
import { hashFile } from './file-hash.ts';
import { showPath } from './shown-path.ts';

/** What happens where a file is to be written and one stands. */
export type OverwritePolicy = 'refuse' | 'overwrite' | 'skip' | 'rename';

/** The policy as options say it. */
export interface OverwriteOptions {
  readonly force?: boolean;
  readonly skipExisting?: boolean;
  readonly rename?: boolean;
}

/** Reads the options. @throws {CtsError} INVALID_PARAMETER for two that contradict each other. */
export function chooseOverwritePolicy(
  { force, skipExisting, rename }: OverwriteOptions,
  byDefault: OverwritePolicy = 'refuse',
): OverwritePolicy {
  const chosen: OverwritePolicy[] = [
    ...(force === true ? ['overwrite' as const] : []),
    ...(skipExisting === true ? ['skip' as const] : []),
    ...(rename === true ? ['rename' as const] : []),
  ];
  if (chosen.length < 2) return chosen[0] ?? byDefault;
  throw new CtsError('INVALID_PARAMETER', 'Give one of --force, --skip-existing and --rename, not more');
}

/** What shall come to stand at a path. */
export interface ExpectedContent {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/**
 * Chooses where a file is written. A file of the same content is no obstacle to any policy.
 *
 * @returns The path; undefined when the file that stands there is kept.
 * @throws {CtsError} FILE_EXISTS
 */
export async function choosePlace(
  path: string,
  { policy, content }: { readonly policy: OverwritePolicy; readonly content: ExpectedContent },
): Promise<string | undefined> {
  if (policy === 'overwrite' || !(await isThere(path)) || (await holds(path, content))) return path;
  if (policy === 'skip') return undefined;
  if (policy === 'rename') return findFreeName(path);
  throw createFileExists(path);
}

/** Tells that another file stands in the way. */
export function createFileExists(path: string): CtsError {
  return new CtsError('FILE_EXISTS', `${showPath(path)} is there already, with other content`, {
    details: { path },
    actions: ['Add --force to replace it, --rename to write beside it, or --skip-existing to keep it.'],
  });
}

async function isThere(path: string): Promise<boolean> {
  return (await statIfThere(path)) !== undefined;
}

/** Whether a file of this content stands at a path. */
export async function holds(path: string, { sizeBytes, sha256 }: ExpectedContent): Promise<boolean> {
  const found = await statIfThere(path);
  return found?.isFile() === true && found.size === sizeBytes && (await hashFile(path)) === sha256;
}

function statIfThere(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}

/** `x.csv`, `x (2).csv`, `x (3).csv` */
async function findFreeName(path: string): Promise<string> {
  const ending = extname(path);
  const stem = basename(path, ending);
  for (let number = 2; ; number++) {
    const candidate = join(dirname(path), `${stem} (${number})${ending}`);
    if (!(await isThere(candidate))) return candidate;
  }
}
