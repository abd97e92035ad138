import { describe, expect, it } from 'vitest';
import { checkEntries, listZipEntries, MOST_BYTES } from '../../../tools/package-check.mjs';

const WHOLE = [
  ...[
    'package.json',
    'dist/extension.cjs',
    'dist/face.cjs',
    'dist/server.cjs',
    'dist/programs/server.cjs',
    'dist/worker.cjs',
    'dist/cts.cjs',
  ],
  ...['dist/pages/log.js', 'dist/pages/log.css'],
].map((path) => `extension/${path}`);
const SQLITE = 'extension/dist/node_modules/better-sqlite3/prebuilds/linux-x64.node';
const SMALL = { sizeBytes: 1000, target: 'universal' };

describe('checkEntries', () => {
  it('finds nothing in a whole package', () => {
    expect(checkEntries(WHOLE, SMALL)).toEqual([]);
    expect(checkEntries([...WHOLE, SQLITE], { ...SMALL, target: 'linux-x64' })).toEqual([]);
  });

  it.each([
    'dist/extension.cjs.map',
    'dist/extension.cjs.meta.json',
    'server/main-server.ts',
    'dist/node_modules/better-sqlite3/src/better_sqlite3.cpp',
    'dist/node_modules/zstd-napi/binding.gyp',
    '.npmrc',
    'test/fixtures/a.json',
  ])('does not ship %s', (path) => {
    expect(checkEntries([...WHOLE, `extension/${path}`], SMALL)).toEqual([
      `extension/${path} must not be in it`,
    ]);
  });

  it('misses what is missing', () => {
    expect(checkEntries(WHOLE.slice(1), SMALL)).toEqual(['extension/package.json is missing']);
  });

  it('tells native files where there should be none, and their lack', () => {
    expect(checkEntries([...WHOLE, SQLITE], SMALL)).toEqual([`native files: ${SQLITE}`]);
    expect(checkEntries(WHOLE, { ...SMALL, target: 'linux-x64' })).toEqual(['native files: none']);
  });

  it('knows its limit', () => {
    expect(checkEntries(WHOLE, { ...SMALL, sizeBytes: MOST_BYTES + 1 })).toEqual([
      '8000001 bytes are more than 8000000',
    ]);
  });
});

describe('listZipEntries', () => {
  // Two entries without content, made by Python's zipfile: "a/b.txt" and "ä.txt", with a comment at the end.
  const ZIP = Buffer.from(
    'UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAHAAAAYS9iLnR4dFBLAwQUAAAIAAAAACEAAAAAAAAAAAAAAAAABgAAAMOkLnR4dFBLAQIUAxQAAAAAAAAAIQAAAAAAAAAAAAAAAAAHAAAAAAAAAAAAAACAAQAAAABhL2IudHh0UEsBAhQDFAAACAAAAAAhAAAAAAAAAAAAAAAAAAYAAAAAAAAAAAAAAIABJQAAAMOkLnR4dFBLBQYAAAAAAgACAGkAAABJAAAABAB0YWls',
    'base64',
  );

  it('reads the directory', () => {
    expect(listZipEntries(ZIP)).toEqual(['a/b.txt', 'ä.txt']);
  });

  it('refuses what is no zip file', () => {
    expect(() => listZipEntries(Buffer.from('no zip file at all, but long enough'))).toThrow('no zip file');
    expect(() => listZipEntries(Buffer.alloc(3))).toThrow('no zip file');
  });
});
