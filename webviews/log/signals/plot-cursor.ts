import { makeElement } from '../../shared/element.ts';
import { makeSeriesSign } from '../../shared/chart/series-sign.ts';

/** The sign of a series where the cursor meets its line. */
export interface CursorMark {
  readonly colour: number;
  readonly y: number;
}

/** The cursor over a plot: it moves without anything being drawn anew. */
export class PlotCursor {
  readonly element = makeElement('div', { className: 'plot-cursors', attributes: { 'aria-hidden': 'true' } });
  readonly #line = makeElement('div', { className: 'plot-cursor' });
  readonly #hover = makeElement('div', { className: 'plot-cursor is-preview' });
  #marks: readonly SVGSVGElement[] = [];
  #colours = '';

  constructor() {
    this.element.append(this.#hover, this.#line);
    this.preview(null);
  }

  /** Moves the cursor; null: it is not seen. */
  place(x: number | null, marks: readonly CursorMark[]): void {
    move(this.#line, x);
    const colours = marks.map(({ colour }) => colour).join();
    if (colours !== this.#colours) this.#makeMarks(marks);
    this.#colours = colours;
    for (const [place, mark] of this.#marks.entries()) {
      const y = marks[place]?.y ?? 0;
      mark.style.setProperty('display', x === null ? 'none' : 'block');
      mark.style.setProperty('transform', `translate(${Math.round(x ?? 0) - 4.5}px, ${y - 5}px)`);
    }
  }

  /** Shows where a click would put the cursor; null: nowhere. */
  preview(x: number | null): void {
    move(this.#hover, x);
  }

  #makeMarks(marks: readonly CursorMark[]): void {
    for (const mark of this.#marks) mark.remove();
    this.#marks = marks.map(({ colour }) => makeSeriesSign(colour));
    this.element.append(...this.#marks);
  }
}

function move(line: HTMLElement, x: number | null): void {
  line.hidden = x === null;
  if (x !== null) line.style.setProperty('transform', `translateX(${Math.round(x)}px)`);
}
