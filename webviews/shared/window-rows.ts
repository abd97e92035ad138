import type { GridRows } from './grid-rows.ts';

/** A piece of a long list. */
export interface RowWindow<Row> {
  /** Rows of the whole list. */
  readonly total: number;
  readonly rows: readonly Row[];
}

/** Where the pieces come from. */
export interface WindowRowsOptions<Row> {
  readonly fetch: (from: number, count: number, signal: AbortSignal) => Promise<RowWindow<Row>>;
  /** Rows came, or the count changed. */
  readonly onChange: () => void;
  readonly onFailure: (error: unknown) => void;
  /** Rows of one piece. */
  readonly pageRows?: number;
}

/** A long list of which the pieces that are seen are fetched. */
export interface WindowRows<Row> extends GridRows<Row> {
  want(from: number, to: number): void;
  /** The list is another one: a filter changed. */
  clear(): void;
  /** The list may have changed: what is there is shown until it has been fetched anew. */
  renew(): void;
}

interface Page<Row> {
  rows: readonly Row[] | null;
  /** Null: fetched, or failed; nothing is asked until the list is renewed. */
  request: AbortController | null;
  isOld: boolean;
}

/** Pieces that are kept; those looked at last. */
const MOST_PAGES = 40;
/** Requests under way at a time: whoever drags the scroll bar passes most pieces by. */
const MOST_REQUESTS = 6;

/** Makes a list of pieces. */
export function createWindowRows<Row>(options: WindowRowsOptions<Row>): WindowRows<Row> {
  return new PagedRows(options);
}

class PagedRows<Row> implements WindowRows<Row> {
  readonly #options: WindowRowsOptions<Row>;
  readonly #pageRows: number;
  /** In the order of use. */
  readonly #pages = new Map<number, Page<Row>>();
  #total = 0;
  #from = 0;
  #to = 0;
  /** Rows that were passed with the last move. */
  #motion = 0;

  constructor(options: WindowRowsOptions<Row>) {
    this.#options = options;
    this.#pageRows = options.pageRows ?? 200;
  }

  count(): number {
    return this.#total;
  }

  at(index: number): Row | undefined {
    const page = this.#pages.get(Math.floor(index / this.#pageRows));
    return page?.rows?.[index % this.#pageRows];
  }

  want(from: number, to: number): void {
    if (from !== this.#from) this.#motion = from - this.#from;
    this.#from = from;
    this.#to = to;
    this.#askWanted();
  }

  #askWanted(): void {
    const wanted = this.#listWanted();
    this.#dropUnseen(wanted);
    for (const number of wanted) this.#ask(number);
  }

  clear(): void {
    for (const page of this.#pages.values()) page.request?.abort();
    this.#pages.clear();
    this.#total = 0;
    this.#ask(0);
    this.#options.onChange();
  }

  renew(): void {
    for (const page of this.#pages.values()) page.isOld = true;
    if (this.#pages.size === 0) this.#ask(0);
    this.#askWanted();
  }

  /** The pieces that are seen, then those that will be if the list goes on moving, then the neighbours. */
  #listWanted(): readonly number[] {
    const seen = this.#listPages(0);
    const soon = [...this.#listPages(this.#motion), ...this.#listPages(2 * this.#motion)];
    const around = [(seen.at(-1) ?? 0) + 1, (seen[0] ?? 0) - 1];
    const most = Math.floor(Math.max(0, this.#total - 1) / this.#pageRows);
    return [...new Set([...seen, ...soon, ...around])].filter((number) => number >= 0 && number <= most);
  }

  #listPages(ahead: number): readonly number[] {
    const first = Math.floor((this.#from + ahead) / this.#pageRows);
    const last = Math.floor((Math.max(this.#from, this.#to - 1) + ahead) / this.#pageRows);
    return Array.from({ length: last - first + 1 }, (_, place) => first + place);
  }

  #dropUnseen(wanted: readonly number[]): void {
    for (const [number, page] of this.#pages) {
      if (page.request === null || wanted.includes(number)) continue;
      page.request.abort();
      page.request = null;
      if (page.rows === null) this.#pages.delete(number);
      else page.isOld = true;
    }
  }

  #ask(number: number): void {
    const known = this.#pages.get(number);
    if (known !== undefined && !known.isOld) return;
    if (this.#countRequests() >= MOST_REQUESTS) return;
    known?.request?.abort();
    const request = new AbortController();
    const page: Page<Row> = { rows: known?.rows ?? null, request, isOld: false };
    this.#pages.delete(number);
    this.#pages.set(number, page);
    this.#options.fetch(number * this.#pageRows, this.#pageRows, request.signal).then(
      (window) => {
        if (!request.signal.aborted) this.#take(page, window);
      },
      (error: unknown) => {
        if (request.signal.aborted) return;
        page.request = null;
        this.#options.onFailure(error);
      },
    );
  }

  #take(page: Page<Row>, { total, rows }: RowWindow<Row>): void {
    page.request = null;
    page.rows = rows;
    this.#total = total;
    for (const [number, { request }] of this.#pages) {
      if (this.#pages.size <= MOST_PAGES) break;
      if (request === null) this.#pages.delete(number);
    }
    this.#askWanted();
    this.#options.onChange();
  }

  #countRequests(): number {
    let count = 0;
    for (const { request } of this.#pages.values()) if (request !== null) count += 1;
    return count;
  }
}
