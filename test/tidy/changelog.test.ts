import { describe, expect, it } from 'vitest';
import { readRepositoryFile } from '../support/repository.ts';

describe('CHANGELOG.md', () => {
  it('begins with what is unreleased', () => {
    const headings = [...readRepositoryFile('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(
      ([, heading]) => heading,
    );
    expect(headings[0]).toBe('Unreleased');
  });
});
