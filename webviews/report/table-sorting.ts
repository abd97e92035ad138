import { type CellValue, compareCells, readCell } from './cell-value.ts';
import { makeButton } from './element.ts';

type Order = 'ascending' | 'descending' | 'none';

const NEXT: Readonly<Record<Order, Order>> = {
  none: 'ascending',
  ascending: 'descending',
  descending: 'none',
};

/** Makes the heads of a table buttons: up, down, and as it was. */
export function makeSortable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (body === undefined || body.rows.length < 2) return;
  const original = [...body.rows];
  heads.forEach((head, column) => {
    const button = makeButton(head.textContent, () => {
      const order = NEXT[readOrder(head)];
      for (const other of heads) other.removeAttribute('aria-sort');
      if (order !== 'none') head.ariaSort = order;
      body.append(...sortRows(original, column, order));
    });
    head.replaceChildren(button);
  });
}

function readOrder(head: HTMLElement): Order {
  const order = head.ariaSort;
  return order === 'ascending' || order === 'descending' ? order : 'none';
}

function sortRows(
  rows: readonly HTMLTableRowElement[],
  column: number,
  order: Order,
): readonly HTMLTableRowElement[] {
  if (order === 'none') return rows;
  const direction = order === 'ascending' ? 1 : -1;
  const values = new Map<HTMLTableRowElement, CellValue>();
  for (const row of rows) values.set(row, readCell(row.cells[column]));
  return [...rows].sort((left, right) => compareCells(values.get(left), values.get(right), direction));
}
