import { describe, expect, it } from 'vitest';
import { listRepositoryFiles, readRepositoryFile } from '../support/repository.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const files = listRepositoryFiles();
const locks = files.filter((path) => path.endsWith('package-lock.json'));
const manifests = files.filter((path) => path.endsWith('package.json') && !path.startsWith('test/fixtures/'));

describe('lock files', () => {
  it('stand beside every package.json', () => {
    expect(locks).toEqual(manifests.map((path) => path.replace(/package\.json$/, 'package-lock.json')));
  });

  it.each(locks)('%s names no download address', (path) => {
    expect(readRepositoryFile(path)).not.toMatch(/"resolved":|https?:\/\/registry\./);
  });
});

describe('package.json', () => {
  it.each(manifests)('%s pins exact versions', (path) => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readRepositoryFile(path),
    ) as Manifest;
    const versions = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
