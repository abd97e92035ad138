import { describe, expect, test } from 'vitest';
import { createCursorRows, CURSOR_MARK } from '../../../../../webviews/log/rows/cursor-rows.ts';

function makeRows(names: readonly string[]) {
  const wanted: [number, number][] = [];
  const rows = createCursorRows({
    count: () => names.length,
    at: (index) => names[index],
    want: (from, to) => wanted.push([from, to]),
  });
  return { rows, wanted };
}

function listAll(rows: ReturnType<typeof makeRows>['rows']): readonly unknown[] {
  return Array.from({ length: rows.count() }, (_, line) => rows.at(line));
}

describe('rows with a cursor', () => {
  test('have it before the first row, between two, and behind the last', () => {
    const { rows } = makeRows(['a', 'b']);
    expect(listAll(rows)).toEqual([CURSOR_MARK, 'a', 'b']);
    rows.place(1);
    expect(listAll(rows)).toEqual(['a', CURSOR_MARK, 'b']);
    rows.place(99);
    expect(listAll(rows)).toEqual(['a', 'b', CURSOR_MARK]);
  });

  test('have none where there are no rows', () => {
    expect(makeRows([]).rows.count()).toBe(0);
  });

  test('lead from lines to rows and back', () => {
    const { rows } = makeRows(['a', 'b', 'c']);
    rows.place(2);
    expect([0, 1, 2].map((row) => rows.lineOf(row))).toEqual([0, 1, 3]);
    expect([0, 1, 2, 3].map((line) => rows.rowIn(line))).toEqual([0, 1, null, 2]);
    expect(rows.cursorLine()).toBe(2);
  });

  test('ask for the rows behind the lines that are seen', () => {
    const { rows, wanted } = makeRows(['a', 'b', 'c']);
    rows.want?.(0, 4);
    expect(wanted).toEqual([[0, 3]]);
  });
});
