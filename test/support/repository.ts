import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

const NOT_OURS = new Set(['node_modules', '.git', '.types', 'dist', 'coverage', 'out']);

/** Lists the repository's own files, as paths with `/` relative to its root, sorted. */
export function listRepositoryFiles(folder = ''): string[] {
  const entries = readdirSync(join(repository, folder), { withFileTypes: true });
  const paths = entries.flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (NOT_OURS.has(entry.name)) return [];
    return entry.isDirectory() ? listRepositoryFiles(path) : [path];
  });
  return paths.sort();
}

/** Reads one file of the repository as text. */
export function readRepositoryFile(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}
