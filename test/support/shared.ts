import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { repository } from './repository.ts';

/**
 * Folder with logs and vectors of known answers: `CTS_SHARED`, or `shared` beside the repository; undefined where
 * there is none. It is not part of the repository: whoever uses it must do without.
 */
export const sharedDir: string | undefined = findFolder(
  process.env['CTS_SHARED'] ?? join(repository, '../shared'),
);

function findFolder(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}
