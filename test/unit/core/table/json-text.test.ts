import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatJsonTable,
  formatPythonJson,
  generateJsonTable,
  PythonFloat,
  type PythonJson,
} from '../../../../server/core/table/json-text.ts';
import type { Row, TableColumn, TableSchema } from '../../../../server/core/table/table-schema.ts';
import fixture from '../../../fixtures/comma-tools-lib/numfmt.json' with { type: 'json' };

describe('formatPythonJson', () => {
  it.each<readonly [PythonJson, string]>([
    [null, 'null'],
    [true, 'true'],
    [3, '3'],
    [-0, '0'],
    [2 ** 60, '1152921504606846976'],
    [0.5, '0.5'],
    [1e-7, '1e-07'],
    [new PythonFloat(3), '3.0'],
    [new PythonFloat(NaN), 'NaN'],
    [new PythonFloat(-Infinity), '-Infinity'],
    [NaN, 'NaN'],
    [[], '[]'],
    [{}, '{}'],
    [{ left: undefined }, '{}'],
    ['', '""'],
    ['a/b "c" \\ \b\f\n\r\t\u0000\u001f\u007f', '"a/b \\"c\\" \\\\ \\b\\f\\n\\r\\t\\u0000\\u001f\\u007f"'],
    ['ü → 🚗', '"\\u00fc \\u2192 \\ud83d\\ude97"'],
    ['\ud83d', '"\\ud83d"'],
    [{ b: [1, new PythonFloat(2)], 'ä"': {} }, '{"b":[1,2.0],"\\u00e4\\"":{}}'],
  ])('writes %o as %s', (value, text) => {
    expect(formatPythonJson(value)).toBe(text);
  });

  it.each(fixture.python_number)('writes $args.approx as json.dumps does', ({ args, result }) => {
    expect(formatPythonJson(new PythonFloat(Number(args.approx)))).toBe(result.json);
  });

  it('is laid out as json.dumps does with an indent', () => {
    const value = { '0x321': { pre: { unique: 1, top: [['AB', 2]], none: [], empty: {} } } };
    expect(formatPythonJson(value, { indent: 2 })).toBe(JSON.stringify(value, null, 2));
  });

  it('writes whatever JSON.stringify writes, when there are no floats', () => {
    const letters = fc.oneof(fc.constant(null), fc.boolean(), fc.maxSafeInteger(), fc.string());
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        letters,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(tree as fc.Arbitrary<PythonJson>, fc.constantFrom(0, 2), (value, indent) => {
        const text = formatPythonJson(value, { indent });
        expect(text).toBe(JSON.stringify(value, null, indent).replaceAll('\x7f', '\\u007f'));
      }),
    );
  });
});

const column = (name: string, type: TableColumn['type']): TableColumn => ({ name, type, description: '' });

const schema: TableSchema = {
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

describe('formatJsonTable', () => {
  it('is a list of objects, floats told by their column', () => {
    const rows: readonly Row[] = [
      ['ü', 2, 2, true, [2, 0.5]],
      [null, null, NaN, false, []],
    ];
    expect(formatJsonTable(schema, rows)).toBe(`[
  {
    "text": "\\u00fc",
    "count": 2,
    "seconds": 2.0,
    "is_set": true,
    "pulses": [
      2.0,
      0.5
    ]
  },
  {
    "text": null,
    "count": null,
    "seconds": NaN,
    "is_set": false,
    "pulses": []
  }
]`);
  });

  it('is an empty list without rows', () => {
    expect(formatJsonTable(schema, [])).toBe('[]');
  });

  it('comes in pieces that are the whole', () => {
    const rows = Array.from({ length: 5_000 }, (_, i): Row => [`row ${String(i)}`, i, i / 8, true, [i / 3]]);
    const pieces = [...generateJsonTable(schema, rows)];
    expect(pieces.length).toBeGreaterThan(3);
    const objects = JSON.parse(pieces.join('')) as readonly object[];
    const names = schema.columns.map(({ name }) => name);
    expect(objects.map((object) => Object.entries(object))).toEqual(
      rows.map((row) => row.map((cell, i) => [names[i], cell])),
    );
  });
});
