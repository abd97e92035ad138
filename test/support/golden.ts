import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { repository } from './repository.ts';

/**
 * Compares a text with the file of that name in `test/golden`. A file that is missing is written, which fails where
 * nobody would look at it (CI). UPDATE_GOLDEN=1 writes all of them anew; on a difference the text is left beside the
 * file as `.actual`.
 */
export function expectGolden(name: string, text: string): void {
  const path = join(repository, 'test/golden', name);
  const actualPath = `${path}.actual`;
  const isUpdate = process.env['UPDATE_GOLDEN'] === '1';
  if (!isUpdate && !existsSync(path) && process.env['CI'] !== undefined)
    throw new Error(`${path} is missing: run the test, read the file, commit it`);
  if (isUpdate || !existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const expected = readFileSync(path, 'utf8');
  if (text === expected) rmSync(actualPath, { force: true });
  else writeFileSync(actualPath, text);
  expect(text, `differs from ${path}; what came instead is in ${actualPath}`).toBe(expected);
}
