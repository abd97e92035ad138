import { describe, expect, it } from 'vitest';

import { ERROR_TRAITS } from '#protocol';
import { ProblemCode } from '../../server/protocol/problems.ts';
import { readRepositoryFile } from '../support/repository.ts';

const page = readRepositoryFile('docs/ERRORS.md');

/** The first cells of a table's rows, without the code's backquotes, under a heading of the page. */
function readTable(heading: string, columns: number): string[][] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, 1 + columns)
      .map((cell) => cell.replaceAll('`', '').trim()),
  );
}

describe('docs/ERRORS.md', () => {
  it('lists every error code with category, HTTP status and exit code, in the order of the table in the code', () => {
    const traits = Object.entries(ERROR_TRAITS).map(([code, { category, httpStatus, exitCode }]) => [
      code,
      category,
      `${httpStatus}`,
      `${exitCode}`,
    ]);
    expect(readTable('Errors', 4)).toEqual(traits);
  });

  it('says for every error when it occurs and what to do', () => {
    for (const cells of readTable('Errors', 6)) {
      expect(cells).toHaveLength(6);
      expect(cells.every((cell) => cell !== '')).toBe(true);
    }
  });

  it('lists every problem code, in the order of the contract, with what it costs', () => {
    expect(ProblemCode.options.length).toBeGreaterThan(0);
    expect(readTable('Problems', 1)).toEqual(ProblemCode.options.map((code) => [code]));
    for (const cells of readTable('Problems', 3)) expect(cells.every((cell) => cell !== '')).toBe(true);
  });
});
