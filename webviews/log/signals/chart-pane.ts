import { makeSeriesSign } from '../../shared/chart/series-sign.ts';
import { type Silence, TimeChart } from '../../shared/chart/time-chart.ts';
import { findValueSpan, keepSteady } from '../../shared/chart/value-span.ts';
import type { ValueSpan } from '../../shared/chart/value-ticks.ts';
import { makeElement, makeIconButton, setText } from '../../shared/element.ts';
import type { TimeRange } from '../../shared/time-range.ts';
import { type CursorMark, PlotCursor } from './plot-cursor.ts';
import type { DrawnSeries } from './series-feed.ts';
import { describeSource, describeValue, nameUnit, unitOf } from './series-texts.ts';
import type { ChartPlan, PlacedSeries } from './signals-plan.ts';
import { placeInPlot, type SignalsView } from './signals-view.ts';

/** What can be done to a chart. */
export interface ChartPaneOptions {
  readonly onResize: (height: number) => void;
  readonly onRemove: () => void;
}

const RESIZE_STEP = 8;

/** One chart: its legend, its plot, the cursor over it, and the edge that its height is dragged by. */
export class ChartPane {
  readonly element: HTMLElement;
  readonly chart = new TimeChart();
  readonly cursor = new PlotCursor();
  readonly #options: ChartPaneOptions;
  readonly #unit = makeElement('span', { className: 'plot-unit' });
  readonly #legend = makeElement('span', { className: 'plot-legend' });
  readonly #edge = makeElement('div', { className: 'plot-edge', tabIndex: 0 });
  readonly #values = new Map<string, HTMLElement>();
  #legendOf = '';
  #height = 0;
  #span: ValueSpan | null = null;
  #spanOf: { readonly range: TimeRange; readonly keys: string } | null = null;

  constructor(options: ChartPaneOptions) {
    this.#options = options;
    const plot = makeElement('div', { className: 'plot-area' }, this.chart.canvas, this.cursor.element);
    const head = makeElement('div', { className: 'plot-head' }, this.#unit, this.#legend);
    this.element = makeElement(
      'div',
      { className: 'plot', attributes: { role: 'group' } },
      head,
      plot,
      this.#edge,
    );
    this.#listenToEdge();
  }

  /** Draws the chart in a size, in pixels. */
  draw(view: SignalsView, plan: ChartPlan, box: PlotBox): void {
    this.#height = box.height;
    this.#edge.setAttribute('aria-valuenow', String(box.height));
    const seen = plan.series.filter(({ isHidden }) => !isHidden);
    const drawn = seen.flatMap((series) => {
      const found = view.feed.find(series.key);
      return found === undefined ? [] : [{ ...found, colour: series.colour }];
    });
    this.#fitSpan(view, drawn);
    const lines = drawn.map(({ info, points, samples, colour }) => {
      return { colour, points, samples, isStepped: info.kind !== 'number' };
    });
    const { range, colours } = view;
    const silences = listSilences(view, { drawn, isNamed: box.isNaming });
    this.chart.draw({ range, span: this.#span, lines, silences, colours }, box);
    this.#drawHead(view, plan, seen);
    this.drawValues(view, plan, box.width);
  }

  /** Writes what holds at the cursor. */
  drawValues(view: SignalsView, { series }: ChartPlan, width: number): void {
    const marks: CursorMark[] = [];
    for (const { key, colour, isHidden } of series) {
      const read = view.feed.valueOf(key);
      const element = this.#values.get(key);
      if (element !== undefined) setText(element, describeValue(view.feed.infoOf(key), read));
      const value = isHidden ? null : (read?.value ?? null);
      const y = value === null ? null : this.chart.placeValue(value);
      if (y !== null) marks.push({ colour, y });
    }
    this.cursor.place(placeInPlot(view.cursor, view.range, width), marks);
  }

  destroy(): void {
    this.chart.destroy();
    this.element.remove();
  }

  /** The axis stays as it is while the time is moved, so that lines do not swing. */
  #fitSpan({ feed }: SignalsView, drawn: readonly DrawnSeries[]): void {
    const { range } = feed;
    const keys = drawn.map(({ info }) => info.key).join('\n');
    if (this.#spanOf?.range === range && this.#spanOf.keys === keys) return;
    const next = findValueSpan(drawn.map(findExtremes));
    const isMoved =
      this.#spanOf?.keys === keys && isSameLength(this.#spanOf.range, range) && this.#spanOf.range !== range;
    this.#span = isMoved ? keepSteady(this.#span, next) : next;
    this.#spanOf = { range, keys };
  }

  #drawHead({ feed, nameOf }: SignalsView, plan: ChartPlan, seen: readonly PlacedSeries[]): void {
    const infos = seen.map(({ key }) => feed.infoOf(key));
    setText(
      this.#unit,
      plan.series.length === 0 ? '' : nameUnit(unitOf(infos.find((info) => info !== undefined))),
    );
    const names = seen.map(({ key, colour }) => `${colour} ${nameOf(key)} ${String(feed.isUnknown(key))}`);
    const legendOf = `${plan.id}\n${names.join('\n')}`;
    if (legendOf === this.#legendOf) return;
    this.#legendOf = legendOf;
    this.#values.clear();
    const name = plan.title === '' ? seen.map(({ key }) => nameOf(key)).join(', ') : plan.title;
    this.element.setAttribute('aria-label', name === '' ? 'Empty chart' : name);
    this.chart.canvas.setAttribute(
      'aria-label',
      seen.map(({ key }) => nameOf(key)).join(', ') || 'Empty chart',
    );
    const isEmpty = plan.series.length === 0;
    this.#legend.replaceChildren(
      ...(isEmpty ? this.#makeEmpty() : seen.map((each) => this.#makeEntry(feed, each, nameOf))),
    );
  }

  #makeEntry(
    feed: SignalsView['feed'],
    { key, colour }: PlacedSeries,
    nameOf: SignalsView['nameOf'],
  ): HTMLElement {
    const value = makeElement('b');
    this.#values.set(key, value);
    const info = feed.infoOf(key);
    const title = info === undefined ? key : `${key}\n${describeSource(info)}`;
    const name = makeElement('span', { className: 'dim clip' }, nameOf(key));
    const entry = makeElement(
      'span',
      { className: 'plot-entry', title },
      makeSeriesSign(colour),
      name,
      value,
    );
    if (feed.isUnknown(key)) value.replaceWith(makeElement('span', { className: 'dim' }, 'not in this log'));
    return entry;
  }

  #makeEmpty(): readonly (Node | string)[] {
    const remove = makeIconButton({ label: 'Remove chart', icon: 'close', act: this.#options.onRemove });
    const words = makeElement('span', { className: 'dim clip' }, 'Empty: the next series goes here');
    return [words, remove];
  }

  #listenToEdge(): void {
    const attributes = {
      role: 'separator',
      'aria-orientation': 'horizontal',
      'aria-label': 'Height of the chart',
    };
    for (const [name, value] of Object.entries(attributes)) this.#edge.setAttribute(name, value);
    let from: { readonly y: number; readonly height: number } | null = null;
    this.#edge.addEventListener('pointerdown', (event) => {
      event.stopPropagation();
      this.#edge.setPointerCapture(event.pointerId);
      from = { y: event.clientY, height: this.#height };
    });
    this.#edge.addEventListener('pointermove', ({ clientY }) => {
      if (from !== null) this.#options.onResize(from.height + clientY - from.y);
    });
    for (const name of ['pointerup', 'pointercancel'] as const)
      this.#edge.addEventListener(name, () => (from = null));
    this.#edge.addEventListener('keydown', (event) => {
      const step = { ArrowUp: -RESIZE_STEP, ArrowDown: RESIZE_STEP }[event.key];
      if (step === undefined || event.altKey || event.ctrlKey) return;
      event.preventDefault();
      this.#options.onResize(this.#height + step);
    });
  }
}

/** The size of a plot, and whether it is the one that names silences. */
export interface PlotBox {
  readonly width: number;
  readonly height: number;
  readonly isNaming: boolean;
}

/** Whether signals of a bus that was silent are in a chart. */
export function hasSilence({ feed }: SignalsView, { series }: ChartPlan): boolean {
  return series.some(({ key, isHidden }) => {
    const bus = feed.infoOf(key)?.bus ?? null;
    return !isHidden && bus !== null && feed.silences.some((silence) => silence.bus === bus);
  });
}

function listSilences(
  { feed }: SignalsView,
  { drawn, isNamed }: { readonly drawn: readonly DrawnSeries[]; readonly isNamed: boolean },
): readonly Silence[] {
  const buses = new Set(drawn.map(({ info }) => info.bus).filter((bus) => bus !== null));
  return feed.silences
    .filter(({ bus }) => bus !== null && buses.has(bus))
    .map(({ from, to }) => ({ from, to, isNamed }));
}

/** Of the samples in the range; where there are none, of those beside it. */
function findExtremes({ minimum, maximum, points }: DrawnSeries): ValueSpan | null {
  if (minimum !== null && maximum !== null) return { least: minimum, most: maximum };
  const values = points.values.filter((value) => !Number.isNaN(value));
  return values.length === 0 ? null : { least: Math.min(...values), most: Math.max(...values) };
}

function isSameLength(a: TimeRange, b: TimeRange): boolean {
  const [lengthA, lengthB] = [a.to - a.from, b.to - b.from];
  return Math.abs(lengthA - lengthB) <= 1e-6 * Math.max(lengthA, lengthB);
}
