import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedDir } from '../support/shared.ts';
import { ALL_STATEMENTS } from '../unit/core/dbc/syntax/sample-text.ts';
import type { FuzzSeed } from './corpus.ts';

/** Short seeds make many cases a second; a cut of a longer file is as good. */
const MAX_SEED_BYTES = 16 * 1024;
const FOLDERS = ['opendbc', 'cantools', 'synthetic', 'malformed'];

/** Reads all seeds of DBC files: one of every statement, and the files of the shared folder where it is present. */
export function loadDbcCorpus(): readonly FuzzSeed[] {
  const bytes = new TextEncoder().encode(ALL_STATEMENTS);
  return [{ name: 'all-statements', bytes, isPacked: false }, ...FOLDERS.flatMap(readFolder)];
}

function readFolder(folder: string): FuzzSeed[] {
  const path = join(sharedDir ?? '', 'vectors/schema', folder, 'dbc');
  if (sharedDir === undefined || !existsSync(path)) return [];
  const names = readdirSync(path).sort();
  return names.map((name) => {
    const bytes = new Uint8Array(readFileSync(join(path, name))).slice(0, MAX_SEED_BYTES);
    return { name, bytes, isPacked: false };
  });
}
