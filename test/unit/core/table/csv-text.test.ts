import { describe, expect, it } from 'vitest';
import { formatCsvTable, generateCsvTable } from '../../../../server/core/table/csv-text.ts';
import type { Row, TableColumn, TableSchema } from '../../../../server/core/table/table-schema.ts';

const column = (name: string, type: TableColumn['type']): TableColumn => ({ name, type, description: '' });

const everyType: TableSchema = {
  name: 'sample',
  version: 'sample.v1',
  description: '',
  columns: [
    column('text', 'text'),
    column('count', 'integer'),
    column('seconds', 'float'),
    column('is_set', 'boolean'),
    column('pulses', 'floats'),
  ],
};

const single: TableSchema = { ...everyType, columns: [column('text', 'text')] };

it.each<readonly [string, Row, string]>([
  ['plain cells', ['0x146', 43, 1.5, true, [2]], '0x146,43,1.5,True,[2.0]'],
  ['whole numbers by the type of their column', ['', 2, 2, false, []], ',2,2.0,False,[]'],
  ['nothing for null', [null, null, null, null, null], ',,,,'],
  ['nothing for cells that are missing', ['a'], 'a,,,,'],
  ['a list with a comma in quotes', ['a', -1, 1e-5, true, [2, 1.9]], 'a,-1,1e-05,True,"[2.0, 1.9]"'],
  ['floats that are none', ['a', 0, NaN, true, [Infinity]], 'a,0,nan,True,[inf]'],
  ['a comma', ['a,b', 0, 0, true, []], '"a,b",0,0.0,True,[]'],
  ['quotes, doubled', ['say "no"', 0, 0, true, []], '"say ""no""",0,0.0,True,[]'],
  ['LF', ['a\nb', 0, 0, true, []], '"a\nb",0,0.0,True,[]'],
  ['CR', ['a\rb', 0, 0, true, []], '"a\rb",0,0.0,True,[]'],
  ['blanks and other letters as they are', [' ü\t', 0, 0, true, []], ' ü\t,0,0.0,True,[]'],
])('writes %s', (_, row, text) => {
  expect(formatCsvTable(everyType, [row])).toBe(`text,count,seconds,is_set,pulses\r\n${text}\r\n`);
});

it('writes the head alone when there are no rows', () => {
  expect(formatCsvTable(single, [])).toBe('text\r\n');
});

it('leaves no blank line that readers would skip', () => {
  expect(formatCsvTable(single, [[''], [null]])).toBe('text\r\n""\r\n""\r\n');
});

it('puts comments in front, a line each whatever they contain', () => {
  const comments = ['schema_version: sample.v1', 'input_files: a\r\nb\nc\rd'];
  const text = formatCsvTable(single, [['x']], { comments });
  expect(text).toBe('# schema_version: sample.v1\n# input_files: a\\nb\\nc\\nd\ntext\r\nx\r\n');
});

describe('a long table', () => {
  const rows = Array.from({ length: 20_000 }, (_, i): Row => [
    `row ${String(i)}`,
    i,
    i / 8,
    i % 2 === 0,
    [i],
  ]);

  it('comes in pieces that are the whole', () => {
    const pieces = [...generateCsvTable(everyType, rows)];
    expect(pieces.length).toBeGreaterThan(3);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1 << 18);
    const lines = pieces.join('').split('\r\n');
    expect([lines.length, lines[12_346]]).toEqual([20_002, 'row 12345,12345,1543.125,False,[12345.0]']);
  });
});
