import type { FrameRows } from '#protocol';
import { fillByteCells } from '../../shared/can/byte-cells.ts';
import { makeElement, setClass, setText, setTitle } from '../../shared/element.ts';
import { makeFilterField } from '../../shared/filter-field.ts';
import { formatCount, formatFixed } from '../../shared/number-text.ts';
import { formatTime } from '../../shared/time-text.ts';
import { type GridColumn, makeVirtualGrid, type VirtualGrid } from '../../shared/virtual-grid.ts';
import { createWindowRows, type WindowRows } from '../../shared/window-rows.ts';
import type { LogDocument } from '../log-document.ts';
import { createLatestRequest } from '../rows/latest-request.ts';

/** Which message's frames are shown. */
export interface HistoryMessage {
  readonly bus: number;
  readonly arbitrationId: number;
}

type Frame = FrameRows['rows'][number];

const PACKED = { same: 0, rising: 1, falling: 2 } as const;
/** Frames are old news: their changes wear the middle tint. */
const MIDDLE_AGE = 1 << 2;

const COLUMNS: readonly GridColumn<Frame>[] = [
  {
    ...{ id: 'time', title: 'Time', width: '72px' },
    fill: (cell, { seconds }) => {
      setText(cell, formatTime(seconds));
    },
  },
  {
    ...{ id: 'delta', title: 'Δ ms', width: '54px', align: 'right' },
    fill: (cell, { deltaMs }) => {
      setClass(cell, 'grid-cell is-right dim');
      setText(cell, deltaMs === null ? '' : `+${formatFixed(deltaMs, 1)}`);
    },
  },
  { id: 'data', title: 'Data', width: 'var(--data, 204px)', fill: fillData },
  {
    ...{ id: 'text', title: 'Changed signals', width: 'minmax(0, 1fr)' },
    fill: (cell, { text }) => {
      setClass(cell, 'grid-cell dim dense');
      setTitle(cell, text);
      setText(cell, text);
    },
  },
];

/** The frames of one message, the latest first, with the one at the cursor marked. */
export class FrameHistory {
  readonly element: HTMLElement;
  readonly #document: LogDocument;
  readonly #rows: WindowRows<Frame>;
  readonly #grid: VirtualGrid;
  readonly #place;
  readonly #count = makeElement('span', { className: 'dim caption' });
  readonly #filter;
  #message: HistoryMessage | null = null;
  #condition = '';
  #current = -1;
  #isFollowing = false;
  /** The cursor whose frame was brought into sight. */
  #followed: number | null = null;
  #isSeen = false;
  #all = 0;
  #problem: string | null = null;

  constructor(document: LogDocument) {
    this.#document = document;
    this.#rows = createWindowRows<Frame>({
      fetch: (from, count, signal) => this.#fetch(from, count, signal),
      onChange: () => {
        this.#draw();
      },
      onFailure: () => {
        this.#draw();
      },
      pageRows: 100,
    });
    this.#grid = this.#makeGrid();
    this.#filter = makeFilterField({
      label: 'Filter history',
      placeholder: 'e.g. SPEED < 0',
      isInRow: true,
      onChange: (text) => {
        this.#condition = text.trim().slice(0, 500);
        this.#problem = null;
        this.#clear();
        this.#ask();
        return null;
      },
    });
    this.#filter.element.classList.add('mono', 'history-filter');
    this.#place = createLatestRequest<number, { readonly row: number }>({
      ask: (atSeconds, signal) =>
        document.ask('sessions/findFrame', { ...this.#query(), atSeconds }, { signal }),
      take: ({ row }, atSeconds) => {
        this.#showCurrent(row, atSeconds);
      },
    });
    this.element = this.#makeElement();
    document.cursor.subscribe(() => {
      if (this.#isSeen) this.#ask();
    });
  }

  /** Shows the frames of a message; null: none. */
  show(message: HistoryMessage | null, example: string): void {
    const isSame =
      message?.bus === this.#message?.bus && message?.arbitrationId === this.#message?.arbitrationId;
    this.#message = message;
    this.#isSeen = true;
    const input = this.#filter.element.querySelector('input');
    if (input !== null) input.placeholder = `e.g. ${example}`;
    if (message === null) return;
    if (isSame) this.#rows.renew();
    else this.#clear();
    this.#ask();
  }

  /** Nobody looks: the cursor is not followed until something is shown. */
  hide(): void {
    this.#isSeen = false;
    this.#place.cancel();
  }

  #makeElement(): HTMLElement {
    const head = makeElement(
      'div',
      { className: 'pane-head is-section' },
      makeElement('h3', {}, 'History'),
      this.#count,
      makeElement('span', { className: 'grow' }),
      this.#filter.element,
    );
    this.#grid.element.classList.add('history-grid');
    return makeElement('div', { className: 'pane grow history' }, head, this.#grid.element);
  }

  #makeGrid(): VirtualGrid {
    return makeVirtualGrid<Frame>({
      label: 'History',
      columns: COLUMNS,
      rows: this.#rows,
      rowClass: (_frame, index) => (index === this.#current ? 'is-current' : ''),
      onSelect: (_index, frame) => {
        if (frame !== undefined) this.#document.cursor.set(frame.seconds);
      },
    });
  }

  async #fetch(from: number, count: number, signal: AbortSignal): Promise<FrameRows> {
    if (this.#message === null) return { revision: 0, total: 0, all: 0, conditionProblem: null, rows: [] };
    const frames = await this.#document.ask('sessions/frames', { ...this.#query(), from, count }, { signal });
    this.#all = frames.all;
    this.#problem = frames.conditionProblem;
    return frames;
  }

  #query() {
    const { bus, arbitrationId } = this.#message ?? { bus: 0, arbitrationId: 0 };
    return { bus, arbitrationId, ...(this.#condition === '' ? {} : { condition: this.#condition }) };
  }

  #ask(): void {
    if (this.#message !== null) this.#place.ask(this.#document.cursor.get());
  }

  /** All frames are others. */
  #clear(): void {
    this.#followed = null;
    this.#rows.clear();
  }

  #showCurrent(row: number, atSeconds: number): void {
    if (atSeconds !== this.#followed) this.#isFollowing = true;
    this.#followed = atSeconds;
    this.#current = row;
    this.#draw();
  }

  /** Brings the frame at the cursor into sight, once, as soon as it is known how many there are. */
  #follow(): void {
    if (!this.#isFollowing || this.#current < 0 || this.#rows.count() === 0) return;
    this.#isFollowing = false;
    this.#grid.reveal(this.#current, 'center');
  }

  #draw(): void {
    const total = this.#rows.count();
    const place =
      this.#current < 0 ? '' : `frame ${formatCount(total - this.#current)} of ${formatCount(total)}`;
    const found = this.#condition === '' ? '' : ` · ${formatCount(total)} of ${formatCount(this.#all)} pass`;
    setText(this.#count, this.#problem ?? `${place}${found}`);
    this.#filter.element.classList.toggle('has-problem', this.#problem !== null);
    this.#follow();
    this.#grid.refresh();
  }
}

function fillData(cell: HTMLElement, { dataHex, changes }: Frame): void {
  const bytes = Uint8Array.from({ length: dataHex.length >> 1 }, (_, place) =>
    parseInt(dataHex.slice(2 * place, 2 * place + 2), 16),
  );
  const packed = Uint8Array.from(changes, (change) => (change === 'same' ? 0 : PACKED[change] | MIDDLE_AGE));
  fillByteCells(cell, { bytes, changes: packed });
}
