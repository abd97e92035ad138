import './shown-series.css';
import { makeSeriesSign } from '../../shared/chart/series-sign.ts';
import { makeElement, makeIconButton, setText } from '../../shared/element.ts';
import { type MenuItem, openMenu } from '../../shared/menu.ts';
import { formatTime } from '../../shared/time-text.ts';
import { describeSource, describeValue, nameUnit, unitOf } from './series-texts.ts';
import type { ChartPlan, PlacedSeries, PlanPlace } from './signals-plan.ts';
import type { SignalsView } from './signals-view.ts';

/** What is done to series that are shown. */
export interface ShownSeriesOptions {
  readonly onToggle: (key: string, place: PlanPlace) => void;
  readonly onRemove: (key: string, place: PlanPlace) => void;
  /** To another chart: the one before (-1) or behind (1). */
  readonly onStep: (key: string, place: PlanPlace, direction: -1 | 1) => void;
  readonly onMove: (key: string, from: number, to: number) => void;
}

/** A row of the list. */
interface ShownRow {
  readonly key: string;
  readonly place: PlanPlace;
  readonly element: HTMLElement;
  readonly value: HTMLElement;
}

/** The series that are shown, by chart, with their values at the cursor. */
export class ShownSeries {
  readonly element: HTMLElement;
  readonly #options: ShownSeriesOptions;
  readonly #at = makeElement('span', { className: 'dim caption' });
  readonly #list = makeElement('div', {
    className: 'shown-series',
    attributes: { role: 'list', 'aria-label': 'Shown' },
  });
  #rows: readonly ShownRow[] = [];
  #drawnOf = '';
  #dragged: { readonly key: string; readonly from: PlanPlace } | null = null;

  constructor(options: ShownSeriesOptions) {
    this.#options = options;
    const head = makeElement('div', { className: 'pane-head is-section' }, makeElement('h2', {}, 'Shown'));
    head.append(makeElement('span', { className: 'grow' }), this.#at);
    this.element = makeElement('section', {
      className: 'pane grow',
      attributes: { 'aria-label': 'Shown series' },
    });
    this.element.append(head, this.#list);
    this.#list.addEventListener('keydown', (event) => {
      if (this.#press(event)) event.preventDefault();
    });
    this.#list.addEventListener('dragend', () => (this.#dragged = null));
  }

  /** Rows are made anew only where others are shown. */
  draw(view: SignalsView): void {
    const { plan, feed, nameOf } = view;
    const drawnOf = JSON.stringify([
      plan.charts.map(({ id, title, series }) => [id, title, series]),
      plan.states,
      [...plan.charts.flatMap(({ series }) => series), ...plan.states].map(({ key }) => [
        nameOf(key),
        unitOf(feed.infoOf(key)),
        feed.infoOf(key)?.kind,
      ]),
    ]);
    if (drawnOf !== this.#drawnOf) this.#makeRows(view);
    this.#drawnOf = drawnOf;
    this.drawValues(view);
  }

  drawValues({ feed, cursor }: SignalsView): void {
    setText(this.#at, `at ${formatTime(cursor)}`);
    for (const { key, value } of this.#rows)
      setText(value, describeValue(feed.infoOf(key), feed.valueOf(key)));
  }

  #makeRows(view: SignalsView): void {
    const focused = this.#rows.findIndex(({ element }) => element.contains(document.activeElement));
    const rows: ShownRow[] = [];
    const children: HTMLElement[] = [];
    for (const [place, chart] of view.plan.charts.entries()) {
      const added = chart.series.map((series) => this.#makeRow(view, series, chart.id));
      children.push(this.#makeGroup(view, chart, place + 1), ...added.map(({ element }) => element));
      rows.push(...added);
    }
    if (view.plan.states.length > 0) {
      const added = view.plan.states.map((series) => this.#makeRow(view, series, 'states'));
      children.push(makeGroupHead('States', ''), ...added.map(({ element }) => element));
      rows.push(...added);
    }
    this.#rows = rows;
    this.#list.replaceChildren(...children);
    this.#setActive(Math.max(0, Math.min(focused, rows.length - 1)));
    if (focused >= 0) this.#rows[Math.min(focused, rows.length - 1)]?.element.focus();
  }

  #makeGroup({ feed }: SignalsView, chart: ChartPlan, number: number): HTMLElement {
    const info = chart.series.map(({ key }) => feed.infoOf(key)).find((each) => each !== undefined);
    const head = makeGroupHead(
      chart.title === '' ? `Chart ${number}` : chart.title,
      chart.series.length === 0 ? 'empty' : nameUnit(unitOf(info)),
    );
    this.#receive(head, chart.id);
    return head;
  }

  #makeRow({ feed, nameOf }: SignalsView, series: PlacedSeries, place: PlanPlace): ShownRow {
    const { key, colour, isHidden } = series;
    const info = feed.infoOf(key);
    const name = nameOf(key);
    const value = makeElement('span', { className: 'shown-value clip' });
    const eye = makeIconButton({
      ...{ label: `${isHidden ? 'Show' : 'Hide'} ${name}`, icon: 'eye' },
      act: () => this.#options.onToggle(key, place),
    });
    if (isHidden) eye.classList.add('is-struck');
    eye.tabIndex = -1;
    const row = makeElement('div', {
      ...{
        className: isHidden ? 'shown-row is-hidden' : 'shown-row',
        tabIndex: -1,
        draggable: place !== 'states',
      },
      title: [key, ...(info === undefined ? [] : [describeSource(info)])].join('\n'),
      attributes: { role: 'listitem', 'aria-keyshortcuts': 'Enter Delete Alt+ArrowUp Alt+ArrowDown' },
    });
    row.append(place === 'states' ? makeElement('span') : makeSeriesSign(colour));
    row.append(makeElement('span', { className: 'clip' }, name), value, eye);
    const made = { key, place, element: row, value };
    this.#listenToRow(made, { name, isHidden });
    return made;
  }

  #listenToRow({ key, place, element }: ShownRow, { name, isHidden }: RowState): void {
    element.addEventListener('dragstart', (event) => {
      this.#dragged = { key, from: place };
      event.dataTransfer?.setData('text/plain', key);
    });
    if (place !== 'states') this.#receive(element, place);
    element.addEventListener('focusin', () => {
      this.#setActive(this.#rows.findIndex((each) => each.element === element));
    });
    element.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      openMenu(element, { label: name, items: this.#listActions({ key, place }, { name, isHidden }) });
    });
  }

  #listActions({ key, place }: Pick<ShownRow, 'key' | 'place'>, { isHidden }: RowState): readonly MenuItem[] {
    const { onToggle, onRemove, onStep } = this.#options;
    const moves: readonly MenuItem[] =
      place === 'states'
        ? []
        : [
            { label: 'Move to Chart Above', icon: 'up', key: 'Alt+↑', act: () => onStep(key, place, -1) },
            { label: 'Move to Chart Below', icon: 'down', key: 'Alt+↓', act: () => onStep(key, place, 1) },
          ];
    return [
      { label: isHidden ? 'Show' : 'Hide', icon: 'eye', key: 'Enter', act: () => onToggle(key, place) },
      ...moves,
      { label: 'Remove', icon: 'close', key: 'Delete', act: () => onRemove(key, place) },
    ];
  }

  /** Takes series that are dragged from other charts. */
  #receive(element: HTMLElement, chart: number): void {
    const isWanted = (): boolean =>
      this.#dragged !== null && this.#dragged.from !== 'states' && this.#dragged.from !== chart;
    element.addEventListener('dragover', (event) => {
      if (!isWanted()) return;
      event.preventDefault();
      element.classList.add('is-target');
    });
    element.addEventListener('dragleave', () => element.classList.remove('is-target'));
    element.addEventListener('drop', (event) => {
      element.classList.remove('is-target');
      if (!isWanted() || this.#dragged === null || this.#dragged.from === 'states') return;
      event.preventDefault();
      this.#options.onMove(this.#dragged.key, this.#dragged.from, chart);
    });
  }

  #setActive(place: number): void {
    for (const [each, { element }] of this.#rows.entries()) element.tabIndex = each === place ? 0 : -1;
  }

  #press(event: KeyboardEvent): boolean {
    const place = this.#rows.findIndex(({ element }) => element.contains(document.activeElement));
    const row = this.#rows[place];
    if (row === undefined || event.ctrlKey || event.metaKey) return false;
    const direction = { ArrowUp: -1, ArrowDown: 1 }[event.key] as -1 | 1 | undefined;
    if (event.altKey) {
      if (direction !== undefined) this.#options.onStep(row.key, row.place, direction);
      return direction !== undefined;
    }
    const next = { Home: 0, End: this.#rows.length - 1 }[event.key] ?? (direction && place + direction);
    if (next !== undefined) {
      this.#rows[next]?.element.focus();
      return true;
    }
    if (event.key === 'Enter' || event.key === ' ') this.#options.onToggle(row.key, row.place);
    else if (event.key === 'Delete') this.#options.onRemove(row.key, row.place);
    else return false;
    return true;
  }
}

interface RowState {
  readonly name: string;
  readonly isHidden: boolean;
}

function makeGroupHead(title: string, unit: string): HTMLElement {
  return makeElement(
    'div',
    { className: 'shown-group', attributes: { role: 'listitem' } },
    title,
    makeElement('span', {}, unit),
  );
}
