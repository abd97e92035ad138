import './services-pane.css';
import { makeElement, setText } from '../../shared/element.ts';
import { type FilterField, makeFilterField } from '../../shared/filter-field.ts';
import { passes, readTextTerm } from '../../shared/filter-terms.ts';
import { createFrameTask } from '../../shared/frame-task.ts';
import type { GridSort } from '../../shared/grid-columns.ts';
import { makeVirtualGrid, type VirtualGrid } from '../../shared/virtual-grid.ts';
import type { LogDocument } from '../log-document.ts';
import { makeHiddenRows } from '../rows/no-rows.ts';
import { ACTIVITY_COLUMNS, listServiceColumns, type ServiceActivity } from './service-columns.ts';
import { listServiceRows, type ServiceRow, sortServiceRows, summarizeServices } from './service-rows.ts';

/** Bars that stand for services which are still to come. */
const AWAITED_ROWS = 5;
/** Where the table has room for "over time". */
const WIDE = '(min-width: 1700px)';

/** The table of services. */
export class ServicesPane {
  readonly element: HTMLElement;
  readonly filter: FilterField;
  readonly #log: LogDocument;
  readonly #summary = makeElement('span', { className: 'dim dense' });
  readonly #hint = makeElement('p', { className: 'services-hint dim dense', hidden: true });
  readonly #grid: VirtualGrid;
  readonly #isWide = matchMedia(WIDE);
  #activity: ReadonlyMap<string, ServiceActivity> = new Map();
  #all: readonly ServiceRow[] = [];
  #rows: readonly ServiceRow[] = [];
  #sort: GridSort | null;
  #text: string;
  #selected: string | null = null;
  #isShown = false;
  #activityOf = -1;

  constructor(log: LogDocument) {
    this.#log = log;
    const remembered = readRemembered(log.remembered('overview'));
    this.#sort = remembered.sort;
    this.#text = remembered.text;
    this.#grid = this.#makeGrid();
    this.filter = makeFilterField({
      label: 'Filter services',
      placeholder: 'Filter services',
      icon: 'search',
      value: this.#text,
      onChange: (text) => {
        this.#text = text;
        this.#arrange();
        this.#keep();
        return null;
      },
    });
    const head = makeElement(
      'div',
      { className: 'pane-head services-head' },
      makeElement('h2', {}, 'Services'),
      this.#summary,
      makeElement('span', { className: 'grow' }),
      this.filter.element,
    );
    const attributes = { 'aria-label': 'Services' };
    this.element = makeElement(
      'section',
      { className: 'pane services', attributes },
      head,
      this.#grid.element,
      this.#hint,
    );
    this.#watch();
  }

  show(): void {
    this.#isShown = true;
    void this.#askActivity();
  }

  hide(): void {
    this.#isShown = false;
  }

  #watch(): void {
    const read = createFrameTask(() => {
      const overview = this.#log.overview.get();
      this.#all = overview === null ? [] : listServiceRows(overview);
      setText(this.#summary, summarizeServices(this.#all));
      this.#arrange();
      void this.#askActivity();
    });
    this.#log.overview.subscribe(read);
    this.#log.state.subscribe(
      createFrameTask(() => {
        this.#grid.refresh();
        this.#drawHint();
      }),
    );
    this.#isWide.addEventListener('change', () => {
      this.#grid.refresh();
      void this.#askActivity();
    });
    const draw = createFrameTask(() => {
      const { to } = this.#log.whole.get();
      const share = to > 0 ? this.#log.cursor.get() / to : 0;
      this.#grid.element.style.setProperty('--cursor', (share * ACTIVITY_COLUMNS).toFixed(1));
    });
    this.#log.cursor.subscribe(draw);
    this.#log.whole.subscribe(draw);
    read();
  }

  #makeGrid(): VirtualGrid {
    return makeVirtualGrid<ServiceRow>({
      label: 'Services',
      columns: listServiceColumns((service) => this.#activity.get(service)),
      rows: {
        count: () => this.#rows.length + (this.#isReading() && this.#text === '' ? AWAITED_ROWS : 0),
        at: (index) => this.#rows[index],
      },
      sort: this.#sort,
      onSort: (sort) => {
        this.#sort = sort;
        this.#arrange();
        this.#keep();
      },
      onSelect: (_, row) => {
        this.#selected = row?.service ?? null;
      },
      onOpen: (_, row) => {
        if (row !== undefined) this.#log.show({ tab: 'events', services: [row.service] });
      },
      makeEmpty: () => this.#makeEmpty(),
    });
  }

  #isReading(): boolean {
    const state = this.#log.state.get();
    return state === null ? this.#log.failure.get() === null : state.phase === 'reading';
  }

  #arrange(): void {
    const term = readTextTerm(this.#text);
    this.#rows = sortServiceRows(
      this.#all.filter(({ service }) => passes(term, service)),
      this.#sort,
    );
    const place = this.#rows.findIndex(({ service }) => service === this.#selected);
    this.#grid.showSort(this.#sort);
    this.#grid.select(place < 0 ? null : place);
    this.#grid.refresh();
  }

  #makeEmpty(): HTMLElement | null {
    if (this.#all.length === 0 || this.#text === '') return null;
    return makeHiddenRows({
      one: 'service',
      filters: `Name “${this.#text}”`,
      hidden: this.#all.length,
      clear: () => {
        this.filter.set('');
      },
    });
  }

  #drawHint(): void {
    const isReading = this.#isReading();
    this.#hint.hidden = !isReading;
    if (isReading)
      setText(
        this.#hint,
        'Tabs, cursor and filters work on what is there. Rates are shown after 1\u00A0s of data.',
      );
  }

  /** Counts over time are asked for only where they are seen. */
  async #askActivity(): Promise<void> {
    const revision = this.#log.revision.get();
    if (!this.#isShown || !this.#isWide.matches || this.#activityOf === revision || revision === 0) return;
    this.#activityOf = revision;
    try {
      const { services } = await this.#log.ask('sessions/activity', { columns: ACTIVITY_COLUMNS });
      this.#activity = new Map(services.map((activity) => [activity.service, activity]));
      this.#grid.refresh();
    } catch {
      this.#activityOf = -1;
    }
  }

  #keep(): void {
    this.#log.remember('overview', { sort: this.#sort, text: this.#text });
  }
}

function readRemembered(value: unknown): { readonly sort: GridSort | null; readonly text: string } {
  const { sort, text } = isFields(value) ? value : {};
  return { sort: readSort(sort), text: typeof text === 'string' ? text.slice(0, 200) : '' };
}

function readSort(value: unknown): GridSort | null {
  if (!isFields(value)) return null;
  const { column, direction } = value;
  if (typeof column !== 'string' || (direction !== 'ascending' && direction !== 'descending')) return null;
  return { column, direction };
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
