import { describe, expect, it } from 'vitest';
import { CSV_HEADER } from '../../server/core/can/csv/can-csv.ts';
import { encodeParquet } from '../../server/adapters/parquet/parquet-encoder.ts';
import { createAnalyzers } from '../../server/tools/analyzers.ts';
import { FRAMES_TABLE } from '../../server/tools/rlog-to-csv/frames-table.ts';
import { writeExportsPage } from '../../tools/exports-page.ts';
import { readRepositoryFile } from '../support/repository.ts';

const tools = createAnalyzers({ encodeParquet });
const tables = tools.flatMap(({ id, tables: own = [] }) => own.map((table) => ({ tool: id, table })));

describe('docs/EXPORTS.md', () => {
  const page = readRepositoryFile('docs/EXPORTS.md');

  it('tells what the code does: "npm run generate" rewrites it', () => {
    expect(page).toBe(writeExportsPage(tools));
  });

  it('has a heading for each tool that exports tables, and a row for each column', () => {
    for (const { tool, table } of tables) {
      expect(page).toContain(`\n## ${tool}\n`);
      expect(page).toContain(`\n### ${table.name}\n`);
      for (const { name, type } of table.columns) expect(page).toContain(`\n| \`${name}\` | ${type} | `);
    }
  });
});

describe.each(tables)('$table.name of $tool', ({ table }) => {
  it('has a form of its own that is called after it and has a number', () => {
    expect(table.version).toMatch(new RegExp(`(^|\\.)${table.name}\\.v\\d+$`));
    expect(tables.filter((other) => other.table.version === table.version)).toHaveLength(1);
  });

  it('has columns of different names, each with a description', () => {
    const names = table.columns.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(table.columns.filter(({ description }) => description === '')).toEqual([]);
  });

  it('is described', () => {
    expect(table.description).toMatch(/^[A-Z]\w* /);
  });
});

it('knows the columns that rlog-to-csv writes', () => {
  expect(`${FRAMES_TABLE.columns.map(({ name }) => name).join(',')}\n`).toBe(CSV_HEADER.replace('\r', ''));
});

it('lays out a tool with its tables', () => {
  const page = writeExportsPage([
    { id: 'silent', title: 'Silent', summary: 'Leaves no table' },
    {
      id: 'bit-finder',
      title: 'Bit Finder',
      summary: 'Finds bits',
      tables: [
        {
          name: 'bits',
          version: 'bits.v2',
          description: 'The bits; by index',
          columns: [
            { name: 'bit', type: 'integer', description: 'Global index' },
            { name: 'at', type: 'float', unit: 's', description: 'When: a|b' },
          ],
        },
      ],
    },
  ]);
  expect(page.slice(page.indexOf('- ['))).toBe(`- [bit-finder](#bit-finder): \`bits\`

## bit-finder

Bit Finder: finds bits.

### bits

The bits; by index. Form: \`bits.v2\`.

| column | type | unit | what |
| --- | --- | --- | --- |
| \`bit\` | integer |  | Global index |
| \`at\` | float | s | When: a\\|b |
`);
});
