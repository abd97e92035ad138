import { makeElement, makeSvg, setText } from '../../shared/element.ts';
import type { TimeRange } from '../../shared/time-range.ts';
import { formatTime } from '../../shared/time-text.ts';
import { placeTicks } from '../../shared/time-ticks.ts';
import { PLOT_SIDES } from '../../shared/chart/time-chart.ts';
import { placeInPlot } from './signals-view.ts';

const PILL = { width: 58, height: 17, top: 2 } as const;
/** Labels nearer to the pill give way. */
const PILL_ROOM = 48;

/** The axis of time below all charts, with the pill of the cursor. */
export class TimeAxis {
  readonly element = makeElement('div', { className: 'signals-axis', attributes: { 'aria-hidden': 'true' } });
  readonly #labels = makeSvg('g');
  readonly #pill = makeElement('span', { className: 'axis-pill' });
  readonly #preview = makeElement('span', { className: 'axis-pill is-preview', hidden: true });

  constructor() {
    this.element.append(makeSvg('svg', {}, this.#labels), this.#preview, this.#pill);
  }

  draw(range: TimeRange, cursor: number, width: number): void {
    const pixels = width - PLOT_SIDES.left - PLOT_SIDES.right;
    const at = placeInPlot(cursor, range, width);
    const ticks = placeTicks(range, { pixels });
    const labels = ticks.flatMap(({ seconds, label }) => {
      const x = placeInPlot(seconds, range, width);
      if (x === null || (at !== null && Math.abs(x - at) < PILL_ROOM)) return [];
      return [makeSvg('text', { x, y: 15, 'text-anchor': anchorOf(x, width) }, label)];
    });
    this.#labels.replaceChildren(...labels);
    place(this.#pill, { x: at, seconds: cursor, width });
  }

  /** Tells the time below the pointer; null: nothing. */
  preview(seconds: number | null, range: TimeRange, width: number): void {
    const x = seconds === null ? null : placeInPlot(seconds, range, width);
    place(this.#preview, { x, seconds: seconds ?? 0, width });
  }
}

function anchorOf(x: number, width: number): string {
  if (x < PLOT_SIDES.left + 16) return 'start';
  return x > width - PLOT_SIDES.right - 16 ? 'end' : 'middle';
}

interface PillPlace {
  readonly x: number | null;
  readonly seconds: number;
  readonly width: number;
}

function place(pill: HTMLElement, { x, seconds, width }: PillPlace): void {
  pill.hidden = x === null;
  if (x === null) return;
  setText(pill, formatTime(seconds));
  const left = Math.min(Math.max(0, x - PILL.width / 2), width - PILL.width);
  pill.style.setProperty('transform', `translate(${left}px, ${PILL.top}px)`);
}
