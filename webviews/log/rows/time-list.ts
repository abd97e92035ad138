import type { LogDocument } from '../log-document.ts';
import type { RowWindow } from '../../shared/window-rows.ts';
import { createWindowRows, type WindowRows } from '../../shared/window-rows.ts';
import { type GridColumn, makeVirtualGrid, type VirtualGrid } from '../../shared/virtual-grid.ts';
import { createCursorRows, CURSOR_MARK, type CursorRows, type RowOrCursor } from './cursor-rows.ts';
import { makeCursorRow } from './cursor-row.ts';
import { createLatestRequest, type LatestRequest } from './latest-request.ts';

/** A row that came at a time. */
export interface TimedRow {
  readonly index: number;
  readonly seconds: number;
}

/** What a list of rows over time shows. */
export interface TimeListOptions<Row extends TimedRow> {
  readonly label: string;
  readonly document: LogDocument;
  readonly columns: readonly GridColumn<Row>[];
  readonly rowClass?: (row: Row) => string;
  readonly fetch: (from: number, count: number, signal: AbortSignal) => Promise<RowWindow<Row>>;
  /** The first row later than a time. */
  readonly find: (seconds: number, signal: AbortSignal) => Promise<number>;
  readonly makeEmpty: () => HTMLElement | null;
  readonly onFailure: (error: unknown) => void;
  /** A row was selected, by whomever. */
  readonly onSelect: (row: Row, place: number) => void;
  /** Enter, or a double click. */
  readonly onOpen?: (row: Row, place: number) => void;
  readonly onChange?: () => void;
}

/** Rows in the order of time, filled as they are seen, with the time cursor among them. */
export class TimeList<Row extends TimedRow> {
  readonly grid: VirtualGrid;
  readonly #options: TimeListOptions<Row>;
  readonly #rows: WindowRows<Row>;
  readonly #lines: CursorRows<Row>;
  readonly #cursor: LatestRequest<number>;
  #isShown = false;
  #hasAsked = false;
  /** The cursor that nothing is scrolled for: a selection here has set it, or it was brought into sight. */
  #knownCursor: number | null = null;
  /** The row that is selected, whatever line it stands in. */
  #selected: number | null = null;
  /** A row to be brought into the middle when it has come. */
  #isCentering = false;

  constructor(options: TimeListOptions<Row>) {
    this.#options = options;
    const { document } = options;
    this.#rows = createWindowRows<Row>({
      fetch: options.fetch,
      onFailure: options.onFailure,
      onChange: () => {
        this.#takeRows();
      },
    });
    this.#lines = createCursorRows(this.#rows);
    this.grid = this.#makeGrid();
    this.#cursor = createLatestRequest({
      ask: (seconds, signal) => options.find(seconds, signal),
      take: (row, seconds) => {
        this.#placeCursor(row, seconds);
      },
      onFailure: options.onFailure,
    });
    document.cursor.subscribe((seconds) => {
      if (this.#isShown) this.#cursor.ask(seconds);
    });
    document.revision.subscribe(() => {
      if (this.#isShown) this.renew();
    });
  }

  show(): void {
    this.#isShown = true;
    this.renew();
    this.#isCentering = true;
  }

  hide(): void {
    this.#isShown = false;
  }

  /** Rows may have come: asks for them anew, and where the cursor stands. */
  renew(): void {
    if (this.#hasAsked) this.#rows.renew();
    else this.#rows.clear();
    this.#hasAsked = true;
    this.#cursor.ask(this.#options.document.cursor.get());
  }

  /** The filter has changed: all rows are others. */
  clear(): void {
    this.#selected = null;
    this.grid.select(null);
    this.#isCentering = true;
    this.#rows.clear();
    this.#cursor.ask(this.#options.document.cursor.get());
  }

  /** Rows that pass the filter. */
  count(): number {
    return this.#rows.count();
  }

  /** The selected row's place, from 0. */
  selectedPlace(): number | null {
    return this.#selected;
  }

  /** How many rows are not later than the cursor. */
  cursorPlace(): number {
    return this.#lines.cursorLine();
  }

  selectedRow(): Row | undefined {
    return this.#selected === null ? undefined : this.#rows.at(this.#selected);
  }

  /** Selects a row from outside, in the middle of what is seen. */
  select(place: number): void {
    this.#selected = place;
    this.grid.select(this.#lines.lineOf(place), 'center');
  }

  at(place: number): Row | undefined {
    return this.#rows.at(place);
  }

  lineOf(place: number): number {
    return this.#lines.lineOf(place);
  }

  #makeGrid(): VirtualGrid {
    const { label, columns, document, rowClass, makeEmpty } = this.#options;
    return makeVirtualGrid<RowOrCursor<Row>>({
      label,
      columns: columns.map(skipCursor),
      rows: this.#lines,
      rowClass: (row) => (row === CURSOR_MARK ? 'is-cursor' : (rowClass?.(row) ?? '')),
      makeWhole: (row) => (row === CURSOR_MARK ? makeCursorRow(document.cursor.get()) : null),
      isPassive: (line) => this.#lines.rowIn(line) === null,
      makeEmpty,
      onSelect: (line) => {
        this.#take(line, (row, place) => {
          this.#selected = place;
          if (document.follow.get()) this.#moveCursor(row.seconds);
          this.#options.onSelect(row, place);
        });
      },
      onOpen: (line) => {
        this.#take(line, (row, place) => this.#options.onOpen?.(row, place));
      },
    });
  }

  #take(line: number, act: (row: Row, place: number) => void): void {
    const place = this.#lines.rowIn(line);
    const row = place === null ? undefined : this.#rows.at(place);
    if (row !== undefined && place !== null) act(row, place);
  }

  #moveCursor(seconds: number): void {
    this.#knownCursor = seconds;
    this.#options.document.cursor.set(seconds);
  }

  #takeRows(): void {
    this.#showCursor();
    this.grid.refresh();
    this.#options.onChange?.();
  }

  #placeCursor(row: number, seconds: number): void {
    const isPushed = this.#isCursorSeen() && row !== this.#lines.cursorLine();
    this.#lines.place(row);
    if (this.#knownCursor !== seconds || isPushed) this.#isCentering = true;
    this.#knownCursor = seconds;
    this.#keepSelection();
    this.#showCursor();
    this.grid.refresh();
    this.#options.onChange?.();
  }

  #isCursorSeen(): boolean {
    const { from, to } = this.grid.seen();
    const line = this.#lines.cursorLine();
    return line >= from && line < to;
  }

  /** The selected row keeps its selection when the cursor passes it by. */
  #keepSelection(): void {
    if (this.#selected !== null) this.grid.select(this.#lines.lineOf(this.#selected));
  }

  #showCursor(): void {
    if (!this.#isCentering || !this.#isShown || this.#rows.count() === 0) return;
    this.#isCentering = false;
    this.grid.reveal(this.#lines.cursorLine(), 'center');
  }
}

/** Cells are written for rows only; the cursor has none. */
function skipCursor<Row>(column: GridColumn<Row>): GridColumn<RowOrCursor<Row>> {
  return {
    ...column,
    fill: (cell, row, index) => {
      if (row !== CURSOR_MARK) column.fill(cell, row, index);
    },
  };
}
