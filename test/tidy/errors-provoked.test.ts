import { expect, it } from 'vitest';
import { ERROR_TRAITS } from '#protocol';
import { listRepositoryFiles, readRepositoryFile } from '../support/repository.ts';

/** Tests that speak of all codes at once, and provoke none. */
const TABLES = /^test\/tidy\/errors-/;

it('every error code is expected by a test that provokes it', () => {
  const tests = listRepositoryFiles('test').filter((path) => path.endsWith('.test.ts') && !TABLES.test(path));
  const words = new Set(
    tests.flatMap((path) => readRepositoryFile(path).match(/\b[A-Z]+(?:_[A-Z]+)*\b/g) ?? []),
  );
  expect(Object.keys(ERROR_TRAITS).filter((code) => !words.has(code))).toEqual([]);
});
