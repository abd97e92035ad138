import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { locateFile } from '../../../../cli/runs/run-input.ts';

describe('a file that a parameter names', () => {
  it('is found by a service with another current folder', () => {
    expect(locateFile('package.json', { isOnThisMachine: true })).toBe(join(process.cwd(), 'package.json'));
    expect(locateFile('not-there.csv', { isOnThisMachine: true })).toBe(join(process.cwd(), 'not-there.csv'));
    expect(locateFile('/logs/a.csv', { isOnThisMachine: true })).toBe('/logs/a.csv');
  });

  it('stays as it is when it is an upload, an artifact, or on another machine', () => {
    for (const reference of ['upload:1', 'artifact:2'])
      expect(locateFile(reference, { isOnThisMachine: true })).toBe(reference);
    expect(locateFile('a.csv', { isOnThisMachine: false })).toBe('a.csv');
  });
});
