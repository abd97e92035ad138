import './chart-stack.css';
import { makeBannerStack } from '../../shared/banners.ts';
import { onThemeChange, readChartColours } from '../../shared/chart/chart-colours.ts';
import { makeElement } from '../../shared/element.ts';
import { createFrameTask } from '../../shared/frame-task.ts';
import type { PageHost } from '../../shared/host/page-host.ts';
import type { KeyBinding } from '../../shared/keys.ts';
import { formatCount, formatFixed } from '../../shared/number-text.ts';
import { hasSelectedText } from '../../shared/selected-text.ts';
import { formatTime } from '../../shared/time-text.ts';
import type { LogDocument } from '../log-document.ts';
import type { LogTab } from '../log-tab.ts';
import { ChartStack } from './chart-stack.ts';
import { LayoutSource } from './layout-source.ts';
import { makeLayoutItems } from './layout-menu.ts';
import { makeNoSeries } from './no-series.ts';
import { makeRangeStatistics } from './range-statistics.ts';
import { SeriesFeed } from './series-feed.ts';
import { SeriesPicker } from './series-picker.ts';
import { nameSeries } from './series-texts.ts';
import { ShownSeries } from './shown-series.ts';
import { SignalsChoice } from './signals-choice.ts';
import { SIGNALS_KEYS } from './signals-keys.ts';
import { listKeys, removeChart, removeSeries, resizeChart, toggleSeries } from './signals-plan.ts';
import { SignalsRoom } from './signals-room.ts';
import { makeSignalsToolbar } from './signals-toolbar.ts';
import type { SignalsView } from './signals-view.ts';
import { listenToStack } from './stack-pointer.ts';
import { ViewExport } from './view-export.ts';

/** Makes the tab of signals: whatever the log holds, over time. */
export function createSignalsTab(document: LogDocument, host: PageHost): LogTab {
  return new SignalsTab(document, host);
}

class SignalsTab implements LogTab {
  readonly id = 'signals';
  readonly title = 'Signals';
  readonly element: HTMLElement;
  readonly keys = SIGNALS_KEYS;
  readonly bindings: readonly KeyBinding[];
  readonly #document: LogDocument;
  readonly #feed: SeriesFeed;
  readonly #choice: SignalsChoice;
  readonly #layouts: LayoutSource;
  readonly #stack: ChartStack;
  readonly #picker: SeriesPicker;
  readonly #shown: ShownSeries;
  readonly #statistics = makeRangeStatistics();
  readonly #banners = makeBannerStack();
  readonly #empty = makeElement(
    'div',
    { className: 'signals-empty', hidden: true },
    makeNoSeries(() => this.#room.openPicker()),
  );
  readonly #room: SignalsRoom;
  readonly #toolbar;
  readonly #export: ViewExport;
  #colours = readChartColours();
  #names: ReadonlyMap<string, string> = new Map();
  #isSeen = false;

  constructor(document: LogDocument, host: PageHost) {
    this.#document = document;
    this.#feed = new SeriesFeed({
      document,
      onPoints: () => this.#draw(),
      onValues: () => this.#drawValues(),
    });
    this.#choice = new SignalsChoice(document, this.#feed, () => this.#takeChoice());
    this.#layouts = new LayoutSource(document, () => this.#offerLayout());
    this.#stack = this.#makeStack();
    this.#picker = new SeriesPicker({
      document,
      isShown: (key) => listKeys(this.#choice.plan).includes(key),
      onPick: (info, place) => this.#choice.pick(info, place),
    });
    this.#shown = this.#makeShown();
    this.#toolbar = this.#makeToolbar();
    const [stack, toolbar] = [this.#stack, this.#toolbar];
    this.#export = new ViewExport({ log: document, host, stack, toolbar, view: () => this.#view() });
    this.bindings = this.#bind();
    this.#room = this.#makeRoom();
    this.element = this.#room.element;
    this.#listen();
  }

  show(): void {
    this.#isSeen = true;
    this.#renew();
    this.#draw();
  }

  hide(): void {
    this.#isSeen = false;
    this.#feed.cancel();
  }

  footText(): string {
    const { from, to } = this.#document.range.get();
    const length = formatFixed(to - from, to - from < 10 ? 3 : 1);
    const columns = `min/max of ${formatCount(this.#stack.columns)} columns`;
    return `range ${formatTime(from)} – ${formatTime(to)} · ${length} s · ${columns}`;
  }

  focusFilter(): void {
    this.#room.openPicker();
  }

  async step(direction: -1 | 1): Promise<number | null> {
    const keys = listKeys(this.#choice.plan);
    if (keys.length === 0) return null;
    const at = this.#document.cursor.get();
    const { atSeconds } = await this.#document.ask('sessions/values', {
      keys: [...keys],
      atSeconds: at,
      step: direction,
    });
    return atSeconds === at ? null : atSeconds;
  }

  command(): string {
    return this.#export.command();
  }

  readonly #draw = createFrameTask(() => {
    if (!this.#isSeen) return;
    const view = this.#view();
    const isEmpty = view.plan.charts.length === 0 && view.plan.states.length === 0;
    this.#empty.hidden = !isEmpty;
    this.#stack.element.hidden = isEmpty;
    this.#shown.draw(view);
    this.#statistics.draw(view);
    this.#toolbar.show(this.#choice);
    this.#drawFailure();
    if (!isEmpty) this.#stack.draw(view);
    this.#document.tellFoot();
  });

  readonly #drawValues = createFrameTask(() => {
    if (!this.#isSeen) return;
    const view = this.#view();
    this.#stack.drawValues(view);
    this.#shown.drawValues(view);
  });

  #view(): SignalsView {
    return {
      ...{ plan: this.#choice.plan, feed: this.#feed, colours: this.#colours },
      ...{ range: this.#document.range.get(), cursor: this.#document.cursor.get() },
      nameOf: (key) => this.#names.get(key) ?? key.slice(key.lastIndexOf(':') + 1),
    };
  }

  #drawFailure(): void {
    const { failure } = this.#feed;
    this.#banners.show(
      failure === null
        ? []
        : [{ id: 'points', tone: 'error', title: 'The charts cannot be drawn.', text: failure }],
    );
  }

  #takeChoice(): void {
    this.#room.draw();
    this.#names = this.#nameAll();
    this.#ask();
    this.#picker.draw();
    this.#draw();
  }

  #nameAll(): ReadonlyMap<string, string> {
    return nameSeries(listKeys(this.#choice.plan).flatMap((key) => this.#feed.infoOf(key) ?? []));
  }

  /** Asks for points of what is seen now. */
  #ask(): void {
    const keys = listKeys(this.#choice.plan);
    const range = this.#document.range.get();
    if (!this.#isSeen || range.to <= range.from) return;
    this.#feed.askPoints({ keys, range, columns: Math.round(this.#stack.columns * devicePixelRatio) });
    this.#askValues();
  }

  #askValues(): void {
    if (this.#isSeen) this.#feed.askValues(listKeys(this.#choice.plan), this.#document.cursor.get());
  }

  /** The log has grown, or is read in another way. */
  #renew(): void {
    if (!this.#isSeen || this.#document.state.get() === null) return;
    this.#picker.renew();
    this.#ask();
    void this.#export.readDatabases();
    this.#layouts.renew();
  }

  #offerLayout(): void {
    const first = this.#layouts.list()[0];
    for (const key of listKeys(first?.plan ?? this.#choice.plan)) {
      const info = this.#layouts.find(key);
      if (info !== undefined) this.#feed.learn(info);
    }
    if (first !== undefined) this.#choice.offer(first.name, first.plan);
    this.#draw();
  }

  /** Series that another tab wants to be seen. */
  async #showSeries(keys: readonly string[]): Promise<void> {
    if (!this.#choice.isChosen) this.#choice.setLayout('', { charts: [], states: [] });
    try {
      const { series, unknown } = await this.#document.ask('sessions/series', {
        ...{ keys: keys.slice(0, 60), fromSeconds: 0, toSeconds: 0, columns: 1 },
      });
      this.#choice.addAll(series.map(({ info }) => info));
      if (unknown.length > 0) this.#document.announce(`Not in this log: ${unknown.join(', ')}`);
    } catch (error) {
      this.#document.announce(error instanceof Error ? error.message : String(error));
    }
  }

  #makeStack(): ChartStack {
    return new ChartStack({
      onRoom: () => {
        this.#ask();
        this.#document.tellFoot();
      },
      onResize: (id, height, room) =>
        this.#choice.setPlan(resizeChart(this.#choice.plan, id, { height, room })),
      onRemove: (id) => this.#choice.setPlan(removeChart(this.#choice.plan, id)),
    });
  }

  #makeShown(): ShownSeries {
    return new ShownSeries({
      onToggle: (key, place) => this.#choice.setPlan(toggleSeries(this.#choice.plan, key, place)),
      onRemove: (key, place) => this.#choice.setPlan(removeSeries(this.#choice.plan, key, place)),
      onStep: (key, place, direction) => this.#choice.step(key, place, direction),
      onMove: (key, from, to) => this.#choice.move(key, from, to),
    });
  }

  #makeToolbar() {
    return makeSignalsToolbar({
      onNewChart: () => this.#addChart(),
      onWhole: () => this.#document.showWhole(),
      onList: () => this.#room.turnList(),
      listLayouts: () => makeLayoutItems(this.#choice, this.#layouts),
      listExports: () => this.#export.listItems(),
      onCopyCommand: () => this.#export.copyCommand(),
    });
  }

  #makeRoom(): SignalsRoom {
    const { element, work } = this.#toolbar;
    return new SignalsRoom({
      choice: this.#choice,
      picker: this.#picker,
      side: [this.#picker.element, this.#shown.element, this.#statistics.element],
      main: [element, work, this.#banners.element, this.#stack.element, this.#empty],
    });
  }

  #bind(): readonly KeyBinding[] {
    return [
      { key: 'N', act: () => this.#addChart() },
      { key: 'L', act: () => this.#room.turnList() },
      { key: 'T', act: () => this.#export.openTable() },
      { key: 'Ctrl+C', act: () => (hasSelectedText() ? false : this.#export.copyValues()) },
    ];
  }

  #listen(): void {
    const { cursor, range, revision } = this.#document;
    listenToStack(this.#stack, this.#document);
    cursor.subscribe(() => {
      this.#askValues();
      this.#drawValues();
    });
    range.subscribe(() => {
      this.#ask();
      this.#draw();
    });
    revision.subscribe(() => this.#renew());
    onThemeChange(() => {
      this.#colours = readChartColours();
      this.#draw();
    });
    this.#document.onShow('signals', ({ series }) => {
      if (series !== undefined && series.length > 0) void this.#showSeries(series);
    });
  }

  #addChart(): void {
    this.#choice.addChart();
    this.#room.openPicker();
  }
}
