import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateTables } from '../../tools/generate-schema.ts';
import { repository } from '../support/repository.ts';

describe('server/core/schema/tables', () => {
  const directory = join(repository, 'server/core/schema/tables');
  const tables = generateTables();

  it('holds what the generator writes, and nothing else', () => {
    expect(readdirSync(directory).sort()).toEqual([...tables.keys()].sort());
  });

  it.each([...tables])('%s is what `npm run generate` makes of the source', (name, content) => {
    expect(readFileSync(join(directory, name), 'utf8') === content).toBe(true);
  });

  it('stays small enough to be loaded at every start', () => {
    const bytes = (name: string) => (tables.get(name) ?? '').length;
    expect(bytes('mainline-layouts.ts') + bytes('mainline-history.ts')).toBeLessThan(150_000);
  });
});
