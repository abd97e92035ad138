import { makeElement, setAttribute } from './element.ts';
import { createFrameTask } from './frame-task.ts';
import type { GridSort } from './grid-columns.ts';
import {
  findReveal,
  findScrollTop,
  findSpan,
  findTop,
  type GridGeometry,
  measureAll,
  measureScrolled,
  readPosition,
} from './grid-geometry.ts';
import { makeGridHead } from './grid-head.ts';
import { type GridRows, type RowDrawing, RowPool } from './grid-rows.ts';
import { findStep } from './grid-steps.ts';
import { clamp } from './time-range.ts';

export type { GridColumn, GridSort } from './grid-columns.ts';
export type { GridRows } from './grid-rows.ts';

/** What a grid shows and tells. */
export interface GridOptions<Row> extends RowDrawing<Row> {
  /** Read out. */
  readonly label: string;
  readonly rowHeight?: number;
  readonly sort?: GridSort | null;
  readonly onSort?: (sort: GridSort) => void;
  /** A row was selected by whoever looks at the page. */
  readonly onSelect?: (index: number, row: Row | undefined) => void;
  /** Enter, or a double click. */
  readonly onOpen?: (index: number, row: Row | undefined) => void;
  /** Rows that keys pass over. */
  readonly isPassive?: (index: number) => boolean;
  /** What stands where there are no rows; asked anew with every refresh. */
  readonly makeEmpty?: () => HTMLElement | null;
}

/** How a row is brought into sight. */
export type Reveal = 'none' | 'nearest' | 'center';

/** A table of any length of which only what is seen is in the page. */
export interface VirtualGrid {
  readonly element: HTMLElement;
  /** Draws all rows anew, in the next animation frame. */
  refresh(): void;
  selected(): number | null;
  /** Selects a row without telling anybody. */
  select(index: number | null, reveal?: Reveal): void;
  reveal(index: number, reveal: Reveal): void;
  showSort(sort: GridSort | null): void;
  /** Opens something below a row, or closes what is open. */
  open(index: number, element: HTMLElement | null): void;
  /** The rows that are seen. */
  seen(): { readonly from: number; readonly to: number };
  focus(): void;
}

/** Makes a grid: one tab stop; arrows, Home, End, PageUp and PageDown move and select. */
export function makeVirtualGrid<Row>(options: GridOptions<Row>): VirtualGrid {
  return new Grid(options);
}

class Grid<Row> implements VirtualGrid {
  readonly element: HTMLElement;
  readonly #options: GridOptions<Row>;
  readonly #body = makeElement('div', { className: 'grid-body', attributes: { role: 'rowgroup' } });
  readonly #space = makeElement('div', { className: 'grid-space', attributes: { role: 'presentation' } });
  readonly #empty = makeElement('div', {
    className: 'grid-empty',
    hidden: true,
    attributes: { role: 'row' },
  });
  readonly #head;
  readonly #pool: RowPool<Row>;
  readonly #rows: GridRows<Row>;
  #opened: { readonly index: number; readonly element: HTMLElement } | null = null;
  #position = 0;
  /** As it was read last: reading it while drawing would have the page laid out. */
  #scrollTop = 0;
  #spaceHeight = 0;
  #height = 0;
  #active = 0;
  #selected: number | null = null;
  readonly refresh: () => void;

  constructor(options: GridOptions<Row>) {
    const { columns, rows, label, onSort, sort = null } = options;
    this.#options = options;
    this.#rows = rows;
    this.#head = makeGridHead({
      columns,
      onSort: (next) => onSort?.(next),
      onLeave: () => {
        this.focus();
      },
    });
    this.#head.showSort(sort);
    this.element = makeElement('div', {
      className: 'grid',
      attributes: { role: 'grid', 'aria-label': label },
    });
    this.element.style.setProperty('--columns', columns.map(({ width }) => width).join(' '));
    this.element.append(...this.#head.rows, this.#body);
    this.#body.append(this.#space, this.#empty);
    this.#pool = new RowPool(this.#body, options);
    this.refresh = createFrameTask(() => {
      this.#draw('all');
    });
    this.#listen();
  }

  selected(): number | null {
    return this.#selected;
  }

  select(index: number | null, reveal: Reveal = 'none'): void {
    const hasFocus = this.#pool.hasFocus();
    this.#selected = index;
    if (index !== null) {
      this.#active = index;
      this.reveal(index, reveal);
    }
    this.#draw('new');
    if (hasFocus) this.#pool.find(this.#active)?.focus({ preventScroll: true });
  }

  reveal(index: number, reveal: Reveal): void {
    if (reveal === 'none') return;
    const geometry = this.#geometry();
    const nearest = findReveal(index, { position: this.#position, height: this.#height }, geometry);
    if (nearest === this.#position) return;
    const center = findTop(index, geometry) - (this.#height - geometry.rowHeight) / 2;
    this.#scrollTo(reveal === 'center' ? center : nearest);
  }

  showSort(sort: GridSort | null): void {
    this.#head.showSort(sort);
  }

  open(index: number, element: HTMLElement | null): void {
    this.#opened?.element.remove();
    this.#opened = element === null ? null : { index, element };
    if (element !== null) {
      element.classList.add('grid-opened');
      this.#body.append(element);
    }
    this.#draw('new');
  }

  seen(): { readonly from: number; readonly to: number } {
    const { from, to } = findSpan(this.#position, this.#height, this.#geometry());
    return { from, to };
  }

  focus(): void {
    this.#active = clamp(this.#active, 0, Math.max(0, this.#rows.count() - 1));
    this.reveal(this.#active, 'nearest');
    this.#draw('new');
    this.#pool.find(this.#active)?.focus({ preventScroll: true });
  }

  #geometry(): GridGeometry {
    const opened = this.#opened;
    return {
      count: this.#rows.count(),
      rowHeight: this.#options.rowHeight ?? 22,
      opened: opened === null ? null : { index: opened.index, height: opened.element.offsetHeight },
    };
  }

  #draw(fill: 'new' | 'all'): void {
    const geometry = this.#geometry();
    this.#active = clamp(this.#active, 0, Math.max(0, geometry.count - 1));
    this.#makeSpace(geometry);
    setAttribute(this.element, 'aria-rowcount', String(geometry.count + this.#head.count));
    const span = findSpan(this.#position, this.#height, geometry);
    this.#rows.want?.(span.from, span.to);
    const offset = this.#scrollTop - this.#position;
    const placeTop = (index: number): number => Math.round(findTop(index, geometry) + offset);
    this.#pool.place(
      { span, active: this.#active, selected: this.#selected, heads: this.#head.count, findTop: placeTop },
      fill,
    );
    if (this.#opened !== null) {
      const top = placeTop(this.#opened.index) + geometry.rowHeight;
      this.#opened.element.style.setProperty('transform', `translateY(${top}px)`);
    }
    this.#drawEmpty(geometry.count, fill);
  }

  #drawEmpty(count: number, fill: 'new' | 'all'): void {
    if (fill === 'new' && count > 0 === this.#empty.hidden) return;
    const content = count > 0 ? null : (this.#options.makeEmpty?.() ?? null);
    this.#empty.hidden = content === null;
    this.#empty.replaceChildren(...(content === null ? [] : [makeWholeCell(content)]));
  }

  /** Another height may move what is seen. */
  #makeSpace(geometry: GridGeometry): void {
    const height = measureScrolled(geometry);
    if (height === this.#spaceHeight) return;
    this.#spaceHeight = height;
    this.#space.style.setProperty('height', `${height}px`);
    this.#scrollTop = this.#body.scrollTop;
  }

  #scrollTo(position: number): void {
    const geometry = this.#geometry();
    this.#position = clamp(position, 0, Math.max(0, measureAll(geometry) - this.#height));
    this.#makeSpace(geometry);
    this.#body.scrollTop = findScrollTop(this.#position, this.#height, geometry);
    this.#scrollTop = this.#body.scrollTop;
    this.#draw('new');
  }

  #listen(): void {
    new ResizeObserver(() => {
      this.#height = this.#body.clientHeight;
      this.#draw('new');
    }).observe(this.#body);
    this.#body.addEventListener('scroll', () => {
      this.#readScroll();
    });
    this.#body.addEventListener(
      'wheel',
      (event) => {
        this.#turnWheel(event);
      },
      { passive: false },
    );
    this.#body.addEventListener('click', ({ target }) => {
      const index = this.#pool.indexOf(target);
      if (index !== undefined) this.#choose(index);
    });
    this.#body.addEventListener('dblclick', ({ target }) => {
      const index = this.#pool.indexOf(target);
      if (index !== undefined) this.#options.onOpen?.(index, this.#rows.at(index));
    });
    this.#body.addEventListener('keydown', (event) => {
      if (event.target instanceof HTMLElement && event.target.closest('.grid-opened')) return;
      if (!event.ctrlKey && !event.altKey && !event.metaKey && this.#press(event.key)) event.preventDefault();
    });
  }

  /** Where the list is longer than pages can be, the place that was set stays exact until somebody drags the bar. */
  #readScroll(): void {
    const geometry = this.#geometry();
    const expected = findScrollTop(this.#position, this.#height, geometry);
    this.#scrollTop = this.#body.scrollTop;
    if (Math.abs(this.#scrollTop - expected) >= 1) {
      this.#position = readPosition(this.#scrollTop, this.#height, geometry);
    }
    this.#draw('new');
  }

  #turnWheel(event: WheelEvent): void {
    const geometry = this.#geometry();
    if (event.ctrlKey || measureAll(geometry) === measureScrolled(geometry)) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? geometry.rowHeight : 1;
    this.#scrollTo(this.#position + event.deltaY * unit);
  }

  #press(key: string): boolean {
    if (key === 'Enter') {
      this.#options.onOpen?.(this.#active, this.#rows.at(this.#active));
      return this.#options.onOpen !== undefined;
    }
    if (key === 'ArrowUp' && this.#active === 0) return this.#head.focus();
    const next = this.#findNext(key);
    if (next === undefined) return false;
    this.#choose(next);
    return true;
  }

  #findNext(key: string): number | undefined {
    const last = this.#rows.count() - 1;
    const page = Math.max(1, Math.floor(this.#height / (this.#options.rowHeight ?? 22)) - 1);
    const step = findStep(key, { active: this.#active, last, page });
    if (step === undefined || last < 0) return undefined;
    const next = clamp(this.#active + step, 0, last);
    if (this.#options.isPassive?.(next) !== true) return next;
    return clamp(next + Math.sign(step), 0, last);
  }

  #choose(index: number): void {
    if (this.#options.isPassive?.(index) === true) return;
    this.select(index, 'nearest');
    this.#pool.find(index)?.focus({ preventScroll: true });
    this.#options.onSelect?.(index, this.#rows.at(index));
  }
}

/** A grid holds rows of cells, also where it says that there are none. */
function makeWholeCell(content: HTMLElement): HTMLElement {
  return makeElement('div', { attributes: { role: 'gridcell' } }, content);
}
