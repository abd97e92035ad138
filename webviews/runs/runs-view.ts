import './runs.css';
import type { Run } from '#protocol';
import { makeBannerStack } from '../shared/banners.ts';
import { makeEmptyState } from '../shared/empty-state.ts';
import { makeButton, makeElement } from '../shared/element.ts';
import type { PageHost } from '../shared/host/page-host.ts';
import { describeFailure } from '../shared/host/request-failure.ts';
import { formatAmount } from '../shared/number-text.ts';
import { makeVirtualGrid, type VirtualGrid } from '../shared/virtual-grid.ts';
import { RUN_COLUMNS } from './run-columns.ts';
import { makeRunDetail } from './run-detail.ts';
import { followRuns, type RunList } from './run-list.ts';

/** Lines of a run's log that are shown. */
const LOG_LINES = 500;

/** The runs of the service, and one of them in detail. */
export class RunsView {
  readonly element: HTMLElement;
  readonly #host: PageHost;
  readonly #list: RunList;
  readonly #grid: VirtualGrid;
  readonly #banners = makeBannerStack();
  readonly #count = makeElement('span', { className: 'dim dense', attributes: { role: 'status' } });
  readonly #more = makeElement('div', { className: 'runs-more', hidden: true });
  readonly #detail = makeElement('section', { className: 'pane', attributes: { 'aria-label': 'Run' } });
  #selected: string | null;
  #shown = '';

  constructor(host: PageHost, selected: string | null) {
    this.#host = host;
    this.#selected = selected;
    this.#list = followRuns(host, (error) => {
      this.#showFailure('The runs cannot be read.', error);
    });
    this.#grid = makeVirtualGrid<Run>({
      label: 'Runs',
      columns: RUN_COLUMNS,
      rows: { count: () => this.#runs().length, at: (index) => this.#runs()[index] },
      onSelect: (_index, run) => {
        this.#select(run?.id ?? null);
      },
      makeEmpty: () => this.#makeEmpty(),
    });
    this.#list.runs.subscribe(() => {
      this.#banners.show([]);
      this.#draw();
    });
    this.element = this.#makeElement();
    this.#draw();
  }

  #showFailure(title: string, error: unknown): void {
    const { message, actions } = describeFailure(error);
    this.#banners.show([{ id: 'runs', tone: 'error', title, text: [message, ...actions].join(' ') }]);
  }

  #runs(): readonly Run[] {
    return this.#list.runs.get() ?? [];
  }

  #makeElement(): HTMLElement {
    const runTool = makeButton({
      label: 'Run Analyzer…',
      icon: 'play',
      kind: 'primary',
      act: () => void this.#host.act({ action: 'runTool' }),
    });
    const openLog = makeButton({
      label: 'Open Log…',
      icon: 'open',
      act: () => void this.#host.act({ action: 'openLog' }),
    });
    const grow = makeElement('span', { className: 'grow' });
    const toolbar = makeElement(
      'div',
      { className: 'toolbar' },
      makeElement('h1', { className: 'strong' }, 'Runs'),
    );
    toolbar.append(this.#count, grow, openLog, runTool);
    this.#more.append(
      makeButton({ label: 'Show Older Runs', kind: 'small', act: () => void this.#list.readMore() }),
    );
    const list = makeElement('section', { className: 'pane', attributes: { 'aria-label': 'Runs' } });
    list.append(this.#banners.element, this.#grid.element, this.#more);
    const content = makeElement('div', { className: 'runs-content' }, list, this.#detail);
    return makeElement('main', { className: 'runs-page' }, toolbar, content);
  }

  #draw(): void {
    const runs = this.#runs();
    this.#count.textContent = formatAmount(runs.length, 'run');
    this.#more.hidden = !this.#list.hasMore();
    const place = runs.findIndex(({ id }) => id === this.#selected);
    this.#grid.select(place < 0 ? null : place);
    this.#grid.refresh();
    void this.#showDetail();
  }

  #select(runId: string | null): void {
    this.#selected = runId;
    void this.#showDetail();
  }

  async #showDetail(): Promise<void> {
    const run = await this.#findSelected();
    const key = JSON.stringify(run);
    if (key === this.#shown) return;
    this.#shown = key;
    if (run === null) {
      this.#detail.replaceChildren(makeNothing());
      return;
    }
    const detail = await this.#readDetail(run);
    if (this.#shown === key) this.#detail.replaceChildren(detail);
  }

  async #findSelected(): Promise<Run | null> {
    const runId = this.#selected;
    if (runId === null) return null;
    const known = this.#runs().find(({ id }) => id === runId);
    return known ?? this.#host.request('runs/get', { runId }).catch(() => null);
  }

  async #readDetail(run: Run): Promise<HTMLElement> {
    const runId = run.id;
    const [artifacts, log] = await Promise.all([
      this.#host.request('artifacts/list', { runId }).catch(() => []),
      this.#host
        .request('runs/readLog', { runId, after: 0, limit: LOG_LINES })
        .catch(() => ({ entries: [] })),
    ]);
    const logLines = log.entries.map(({ message }) => message);
    return makeRunDetail(
      this.#host,
      { run, artifacts, logLines },
      {
        onStart: (started) => {
          this.#selected = started;
          this.#draw();
        },
        onFailure: (error) => {
          this.#showFailure('The run does not do as asked.', error);
        },
      },
    );
  }

  #makeEmpty(): HTMLElement | null {
    if (this.#list.runs.get() === null) return null;
    return makeEmptyState({
      icon: 'report',
      title: 'No runs yet',
      text: ['A run is one analyzer applied to one log. Its report and files stay here.'],
      actions: [
        { label: 'Run Analyzer…', act: () => void this.#host.act({ action: 'runTool' }) },
        { label: 'Open Log…', act: () => void this.#host.act({ action: 'openLog' }) },
      ],
    });
  }
}

function makeNothing(): HTMLElement {
  const text = ['Select a run to see its files, parameters and log.'];
  return makeEmptyState({ icon: 'list', title: 'No run is selected', text });
}
