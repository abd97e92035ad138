import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/**
 * A folder that is there, and empty, in each test of the file that asks for it. Removing it is tried again while a
 * process that was killed lets go of its files.
 */
export function useTemporaryFolder(): { readonly path: string } {
  const folder = { path: '' };
  beforeEach(() => {
    folder.path = mkdtempSync(join(tmpdir(), 'cts-test-'));
  });
  afterEach(() => {
    rmSync(folder.path, { recursive: true, force: true, maxRetries: 20 });
  });
  return folder;
}
