import { LANE_HEIGHT, StateLanes } from '../../shared/chart/state-lanes.ts';
import { joinStates, type StateSpan } from '../../shared/chart/state-spans.ts';
import type { LinePoints } from '../../shared/chart/series-line.ts';
import { makeElement } from '../../shared/element.ts';
import { formatTime } from '../../shared/time-text.ts';
import { PlotCursor } from './plot-cursor.ts';
import { describeValue, isRest, nameState } from './series-texts.ts';
import type { PlacedSeries } from './signals-plan.ts';
import { placeInPlot, readPlotTime, type SignalsView } from './signals-view.ts';

/** Height of the head of states. */
export const STATES_HEAD = 26;

/** The lanes of states below the charts. */
export class LanesPane {
  readonly element: HTMLElement;
  readonly cursor = new PlotCursor();
  readonly lanes = new StateLanes();
  readonly #area: HTMLElement;
  /** Spans are joined anew only for other points. */
  readonly #spans = new Map<string, { readonly of: LinePoints; readonly spans: readonly StateSpan[] }>();
  #seen: readonly PlacedSeries[] = [];
  #view: SignalsView | null = null;
  #width = 0;

  constructor() {
    this.#area = makeElement('div', { className: 'plot-area' }, this.lanes.canvas, this.cursor.element);
    const head = makeElement(
      'div',
      { className: 'plot-head' },
      makeElement('span', { className: 'plot-unit' }),
    );
    head.append(makeElement('span', { className: 'dim' }, 'States'));
    this.element = makeElement('div', { className: 'plot is-states' }, head, this.#area);
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', 'States');
    this.#area.addEventListener('pointermove', (event) => {
      this.#area.title = this.#describeAt(event);
    });
  }

  draw(view: SignalsView, width: number): void {
    this.#view = view;
    this.#width = width;
    this.#seen = view.plan.states.filter(({ isHidden }) => !isHidden);
    this.element.hidden = this.#seen.length === 0;
    if (this.element.hidden) return;
    const { range, colours, feed, nameOf } = view;
    const lanes = this.#seen.map(({ key, colour }) => {
      const info = feed.infoOf(key);
      return {
        ...{ name: nameOf(key), colour, spans: this.#findSpans(view, key) },
        nameValue: (value: number) => nameState(info, value),
        isOff: (value: number) => isRest(info, value),
      };
    });
    this.lanes.draw({ range, lanes, colours }, width);
    this.drawValues(view);
  }

  drawValues(view: SignalsView): void {
    this.#view = view;
    const { feed, nameOf, cursor, range } = view;
    this.cursor.place(placeInPlot(cursor, range, this.#width), []);
    const states = this.#seen.map(
      ({ key }) => `${nameOf(key)}: ${describeValue(feed.infoOf(key), feed.valueOf(key))}`,
    );
    this.lanes.canvas.setAttribute('aria-label', states.join(', '));
  }

  #findSpans({ feed }: SignalsView, key: string): readonly StateSpan[] {
    const points = feed.find(key)?.points;
    if (points === undefined) return [];
    const known = this.#spans.get(key);
    if (known?.of === points) return known.spans;
    const spans = joinStates(points);
    this.#spans.set(key, { of: points, spans });
    return spans;
  }

  /** The text and the number of a state, and from when to when it held. */
  #describeAt({ clientX, clientY }: PointerEvent): string {
    const box = this.#area.getBoundingClientRect();
    const series = this.#seen[Math.floor((clientY - box.top) / LANE_HEIGHT)];
    const view = this.#view;
    if (series === undefined || view === null) return '';
    const at = readPlotTime(clientX - box.left, view.range, this.#width);
    const span = this.#findSpans(view, series.key).find(({ from, to }) => from <= at && at < to);
    if (span === undefined) return view.nameOf(series.key);
    const info = view.feed.infoOf(series.key);
    const label = info?.labels.find(({ value }) => value === span.value)?.label ?? '';
    const value = label === '' ? String(span.value) : `${label} (${span.value})`;
    return `${view.nameOf(series.key)}: ${value}\n${formatTime(span.from)} – ${formatTime(span.to)}`;
  }
}
