import './logs-tab.css';
import type { LogLine, LogLines } from '#protocol';
import { makeEmptyState } from '../../shared/empty-state.ts';
import { makeElement } from '../../shared/element.ts';
import type { PageHost } from '../../shared/host/page-host.ts';
import { describeFailure } from '../../shared/host/request-failure.ts';
import type { KeyBinding } from '../../shared/keys.ts';
import { formatCount } from '../../shared/number-text.ts';
import { hasSelectedText } from '../../shared/selected-text.ts';
import { quoteWord } from '#protocol';
import { formatTime } from '../../shared/time-text.ts';
import type { LogDocument } from '../log-document.ts';
import type { LogTab } from '../log-tab.ts';
import { makeHiddenRows, makeUnreadRows } from '../rows/no-rows.ts';
import { TimeList } from '../rows/time-list.ts';
import { LINE_COLUMNS } from './line-columns.ts';
import { LOGS_KEYS } from './logs-keys.ts';
import {
  describeLineChoice,
  FIRST_LINES,
  type LineChoice,
  readLineChoice,
  toLineFilter,
} from './line-filter.ts';
import { makeLineToolbar } from './line-toolbar.ts';

/** Makes the tab of log text: what the daemons and the system wrote. */
export function createLogsTab(document: LogDocument, host: PageHost): LogTab {
  return new LogsTab(document, host);
}

class LogsTab implements LogTab {
  readonly id = 'logs';
  readonly title = 'Logs';
  readonly element: HTMLElement;
  readonly keys = LOGS_KEYS;
  readonly bindings: readonly KeyBinding[];
  readonly #document: LogDocument;
  readonly #host: PageHost;
  readonly #list: TimeList<LogLine>;
  readonly #toolbar;
  #choice: LineChoice;
  #counts: Pick<LogLines, 'all' | 'sources'> = { all: 0, sources: [] };
  #opened: number | null = null;
  #failure: string | null = null;

  constructor(document: LogDocument, host: PageHost) {
    this.#document = document;
    this.#host = host;
    this.#choice = readLineChoice(document.remembered('logs'));
    this.#list = this.#makeList();
    this.#toolbar = makeLineToolbar({
      document,
      choice: () => this.#choice,
      onChange: (choice) => {
        this.#choose(choice);
      },
      onNextError: () => void this.#goToNextError(),
    });
    this.bindings = [
      { key: 'E', act: () => void this.#goToNextError() },
      { key: 'F3', act: () => this.#goToNextMatch(1) },
      { key: 'Shift+F3', act: () => this.#goToNextMatch(-1) },
      { key: 'Ctrl+C', act: () => (hasSelectedText() ? false : this.#copy()) },
    ];
    this.element = makeElement('section', { className: 'logs-tab' });
    this.element.append(this.#toolbar.element, this.#list.grid.element);
    this.#list.grid.element.addEventListener('keydown', (event) => {
      this.#turnDetail(event);
    });
    document.onShow('logs', ({ levels }) => {
      if (levels !== undefined) this.#choose({ ...FIRST_LINES, lowest: levels.at(-1) ?? 'info' });
    });
  }

  show(): void {
    this.#list.show();
  }

  hide(): void {
    this.#list.hide();
  }

  footText(): string {
    const { all } = this.#counts;
    const shown = this.#list.count();
    const lines = shown === all ? formatCount(all) : `${formatCount(shown)} of ${formatCount(all)}`;
    return `${lines} lines · times from monoTime`;
  }

  focusFilter(): void {
    this.#toolbar.focus();
  }

  async step(direction: -1 | 1): Promise<number | null> {
    const place = this.#list.cursorPlace();
    const at = direction === 1 ? place : place - 2;
    if (at < 0) return null;
    const { rows } = await this.#fetch(at, 1);
    return rows[0]?.seconds ?? null;
  }

  command(): string {
    const { path } = this.#document.input;
    const services = this.#choice.sources.map((source) => ` --service ${source}`).join('');
    return `cts events ${quoteWord(path, 'posix')}${services}`;
  }

  #makeList(): TimeList<LogLine> {
    return new TimeList<LogLine>({
      label: 'Log lines',
      document: this.#document,
      columns: LINE_COLUMNS,
      fetch: (from, count, signal) => this.#fetch(from, count, signal),
      find: async (atSeconds, signal) => {
        const filter = toLineFilter(this.#choice);
        return (await this.#document.ask('sessions/findLogLine', { filter, atSeconds }, { signal })).row;
      },
      makeEmpty: () => this.#makeEmpty(),
      onFailure: (error) => {
        this.#failure = describeFailure(error).message;
        this.#list.grid.refresh();
      },
      onSelect: (line, place) => {
        if (this.#choice.isWrapped) this.#open(line, place);
        this.#document.tellFoot();
      },
      onOpen: (line, place) => {
        if (this.#opened === place) this.#close();
        else this.#open(line, place);
      },
      onChange: () => {
        this.#toolbar.draw(this.#counts);
        this.#document.tellFoot();
      },
    });
  }

  async #fetch(from: number, count: number, signal?: AbortSignal): Promise<LogLines> {
    const filter = toLineFilter(this.#choice);
    const options = signal === undefined ? {} : { signal };
    const lines = await this.#document.ask('sessions/logLines', { filter, from, count }, options);
    this.#failure = null;
    this.#counts = { all: lines.all, sources: lines.sources };
    return lines;
  }

  #choose(choice: LineChoice): void {
    const isSame = JSON.stringify(toLineFilter(choice)) === JSON.stringify(toLineFilter(this.#choice));
    this.#choice = choice;
    this.#document.remember('logs', choice);
    this.#toolbar.draw(this.#counts);
    if (!choice.isWrapped || !isSame) this.#close();
    if (!isSame) this.#list.clear();
  }

  #turnDetail(event: KeyboardEvent): void {
    const place = this.#list.selectedPlace();
    const line = this.#list.selectedRow();
    if (event.altKey || event.ctrlKey || place === null || line === undefined) return;
    if (event.key === 'ArrowRight') this.#open(line, place);
    else if (event.key === 'ArrowLeft') this.#close();
    else return;
    event.preventDefault();
  }

  /** The whole text opens under its line: a traceback, or a line that is wider than the window. */
  #open({ text, detail }: LogLine, place: number): void {
    this.#opened = place;
    const content = makeElement('div', { className: 'line-detail-scroll', tabIndex: 0 });
    content.setAttribute('role', 'region');
    content.setAttribute('aria-label', 'The whole text of the line');
    if (this.#choice.isWrapped || detail === null) content.append(makeElement('p', {}, text));
    content.append(detail ?? '');
    const cell = makeElement('div', { attributes: { role: 'gridcell' } }, content);
    const element = makeElement('div', { className: 'line-detail mono', attributes: { role: 'row' } }, cell);
    this.#list.grid.open(this.#list.lineOf(place), element);
  }

  #close(): void {
    if (this.#opened === null) return;
    this.#opened = null;
    this.#list.grid.open(0, null);
  }

  async #goToNextError(): Promise<void> {
    const atSeconds = this.#list.selectedRow()?.seconds ?? this.#document.cursor.get();
    const filter = toLineFilter(this.#choice);
    const { row } = await this.#document.ask('sessions/findLogLine', { filter, atSeconds, level: 'error' });
    if (row >= this.#list.count()) {
      this.#document.announce(`No error behind ${formatTime(atSeconds)}`);
      return;
    }
    const { rows } = await this.#fetch(row, 1);
    const [line] = rows;
    if (line !== undefined) this.#select(line, row);
  }

  async #goToNextMatch(step: -1 | 1): Promise<void> {
    const place = (this.#list.selectedPlace() ?? this.#list.cursorPlace() - (step === 1 ? 1 : 0)) + step;
    if (place < 0 || place >= this.#list.count()) return;
    const { rows } = await this.#fetch(place, 1);
    const [line] = rows;
    if (line !== undefined) this.#select(line, place);
  }

  #select(line: LogLine, place: number): void {
    this.#close();
    if (this.#document.follow.get()) this.#document.cursor.set(line.seconds);
    this.#list.select(place);
    this.#document.announce(line.text.slice(0, 200));
  }

  #copy(): void {
    const line = this.#list.selectedRow();
    if (line === undefined) return;
    const parts = [formatTime(line.seconds), line.level, line.source, line.where, line.text];
    const text = [parts.filter((part) => part !== '').join(' '), line.detail ?? ''].join('\n').trimEnd();
    void this.#host.act({ action: 'copyText', text });
    this.#document.announce('Copied the line');
  }

  #makeEmpty(): HTMLElement | null {
    if (this.#failure !== null) return makeUnreadRows('lines', this.#failure);
    if (this.#counts.all === 0) return this.#makeNoText();
    return makeHiddenRows({
      one: 'line',
      filters: describeLineChoice(this.#choice),
      hidden: this.#counts.all,
      clear: () => {
        this.#choose({ ...FIRST_LINES, lowest: 'debug' });
        this.#toolbar.setText('');
      },
    });
  }

  #makeNoText(): HTMLElement | null {
    if (this.#document.state.get()?.phase === 'reading') return null;
    return makeEmptyState({
      icon: 'list',
      title: 'This log has no text',
      text: ['logMessage, errorLogMessage and androidLog carry text; none of them is in this log.'],
    });
  }
}
