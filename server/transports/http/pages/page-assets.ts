import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CtsError } from '#protocol';
import { PAGES } from './page-document.ts';

/** A file that a page is made of. */
export interface PageAsset {
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** Tells contents apart, quoted as in headers. */
  readonly etag: string;
}

/** Every file that is served, by its name: whatever else is asked for is not looked for on the disk. */
const MEDIA_TYPES: ReadonlyMap<string, string> = new Map(
  Object.keys(PAGES).flatMap((page) => [
    [`${page}.js`, 'text/javascript; charset=utf-8'] as const,
    [`${page}.css`, 'text/css; charset=utf-8'] as const,
  ]),
);

/**
 * Reads a file of a page.
 *
 * @throws {CtsError} ENDPOINT_NOT_FOUND, also where this installation has no pages.
 */
export async function readPageAsset(folder: string, name: string): Promise<PageAsset> {
  const mediaType = MEDIA_TYPES.get(name);
  if (mediaType === undefined) throw refuse(name, []);
  try {
    const bytes = await readFile(join(folder, name));
    const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
    return { mediaType, bytes, etag: `"${digest}"` };
  } catch {
    throw refuse(name, ['The pages of CTS are not installed here: install CTS again.']);
  }
}

function refuse(name: string, actions: readonly string[]): CtsError {
  return new CtsError('ENDPOINT_NOT_FOUND', `No page has a file ${JSON.stringify(name.slice(0, 100))}`, {
    actions,
  });
}
