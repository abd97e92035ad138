import { makeElement, setAttribute, setClass } from './element.ts';
import { type GridColumn, nameCellClass } from './grid-columns.ts';
import type { RowSpan } from './grid-geometry.ts';

/** Where rows come from. */
export interface GridRows<Row> {
  count(): number;
  /** Undefined where the row is on its way. */
  at(index: number): Row | undefined;
  /** Rows that are seen, or soon will be. */
  want?(from: number, to: number): void;
}

/** How rows are drawn. */
export interface RowDrawing<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: GridRows<Row>;
  readonly rowClass?: ((row: Row, index: number) => string) | undefined;
  /** A row that is one thing over the whole width, such as the time cursor; null for rows with cells. */
  readonly makeWhole?: ((row: Row, index: number) => HTMLElement | null) | undefined;
  /** The row in words, where its cells are none. */
  readonly describe?: ((row: Row) => string) | undefined;
}

/** What every row has to know of the grid. */
export interface RowPlacing {
  readonly span: RowSpan;
  /** The row that has, or would have, the focus. */
  readonly active: number;
  readonly selected: number | null;
  /** Rows of heads. */
  readonly heads: number;
  readonly findTop: (index: number) => number;
}

interface RowElement {
  readonly element: HTMLElement;
  readonly cells: readonly HTMLElement[];
  hasWhole: boolean;
  /** Where it stands, in pixels. */
  top: number;
}

/** The rows that are in the page: few, used again and again. */
export class RowPool<Row> {
  readonly #body: HTMLElement;
  readonly #drawing: RowDrawing<Row>;
  readonly #used = new Map<number, RowElement>();
  readonly #free: RowElement[] = [];

  constructor(body: HTMLElement, drawing: RowDrawing<Row>) {
    this.#body = body;
    this.#drawing = drawing;
  }

  /** Places the rows of a span, and fills those that are new, or all. */
  place(placing: RowPlacing, fill: 'new' | 'all'): void {
    const { span, active } = placing;
    const hasFocus = this.hasFocus();
    for (const index of [...this.#used.keys()]) {
      const isKept = (index >= span.from && index < span.to) || (index === active && this.#isFocused(index));
      if (!isKept || index >= this.#drawing.rows.count()) this.#release(index);
    }
    for (let index = span.from; index < span.to; index += 1) this.#placeOne(index, placing, fill);
    if (active < span.from || active >= span.to) {
      if (hasFocus && active < this.#drawing.rows.count()) this.#placeOne(active, placing, fill);
    }
    for (const { element } of this.#free) element.hidden = true;
  }

  find(index: number): HTMLElement | undefined {
    return this.#used.get(index)?.element;
  }

  /** The row that an element is part of. */
  indexOf(target: EventTarget | null): number | undefined {
    if (!(target instanceof Node)) return undefined;
    for (const [index, { element }] of this.#used) if (element.contains(target)) return index;
    return undefined;
  }

  /** Whether one of the rows has the focus. */
  hasFocus(): boolean {
    const focused = document.activeElement;
    return focused instanceof HTMLElement && focused.role === 'row' && this.#body.contains(focused);
  }

  #isFocused(index: number): boolean {
    return this.#used.get(index)?.element.contains(document.activeElement) === true;
  }

  #placeOne(index: number, placing: RowPlacing, fill: 'new' | 'all'): void {
    const known = this.#used.get(index);
    const row = known ?? this.#take(index);
    const { element } = row;
    const top = placing.findTop(index);
    if (row.top !== top) element.style.setProperty('transform', `translateY(${top}px)`);
    row.top = top;
    setAttribute(element, 'aria-rowindex', String(index + 1 + placing.heads));
    setAttribute(element, 'aria-selected', String(index === placing.selected));
    setAttribute(element, 'tabindex', index === placing.active ? '0' : '-1');
    if (known === undefined || fill === 'all') this.#fill(row, index);
  }

  #fill(row: RowElement, index: number): void {
    const { rows, columns, rowClass, makeWhole, describe } = this.#drawing;
    const value = rows.at(index);
    const { element, cells } = row;
    if (value === undefined) {
      this.#showCells(row);
      element.className = 'grid-row is-waiting';
      for (const cell of cells) cell.replaceChildren();
      return;
    }
    setClass(element, `grid-row ${rowClass?.(value, index) ?? ''}`);
    if (describe !== undefined) setAttribute(element, 'aria-label', describe(value));
    const whole = makeWhole?.(value, index) ?? null;
    if (whole !== null) {
      whole.setAttribute('role', 'gridcell');
      element.replaceChildren(whole);
      row.hasWhole = true;
      return;
    }
    this.#showCells(row);
    columns.forEach((column, place) => {
      const cell = cells[place];
      if (cell !== undefined) column.fill(cell, value, index);
    });
  }

  #showCells(row: RowElement): void {
    if (!row.hasWhole) return;
    row.element.replaceChildren(...row.cells);
    row.hasWhole = false;
  }

  #take(index: number): RowElement {
    const row = this.#free.pop() ?? this.#make();
    row.element.hidden = false;
    this.#used.set(index, row);
    return row;
  }

  #make(): RowElement {
    const cells = this.#drawing.columns.map((column) =>
      makeElement('div', { className: nameCellClass(column), attributes: { role: 'gridcell' } }),
    );
    const element = makeElement('div', { className: 'grid-row', attributes: { role: 'row' } }, ...cells);
    this.#body.append(element);
    return { element, cells, hasWhole: false, top: NaN };
  }

  #release(index: number): void {
    const row = this.#used.get(index);
    if (row === undefined) return;
    this.#used.delete(index);
    this.#free.push(row);
  }
}
