import type { SeriesInfo } from '#protocol';
import type { LogDocument } from '../log-document.ts';
import type { SeriesFeed } from './series-feed.ts';
import { unitOf } from './series-texts.ts';
import {
  readSignalsChoice,
  type RememberedSignals,
  type SavedLayout,
  saveLayout,
} from './remembered-signals.ts';
import type { PickPlace } from './series-picker.ts';
import {
  addChart,
  addSeries,
  type ChartPlan,
  isFull,
  listKeys,
  MOST_SERIES,
  moveSeries,
  NO_PLAN,
  type PlanPlace,
  type SignalsPlan,
} from './signals-plan.ts';

/** What is shown where, as it was chosen; remembered with every change. */
export class SignalsChoice {
  readonly #log: LogDocument;
  readonly #feed: SeriesFeed;
  readonly #onChange: () => void;
  #chosen: RememberedSignals;
  /** Shown until somebody chooses: what is remembered is empty. */
  #offered: SignalsPlan | null = null;
  /** The chart that the next series goes to, where it shall be the same. */
  #current: number | null = null;

  constructor(log: LogDocument, feed: SeriesFeed, onChange: () => void) {
    this.#log = log;
    this.#feed = feed;
    this.#onChange = onChange;
    this.#chosen = readSignalsChoice(log.remembered('signals'));
  }

  get plan(): SignalsPlan {
    return this.#chosen.plan ?? this.#offered ?? NO_PLAN;
  }

  /** Whether somebody has chosen what is shown. */
  get isChosen(): boolean {
    return this.#chosen.plan !== null;
  }

  get layout(): string {
    return this.#chosen.layout;
  }

  get saved(): readonly SavedLayout[] {
    return this.#chosen.saved;
  }

  get isListShown(): boolean {
    return this.#chosen.isListShown;
  }

  /** Shows a plan for as long as nobody chooses. */
  offer(name: string, plan: SignalsPlan): void {
    if (this.isChosen || JSON.stringify(plan) === JSON.stringify(this.#offered)) return;
    this.#offered = plan;
    this.#chosen = { ...this.#chosen, layout: name };
    this.#onChange();
  }

  /** Shows a layout. */
  setLayout(name: string, plan: SignalsPlan): void {
    this.#current = null;
    this.#keep({ plan, layout: name });
  }

  /** Shows something else than any layout. */
  setPlan(plan: SignalsPlan): void {
    if (plan !== this.plan) this.#keep({ plan });
  }

  turnList(): void {
    this.#keep({ isListShown: !this.isListShown });
  }

  save(name: string): void {
    this.#keep({ saved: saveLayout(this.saved, { name, plan: this.plan }), layout: name, plan: this.plan });
  }

  forget(name: string): void {
    const layout = this.layout === name ? '' : this.layout;
    this.#keep({ saved: this.saved.filter((each) => each.name !== name), layout });
  }

  /** Adds an empty chart, which takes the next series. */
  addChart(): void {
    if (!this.plan.charts.some(({ series }) => series.length === 0)) this.setPlan(addChart(this.plan));
    this.#current = this.plan.charts.at(-1)?.id ?? null;
  }

  /** Adds a series where it was picked to be, as far as there is room and the unit is the same. */
  pick(info: SeriesInfo, place: PickPlace): void {
    this.#feed.learn(info);
    if (!this.#hasRoom()) return;
    if (info.kind === 'enum' || info.kind === 'boolean') this.#add(info, this.plan, 'states');
    else if (place === 'same chart') this.#addToCurrent(info);
    else this.#addToNew(info);
  }

  /** Adds several series at once: those of one unit share a chart. */
  addAll(infos: readonly SeriesInfo[]): void {
    const before = new Set(this.plan.charts.map(({ id }) => id));
    const shown = new Set(listKeys(this.plan));
    for (const info of infos.filter(({ key }) => !shown.has(key))) {
      const own = this.plan.charts.findLast(({ id }) => !before.has(id));
      const isShared = own !== undefined && !isFull(own) && this.#unitOf(own) === unitOf(info);
      if (isShared) this.#current = own.id;
      this.pick(info, isShared ? 'same chart' : 'new chart');
    }
  }

  /** Moves a series to the chart before or behind its own; behind the last one, to a new chart. */
  step(key: string, place: PlanPlace, direction: -1 | 1): void {
    if (place === 'states') return;
    const at = this.plan.charts.findIndex(({ id }) => id === place);
    const next = this.plan.charts[at + direction];
    if (next !== undefined) this.move(key, place, next.id);
    else if (direction === 1 && (this.plan.charts[at]?.series.length ?? 0) > 1) {
      const plan = addChart(this.plan);
      this.setPlan(moveSeries(plan, key, { from: place, to: plan.charts.at(-1)?.id ?? 0 }));
    }
  }

  move(key: string, from: number, to: number): void {
    const target = this.plan.charts.find(({ id }) => id === to);
    const info = this.#feed.infoOf(key);
    if (target === undefined || info === undefined || from === to) return;
    if (this.#admits(target, info)) this.setPlan(moveSeries(this.plan, key, { from, to }));
  }

  #addToNew(info: SeriesInfo): void {
    const empty = this.plan.charts.find(({ series }) => series.length === 0);
    const plan = empty === undefined ? addChart(this.plan) : this.plan;
    this.#add(info, plan, empty?.id ?? plan.charts.at(-1)?.id ?? 0);
  }

  #addToCurrent(info: SeriesInfo): void {
    const { charts } = this.plan;
    const current = charts.find(({ id }) => id === this.#current) ?? charts.at(-1);
    if (current !== undefined && this.#admits(current, info)) this.#add(info, this.plan, current.id);
    else this.#addToNew(info);
  }

  #add(info: SeriesInfo, plan: SignalsPlan, place: PlanPlace): void {
    if (place !== 'states') this.#current = place;
    this.setPlan(addSeries(plan, info.key, place));
  }

  /** Series of different units never share an axis. */
  #admits(chart: ChartPlan, info: SeriesInfo): boolean {
    if (isFull(chart)) {
      this.#log.announce('A chart has at most 6 series; add a chart.');
      return false;
    }
    const unit = this.#unitOf(chart);
    if (unit === null || unit === unitOf(info)) return true;
    this.#log.announce(`${info.label} has another unit than the chart.`);
    return false;
  }

  /** The unit of a chart; null: any. */
  #unitOf({ series }: ChartPlan): string | null {
    const info = series.map(({ key }) => this.#feed.infoOf(key)).find((each) => each !== undefined);
    return info === undefined ? null : unitOf(info);
  }

  #hasRoom(): boolean {
    if (listKeys(this.plan).length < MOST_SERIES) return true;
    this.#log.announce(`At most ${MOST_SERIES} series are shown; remove one first.`);
    return false;
  }

  #keep(changes: Partial<RememberedSignals>): void {
    this.#chosen = { ...this.#chosen, ...changes };
    this.#log.remember('signals', this.#chosen);
    this.#onChange();
  }
}
