import { PLOT_SIDES } from '../../shared/chart/time-chart.ts';
import { LANE_HEIGHT } from '../../shared/chart/state-lanes.ts';
import { makeElement } from '../../shared/element.ts';
import { clamp, type TimeRange } from '../../shared/time-range.ts';
import { ChartPane, hasSilence } from './chart-pane.ts';
import { LanesPane, STATES_HEAD } from './lanes-pane.ts';
import type { SignalsPlan } from './signals-plan.ts';
import { placeInPlot, readPlotTime, type SignalsView } from './signals-view.ts';
import { TimeAxis } from './time-axis.ts';

/** Who is told of what is done to the charts. */
export interface ChartStackOptions {
  /** The room has changed: other points are needed. */
  readonly onRoom: () => void;
  readonly onResize: (id: number, height: number, room: number) => void;
  readonly onRemove: (id: number) => void;
}

const HEAD_HEIGHT = 26;
const EDGE_HEIGHT = 1;
/** A lower chart says nothing: then the charts are scrolled. */
const LEAST_HEIGHT = 56;

/** Charts one below the other over one axis of time, which is always seen. */
export class ChartStack {
  readonly element: HTMLElement;
  /** What the pointer acts on. */
  readonly charts = makeElement('div', {
    className: 'signals-charts',
    attributes: { role: 'group', 'aria-label': 'Charts' },
  });
  readonly lanes = new LanesPane();
  readonly #axis = new TimeAxis();
  readonly #marked = makeElement('div', { className: 'signals-mark', hidden: true });
  readonly #options: ChartStackOptions;
  readonly #panes = new Map<number, ChartPane>();
  #view: SignalsView | null = null;
  #room = { width: 0, height: 0 };

  constructor(options: ChartStackOptions) {
    this.#options = options;
    this.charts.append(this.lanes.element);
    this.element = makeElement(
      'div',
      { className: 'signals-stack' },
      this.charts,
      this.#axis.element,
      this.#marked,
    );
    new ResizeObserver(() => {
      this.#room = { width: this.charts.clientWidth, height: this.charts.clientHeight };
      if (this.#view !== null) this.draw(this.#view);
      this.#options.onRoom();
    }).observe(this.charts);
  }

  /** Pixels of a plot: as many columns of points are worth asking for. */
  get columns(): number {
    return Math.max(0, Math.round(this.#room.width - PLOT_SIDES.left - PLOT_SIDES.right));
  }

  /** The charts as they are seen, from the top. */
  get panes(): readonly ChartPane[] {
    return [...this.#panes.values()];
  }

  /** Draws everything. */
  draw(view: SignalsView): void {
    this.#view = view;
    const { width } = this.#room;
    if (width === 0) return;
    this.#matchPanes(view.plan);
    const heights = this.#findHeights(view.plan);
    const naming = view.plan.charts.find((chart) => hasSilence(view, chart))?.id;
    for (const [place, chart] of view.plan.charts.entries()) {
      const height = heights[place] ?? LEAST_HEIGHT;
      this.#panes.get(chart.id)?.draw(view, chart, { width, height, isNaming: chart.id === naming });
    }
    this.lanes.draw(view, width);
    this.#axis.draw(view.range, view.cursor, width);
  }

  /** Moves the cursor, and writes what holds at it. */
  drawValues(view: SignalsView): void {
    this.#view = view;
    const { width } = this.#room;
    for (const chart of view.plan.charts) this.#panes.get(chart.id)?.drawValues(view, chart, width);
    this.lanes.drawValues(view);
    this.#axis.draw(view.range, view.cursor, width);
  }

  /** Shows where a click would put the cursor; null: nowhere. */
  preview(seconds: number | null): void {
    if (this.#view === null) return;
    const { range } = this.#view;
    const { width } = this.#room;
    const x = seconds === null ? null : placeInPlot(seconds, range, width);
    for (const { cursor } of this.#panes.values()) cursor.preview(x);
    this.lanes.cursor.preview(x);
    this.#axis.preview(seconds, range, width);
  }

  /** Marks a stretch of time that is about to be looked at; null: none. */
  mark(range: TimeRange | null): void {
    const known = this.#view?.range;
    this.#marked.hidden = range === null || known === undefined;
    if (range === null || known === undefined) return;
    const { width } = this.#room;
    const places = [range.from, range.to].map((seconds) =>
      placeInPlot(clamp(seconds, known.from, known.to), known, width),
    );
    const left = Math.min(...places.map((x) => x ?? 0));
    this.#marked.style.setProperty('left', `${left}px`);
    this.#marked.style.setProperty('width', `${Math.max(...places.map((x) => x ?? 0)) - left}px`);
  }

  /** The time below a place of the page. */
  timeAt(clientX: number): number {
    const { left } = this.charts.getBoundingClientRect();
    return readPlotTime(clientX - left, this.#view?.range ?? { from: 0, to: 0 }, this.#room.width);
  }

  /** Charts that stay keep their panes. */
  #matchPanes({ charts }: SignalsPlan): void {
    const wanted = new Set(charts.map(({ id }) => id));
    for (const [id, pane] of this.#panes) {
      if (wanted.has(id)) continue;
      pane.destroy();
      this.#panes.delete(id);
    }
    for (const { id } of charts) {
      if (this.#panes.has(id)) continue;
      const pane = this.#makePane(id);
      this.#panes.set(id, pane);
      this.lanes.element.before(pane.element);
    }
  }

  #makePane(id: number): ChartPane {
    return new ChartPane({
      onResize: (height) => {
        if (this.#view !== null) this.#options.onResize(id, height, this.#findRoom(this.#view.plan));
      },
      onRemove: () => {
        this.#options.onRemove(id);
      },
    });
  }

  /** What is left for plots after heads, edges and lanes. */
  #findRoom({ charts, states }: SignalsPlan): number {
    const lanes = states.filter(({ isHidden }) => !isHidden).length;
    const taken = lanes === 0 ? 0 : STATES_HEAD + lanes * LANE_HEIGHT;
    return this.#room.height - taken - charts.length * (HEAD_HEIGHT + EDGE_HEIGHT);
  }

  #findHeights(plan: SignalsPlan): readonly number[] {
    const room = this.#findRoom(plan);
    const all = plan.charts.reduce((sum, { weight }) => sum + weight, 0);
    return plan.charts.map(({ weight }) => Math.max(LEAST_HEIGHT, Math.floor((room * weight) / all)));
  }
}
