import { makeElement } from './element.ts';
import { type GridColumn, type GridSort, nameCellClass, turnSort } from './grid-columns.ts';

/** The heads of columns, and the fields that filter them. */
export interface GridHead {
  readonly rows: readonly HTMLElement[];
  /** How many rows of the grid the heads are. */
  readonly count: number;
  showSort(sort: GridSort | null): void;
  /** Puts the focus on a head; false where none sorts. */
  focus(): boolean;
}

/** What the heads are made from. */
export interface GridHeadOptions<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly onSort: (sort: GridSort) => void;
  /** The key that leads back to the rows was pressed. */
  readonly onLeave: () => void;
}

/** Makes the heads. They are no tab stops of their own: arrows lead to them. */
export function makeGridHead<Row>({ columns, onSort, onLeave }: GridHeadOptions<Row>): GridHead {
  const head = makeElement('div', {
    className: 'grid-row grid-head',
    attributes: { role: 'row', 'aria-rowindex': '1' },
  });
  const cells = columns.map((column) => makeHeadCell(column));
  head.append(...cells);
  let current: GridSort | null = null;

  head.addEventListener('click', ({ target }) => {
    const column = columns[cells.findIndex((cell) => target instanceof Node && cell.contains(target))];
    if (column?.isSortable !== true) return;
    onSort(turnSort(current, column.id, column.align === 'right' ? 'descending' : 'ascending'));
  });
  head.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined) moveFocus(head, step);
    else if (event.key === 'ArrowDown' || event.key === 'Escape') onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const filter = makeFilterRow(columns);
  return {
    rows: filter === null ? [head] : [head, filter],
    count: filter === null ? 1 : 2,
    showSort: (sort) => {
      current = sort;
      cells.forEach((cell, place) => {
        showSort(cell, columns[place]?.id === sort?.column ? sort : null);
      });
    },
    focus: () => {
      const button = head.querySelector<HTMLElement>('[aria-sort] button') ?? head.querySelector('button');
      button?.focus();
      return button !== null;
    },
  };
}

function makeHeadCell<Row>(column: GridColumn<Row>): HTMLElement {
  const { title, hint, isSortable } = column;
  const attributes = { role: title === '' ? 'gridcell' : 'columnheader' };
  const cell = makeElement('div', { className: nameCellClass(column), title: hint ?? '', attributes });
  cell.classList.remove('is-mono');
  if (isSortable === true) cell.append(makeElement('button', { type: 'button', tabIndex: -1 }, title));
  else cell.append(title);
  return cell;
}

function showSort(cell: HTMLElement, sort: GridSort | null): void {
  const button = cell.querySelector('button');
  if (button === null) return;
  button.querySelector('.grid-sort')?.remove();
  if (sort === null) {
    cell.removeAttribute('aria-sort');
    return;
  }
  cell.setAttribute('aria-sort', sort.direction);
  const arrow = sort.direction === 'ascending' ? ' ↑' : ' ↓';
  button.append(
    makeElement('span', { className: 'grid-sort', attributes: { 'aria-hidden': 'true' } }, arrow),
  );
}

function moveFocus(head: HTMLElement, step: number): void {
  const buttons = [...head.querySelectorAll('button')];
  const place = buttons.findIndex((button) => button === document.activeElement);
  buttons[place + step]?.focus();
}

function makeFilterRow<Row>(columns: readonly GridColumn<Row>[]): HTMLElement | null {
  if (columns.every(({ filter }) => filter === undefined)) return null;
  const attributes = { role: 'row', 'aria-rowindex': '2' };
  const row = makeElement('div', { className: 'grid-row grid-filter', attributes });
  for (const { filter } of columns) {
    row.append(
      makeElement('div', { attributes: { role: 'gridcell' } }, ...(filter === undefined ? [] : [filter])),
    );
  }
  return row;
}
