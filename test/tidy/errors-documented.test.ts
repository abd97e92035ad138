import { describe, expect, it } from 'vitest';
import { ERROR_TRAITS } from '#protocol';
import { readRepositoryFile } from '../support/repository.ts';

const page = readRepositoryFile('docs/ERRORS.md');

/** The first cells of a table's rows, without the code's backquotes, under a heading of the page. */
function readTable(heading: string, columns: number): string[][] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, 1 + columns)
      .map((cell) => cell.replaceAll('`', '').trim()),
  );
}

describe('docs/ERRORS.md', () => {
  it('lists every error code with its category and exit code, in the order of the table in the code', () => {
    const traits = Object.entries(ERROR_TRAITS).map(([code, { category, exitCode }]) => [
      code,
      category,
      `${exitCode}`,
    ]);
    expect(readTable('Errors', 3)).toEqual(traits);
  });

  it('says for every error when it occurs and what to do', () => {
    for (const cells of readTable('Errors', 5)) expect(cells.every((cell) => cell !== '')).toBe(true);
  });

  it('lists every problem code, in the order of the type', () => {
    const source = readRepositoryFile('server/protocol/problems.ts');
    const codes = [...source.matchAll(/^ {2}\| '([A-Z_]+)'/gm)].map(([, code]) => [code]);
    expect(codes.length).toBeGreaterThan(0);
    expect(readTable('Problems', 1)).toEqual(codes);
  });
});
