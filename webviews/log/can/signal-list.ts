import type { MessageDetail } from '#protocol';
import { type Received, readFloat32 } from '../../shared/blocks.ts';
import { makeSignalKey } from '../../shared/can/signal-key.ts';
import { fillSparkline } from '../../shared/can/sparkline.ts';
import { letterOf, seriesClassOf } from '../../shared/can/signal-bits.ts';
import { makeElement, setClass, setText, setTitle } from '../../shared/element.ts';
import { formatValue, NO_VALUE } from '../../shared/number-text.ts';
import { makeVirtualGrid, type VirtualGrid } from '../../shared/virtual-grid.ts';

/** A signal of the message that is shown. */
export type ShownSignal = Received<MessageDetail>['signals'][number];

/** What the list tells. */
export interface SignalListOptions {
  /** Where the cursor stands in the range, 0 to 1; null outside. */
  readonly cursor: () => number | null;
  readonly onPlot: (signal: ShownSignal) => void;
}

/** Signals of a message: value at the cursor, picture of the range, least and greatest. */
export class SignalList {
  readonly grid: VirtualGrid;
  readonly #options: SignalListOptions;
  #signals: readonly ShownSignal[] = [];

  constructor(options: SignalListOptions) {
    this.#options = options;
    this.grid = makeVirtualGrid<ShownSignal>({
      label: 'Signals',
      rows: { count: () => this.#signals.length, at: (place) => this.#signals[place] },
      columns: [
        { id: 'key', title: '', width: '16px', fill: fillKey },
        { id: 'name', title: 'Name', width: 'minmax(0, 1fr)', fill: fillName },
        { id: 'value', title: 'Value', width: 'minmax(60px, auto)', align: 'right', fill: fillValue },
        {
          ...{ id: 'picture', title: 'Range', width: '132px' },
          fill: (cell, signal, place) => {
            this.#fillPicture(cell, signal, place);
          },
        },
        { id: 'limits', title: 'Least … greatest', width: '106px', align: 'right', fill: fillLimits },
      ],
      onOpen: (_place, signal) => {
        if (signal !== undefined) options.onPlot(signal);
      },
    });
    this.grid.element.classList.add('signal-grid');
  }

  show(signals: readonly ShownSignal[]): void {
    this.#signals = signals;
    this.grid.element.style.setProperty('--signals', String(signals.length));
    this.grid.refresh();
  }

  /** The selected signal. */
  selected(): ShownSignal | undefined {
    return this.#signals[this.grid.selected() ?? -1];
  }

  select(place: number): void {
    this.grid.select(place, 'nearest');
    this.grid.focus();
  }

  #fillPicture(cell: HTMLElement, { signal, sparkline }: ShownSignal, place: number): void {
    fillSparkline(cell, {
      name: signal.name,
      isStepped: signal.valueType === 'integer' && signal.length <= 4,
      columns: readFloat32(sparkline),
      cursor: this.#options.cursor(),
      seriesClass: seriesClassOf(place),
    });
  }
}

function fillKey(cell: HTMLElement, _signal: ShownSignal, place: number): void {
  if (cell.textContent !== letterOf(place)) cell.replaceChildren(makeSignalKey(place));
}

function fillName(cell: HTMLElement, { signal }: ShownSignal): void {
  setText(cell, signal.name);
  setTitle(cell, [signal.name, signal.comment ?? ''].filter((text) => text !== '').join('\n'));
}

function fillValue(cell: HTMLElement, { value, label, raw, signal }: ShownSignal): void {
  const text = label ?? (value === null ? NO_VALUE : formatValue(value));
  const unit = label === null && value !== null ? signal.unit.replace('^2', '²') : '';
  setTitle(cell, raw === null ? '' : `raw ${raw}`);
  const [known] = cell.children;
  if (known !== undefined && cell.dataset['unit'] === unit) {
    setText(known, text);
    return;
  }
  cell.dataset['unit'] = unit;
  cell.replaceChildren(
    makeElement('b', {}, text),
    ...(unit === '' ? [] : ['\u00A0', makeElement('span', { className: 'dim caption' }, unit)]),
  );
}

function fillLimits(cell: HTMLElement, { minimum, maximum }: ShownSignal): void {
  setClass(cell, 'grid-cell is-right dim caption');
  setText(
    cell,
    minimum === null || maximum === null ? NO_VALUE : `${formatValue(minimum)} … ${formatValue(maximum)}`,
  );
}
