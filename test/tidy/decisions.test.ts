import { describe, expect, it } from 'vitest';
import { listRepositoryFiles, readRepositoryFile } from '../support/repository.ts';

/** What a page of a decision says, in this order. */
const PARTS = ['Context', 'Decision', 'Reason', 'Price', 'Look again'];
/** Pages of decisions that bring no dependency speak their own way. */
const pages = listRepositoryFiles('docs/decisions');
const texts = new Map(pages.map((path) => [path, readRepositoryFile(path)]));

interface PackageJson {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

function listDependencies(): string[] {
  const project = JSON.parse(readRepositoryFile('package.json')) as PackageJson;
  const { dependencies, devDependencies, optionalDependencies } = project;
  return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
}

/** Types come with what they describe: `@types/ws` with `ws`. */
function nameDescribed(dependency: string): string {
  return dependency.replace(/^@types\//, '');
}

/** Whether a page speaks of a package by its own name: `ws` is not found in `news`. */
function speaksOf(text: string, dependency: string): boolean {
  const name = dependency.replace(/[/.-]/g, '\\$&');
  return new RegExp(`(?<![\\w@/.-])${name}(?![\\w/-])`, 'i').test(text);
}

describe('docs/decisions', () => {
  it.each(listDependencies())('has a page that speaks of %s', (dependency) => {
    const named = pages.filter((path) => speaksOf(texts.get(path) ?? '', nameDescribed(dependency)));
    expect(named).not.toEqual([]);
  });

  it.each(pages)('%s says why, what it costs and when to look again', (path) => {
    const text = texts.get(path) ?? '';
    expect(text).toMatch(/^# \w.*\n\n\*\*Context\.\*\* /);
    const found = PARTS.filter((part) => text.includes(`\n**${part}`));
    expect(found).toEqual(expect.arrayContaining(['Context', 'Decision', 'Price']));
    expect(text).toMatch(/\n\*\*Look (at it )?again/);
  });
});
