import { type ChartData, findValue } from './chart-data.ts';
import { makeButton, makeElement } from './element.ts';
import { formatTime, formatValue } from './reading-text.ts';

const PAGE_ROWS = 200;

/** The numbers of a chart as tables, for those who do not see it. */
export class ValueTable {
  readonly button: HTMLButtonElement;
  readonly place = makeElement('div', { className: 'values', hidden: true });
  readonly #name: string;
  readonly #data: ChartData;

  constructor(name: string, data: ChartData) {
    this.#name = name;
    this.#data = data;
    this.button = makeButton('Show as table', () => this.#toggle());
    this.button.ariaExpanded = 'false';
  }

  #toggle(): void {
    const isShown = this.place.hidden;
    this.place.hidden = !isShown;
    this.button.ariaExpanded = String(isShown);
    this.button.textContent = isShown ? 'Hide table' : 'Show as table';
    if (isShown && this.place.childElementCount === 0) this.#fill();
  }

  #fill(): void {
    const series = this.#data.panels.flatMap(({ unit, series }) => series.map((one) => ({ one, unit })));
    const times = [...new Set(series.flatMap(({ one }) => [...one.seconds]))].sort((a, b) => a - b);
    const points = times.map((at) => [
      formatTime(at),
      ...series.map(({ one, unit }) => formatValue(findValue(one, at), unit)),
    ]);
    const spans = this.#data.lanes.flatMap((lane) =>
      lane.spans.map(([from, to, label]) => [lane.label, formatTime(from), formatTime(to), label]),
    );
    if (points.length > 0)
      this.place.append(
        writePaged(`${this.#name}: values`, ['Time', ...series.map(({ one }) => one.name)], points),
      );
    if (spans.length > 0)
      this.place.append(writePaged(`${this.#name}: spans`, ['Lane', 'From', 'To', 'State'], spans));
  }
}

/** A table that shows 200 rows at a time. */
function writePaged(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLElement {
  const body = makeElement('tbody');
  const where = makeElement('span', { role: 'status' });
  let first = 0;
  const show = (from: number): void => {
    first = Math.min(Math.max(0, from), Math.max(0, rows.length - 1));
    first -= first % PAGE_ROWS;
    body.replaceChildren(...rows.slice(first, first + PAGE_ROWS).map(writeRow));
    const last = Math.min(rows.length, first + PAGE_ROWS);
    where.textContent = `Rows ${String(first + 1)} to ${String(last)} of ${String(rows.length)}`;
  };
  const head = makeElement('tr', {}, ...heads.map((text) => makeElement('th', { scope: 'col' }, text)));
  const table = makeElement('table', { className: 'data' }, makeElement('thead', {}, head), body);
  table.createCaption().textContent = title;
  show(0);
  const steps = [
    makeButton('Previous', () => show(first - PAGE_ROWS)),
    makeButton('Next', () => show(first + PAGE_ROWS)),
  ];
  const pages = makeElement('p', { className: 'pages' }, ...(rows.length > PAGE_ROWS ? steps : []), where);
  const scroll = makeElement('div', { className: 'scroll rows', tabIndex: 0, role: 'group' }, table);
  scroll.ariaLabel = title;
  return makeElement('div', {}, scroll, pages);
}

function writeRow(cells: readonly string[]): HTMLElement {
  return makeElement('tr', {}, ...cells.map((text) => makeElement('td', {}, text)));
}
