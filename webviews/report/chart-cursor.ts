import { type ChartData, findState, findLast, findValue, listTimes } from './chart-data.ts';
import { makeElement } from './element.ts';
import { formatTime, formatValue } from './reading-text.ts';
import { ValueTable } from './value-table.ts';

/** The cursor of one chart, moved by pointer and keyboard, and what is read out at it. */
export class ChartCursor {
  readonly #data: ChartData;
  readonly #choose: (at: number | undefined) => void;
  readonly #outputs: readonly HTMLElement[];
  readonly #track = makeElement('div', { className: 'track', tabIndex: 0, role: 'slider' });
  readonly #line = makeElement('div', { className: 'cursor', hidden: true });
  readonly #pill = makeElement('span', { className: 'pill' });
  readonly #preview = makeElement('div', { className: 'preview', hidden: true });
  readonly #states = makeElement('p', { className: 'states' });
  #times: readonly number[] | undefined;
  #at: number | undefined;

  constructor(figure: HTMLElement, data: ChartData, choose: (at: number | undefined) => void) {
    this.#data = data;
    this.#choose = choose;
    this.#outputs = [...figure.querySelectorAll<HTMLElement>('.keys .value')];
    this.#line.append(this.#pill);
    this.#track.append(this.#preview, this.#line);
    this.#track.ariaLabel = `Time cursor of ${figure.ariaLabel ?? 'the chart'}`;
    this.#track.ariaValueMin = String(data.from);
    this.#track.ariaValueMax = String(data.to);
    this.#writeOut(undefined);
    const table = new ValueTable(figure.ariaLabel ?? 'Chart', data);
    const plots = makeElement('div', { className: 'plots' });
    plots.append(...figure.childNodes, this.#track);
    figure.append(plots, makeElement('div', { className: 'below' }, this.#states, table.button), table.place);
    this.#listen(plots);
  }

  /** Shows a time; undefined: no cursor. */
  show(at: number | undefined): void {
    this.#at = at;
    this.#writeOut(at);
    this.#line.hidden = at === undefined || at < this.#data.from || at > this.#data.to;
    if (at === undefined || this.#line.hidden) return;
    const part = this.#place(at);
    this.#line.style.left = `${String(100 * part)}%`;
    this.#pill.textContent = formatTime(at);
    this.#pill.classList.toggle('first', part < 0.05);
    this.#pill.classList.toggle('last', part > 0.95);
  }

  #listen(plots: HTMLElement): void {
    plots.addEventListener('click', (event) => {
      const at = this.#findTime(event);
      if (at !== undefined) this.#choose(at);
    });
    plots.addEventListener('pointermove', (event) => this.#showPreview(this.#findTime(event)));
    plots.addEventListener('pointerleave', () => this.#showPreview(undefined));
    this.#track.addEventListener('keydown', (event) => this.#steer(event));
  }

  /** A pointer only looks: the values follow it, the cursor stays. */
  #showPreview(at: number | undefined): void {
    this.#preview.hidden = at === undefined;
    if (at !== undefined) this.#preview.style.left = `${String(100 * this.#place(at))}%`;
    this.#writeOut(at ?? this.#at);
  }

  #steer(event: KeyboardEvent): void {
    const at = this.#findNext(event);
    if (at === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    this.#choose(at === undefined ? undefined : Math.min(this.#data.to, Math.max(this.#data.from, at)));
  }

  #findNext({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): number | undefined {
    if (ctrlKey || altKey || metaKey) return undefined;
    const { from, to } = this.#data;
    const at = this.#at ?? from;
    if (key === 'Home') return from;
    if (key === 'End') return to;
    if (key === 'PageUp') return at + (to - from) / 10;
    if (key === 'PageDown') return at - (to - from) / 10;
    const direction = key === 'ArrowRight' || key === 'ArrowUp' ? 1 : -1;
    if (direction === -1 && key !== 'ArrowLeft' && key !== 'ArrowDown') return undefined;
    return shiftKey ? at + direction : this.#findNeighbour(at, direction);
  }

  /** The next or previous time at which something is drawn. */
  #findNeighbour(at: number, direction: 1 | -1): number {
    const times = (this.#times ??= listTimes(this.#data));
    const index = findLast(times, at);
    if (direction === 1) return times[index + 1] ?? this.#data.to;
    return times[times[index] === at ? index - 1 : index] ?? this.#data.from;
  }

  #findTime(event: MouseEvent): number | undefined {
    const { left, width } = this.#track.getBoundingClientRect();
    const part = (event.clientX - left) / width;
    if (part < 0 || part > 1) return undefined;
    return this.#data.from + part * (this.#data.to - this.#data.from);
  }

  #place(at: number): number {
    return (at - this.#data.from) / (this.#data.to - this.#data.from);
  }

  #writeOut(at: number | undefined): void {
    const { panels, lanes } = this.#data;
    const series = panels.flatMap(({ unit, series }) => series.map((one) => ({ one, unit })));
    const values = series.map(({ one, unit }) =>
      at === undefined ? '' : formatValue(findValue(one, at), unit),
    );
    this.#outputs.forEach((output, i) => (output.textContent = values[i] ?? ''));
    const states = lanes.flatMap((lane) => {
      const state = at === undefined ? undefined : findState(lane, at);
      return state === undefined ? [] : [state === '' ? lane.label : `${lane.label}: ${state}`];
    });
    const words = [formatTime(at ?? 0), ...states].join(' · ');
    this.#states.textContent =
      at === undefined ? 'Point at the chart to read it; click to keep the time.' : words;
    this.#track.ariaValueNow = String(at ?? this.#data.from);
    this.#track.ariaValueText =
      at === undefined
        ? 'not set'
        : [words, ...series.map(({ one }, i) => `${one.name} ${values[i] ?? ''}`)].join(', ');
  }
}
