import { readFloat32 } from '../../shared/blocks.ts';
import { makeElement, makeSvg } from '../../shared/element.ts';
import { createFrameTask } from '../../shared/frame-task.ts';
import { HATCHES } from '../../shared/hatches.ts';
import { formatTime } from '../../shared/time-text.ts';
import { placeTicks } from '../../shared/time-ticks.ts';
import { clamp } from '../../shared/time-range.ts';
import type { LogDocument } from '../log-document.ts';
import type { Overview } from '../overview-feed.ts';
import {
  drawSilhouette,
  drawTicks,
  invertSpans,
  placeBars,
  placeTime,
  readTime,
  type TrackScale,
} from '../../shared/track-shapes.ts';

const HEIGHT = 80;
const PILL = { width: 54, height: 16 };
/** Labels that are closer to the cursor's pill give way to it. */
const LABEL_REACH = 45;

/** The track of the time bar: what held when over the whole log, the range, and the cursor. */
export class TimeTrack {
  readonly element: HTMLElement;
  readonly #log: LogDocument;
  readonly #still = makeSvg('g');
  readonly #moving = new MovingMarks();
  #labels: readonly SVGTextElement[] = [];
  #width = 0;

  constructor(log: LogDocument) {
    this.#log = log;
    this.element = makeElement('div', {
      className: 'time-track',
      tabIndex: 0,
      attributes: { role: 'slider', 'aria-label': 'Time cursor', 'aria-valuemin': '0' },
    });
    this.element.append(makeSvg('svg', { 'aria-hidden': 'true' }, this.#still, this.#moving.element));
    const drawStill = createFrameTask(() => {
      this.#drawStill();
    });
    const drawMoving = createFrameTask(() => {
      this.#drawMoving();
    });
    log.overview.subscribe(drawStill);
    log.whole.subscribe(drawStill);
    log.state.subscribe(drawStill);
    log.cursor.subscribe(drawMoving);
    log.range.subscribe(drawMoving);
    new ResizeObserver(([entry]) => {
      this.#width = entry?.contentRect.width ?? 0;
      this.#drawStill();
    }).observe(this.element);
  }

  /** Where times stand at present. */
  get scale(): TrackScale {
    return { whole: this.#log.whole.get(), width: this.#width };
  }

  /** The time below a place of the page. */
  timeAt(clientX: number): number {
    const { left } = this.element.getBoundingClientRect();
    const { from, to } = this.#log.whole.get();
    return clamp(readTime(clientX - left, this.scale), from, to);
  }

  /** Shows where a click would go; null: nowhere. */
  preview(seconds: number | null): void {
    this.#moving.preview(seconds === null ? null : placeTime(seconds, this.scale), seconds);
  }

  #drawStill(): void {
    const { scale } = this;
    if (scale.width === 0) return;
    const overview = this.#log.overview.get();
    this.#still.replaceChildren(
      ...drawAxis(scale),
      ...(overview === null ? [] : drawOverview(overview, scale)),
      ...this.#drawUnread(scale),
    );
    this.#labels = [...this.#still.querySelectorAll('text')];
    this.#drawMoving();
  }

  #drawUnread(scale: TrackScale): readonly SVGElement[] {
    const state = this.#log.state.get();
    if (state === null || state.seconds >= scale.whole.to) return [];
    const x = placeTime(state.seconds, scale);
    return [
      makeSvg('rect', { x, y: 20, width: Math.max(0, scale.width - x), height: 50, class: 'track-unread' }),
    ];
  }

  #drawMoving(): void {
    const cursor = this.#log.cursor.get();
    const { from, to } = this.#log.range.get();
    const { scale } = this;
    this.#moving.place({
      width: scale.width,
      cursor: placeTime(cursor, scale),
      from: placeTime(from, scale),
      to: placeTime(to, scale),
      label: formatTime(cursor, 2),
    });
    this.#giveWay(placeTime(cursor, scale));
    this.element.setAttribute('aria-valuemax', scale.whole.to.toFixed(3));
    this.element.setAttribute('aria-valuenow', cursor.toFixed(3));
    this.element.setAttribute('aria-valuetext', formatTime(cursor));
  }

  #giveWay(cursor: number): void {
    for (const label of this.#labels) {
      const x = Number(label.getAttribute('x'));
      label.setAttribute('visibility', Math.abs(x - cursor) < LABEL_REACH ? 'hidden' : 'visible');
    }
  }
}

function drawAxis(scale: TrackScale): readonly SVGElement[] {
  const ticks = placeTicks(scale.whole, { pixels: scale.width, leastPixels: 140 });
  return ticks.flatMap(({ seconds, label }) => {
    const x = placeTime(seconds, scale);
    const line = makeSvg('path', { d: `M${Math.round(x) + 0.5} 17v55`, class: 'track-grid' });
    if (x > scale.width - 16) return [line];
    return [line, makeSvg('text', { x, y: 13, 'text-anchor': x < 16 ? 'start' : 'middle' }, label)];
  });
}

function drawOverview({ bands, speed }: Overview, scale: TrackScale): readonly SVGElement[] {
  const box = { width: scale.width, base: 44, height: 24 };
  const gaps = [...bands.gaps, ...bands.missingSegments];
  return [
    ...placeBars(gaps, scale).map(({ x, width }) =>
      makeSvg('rect', { x, y: 20, width, height: 24, fill: HATCHES.gap }),
    ),
    makeSvg('path', {
      d: speed === null ? '' : drawSilhouette(readFloat32(speed.high), box),
      class: 'track-speed',
    }),
    ...placeBars(invertSpans(gaps, scale.whole), scale).map(({ x, width }) =>
      makeSvg('rect', { x, y: 49, width, height: 8, rx: 1, class: 'band is-off' }),
    ),
    ...placeBars(bands.engaged, scale).map(({ x, width }) =>
      makeSvg('rect', { x, y: 49, width, height: 8, rx: 1, class: 'band is-on' }),
    ),
    ...bands.alerts.flatMap((alert) =>
      placeBars([alert], scale).map(({ x, width }) => {
        const tone = alert.severity === 'critical' ? 'error' : 'warning';
        return makeSvg('rect', {
          x,
          y: 62.5,
          width,
          height: 7,
          rx: 1,
          class: `band is-${tone}`,
          fill: HATCHES[tone],
        });
      }),
    ),
    makeSvg('path', { d: drawTicks(bands.textErrors, scale, { top: 62, height: 8 }), class: 'track-errors' }),
    ...bands.userFlags.map((seconds) =>
      makeSvg('path', {
        d: `M${placeTime(seconds, scale).toFixed(1)} 71v-9h7l-2 2.5 2 2.5h-7`,
        class: 'flag',
      }),
    ),
  ];
}

interface Marks {
  readonly width: number;
  readonly cursor: number;
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** What moves over the track: drawn anew by attributes only. */
class MovingMarks {
  readonly #before = makeSvg('rect', { x: 0, y: 18, height: 54, class: 'track-dim' });
  readonly #behind = makeSvg('rect', { y: 18, height: 54, class: 'track-dim' });
  readonly #range = makeSvg('rect', { y: 18.5, height: 53, class: 'track-range' });
  readonly #start = makeSvg('rect', { y: 34, width: 5, height: 20, rx: 2.5, class: 'track-handle' });
  readonly #end = makeSvg('rect', { y: 34, width: 5, height: 20, rx: 2.5, class: 'track-handle' });
  readonly #hover = makeSvg('path', { class: 'track-hover', visibility: 'hidden' });
  readonly #hoverText = makeSvg('text', { y: 13, 'text-anchor': 'middle', class: 'track-hover-text' });
  readonly #line = makeSvg('path', { class: 'cursor-line' });
  readonly #pill = makeSvg('rect', {
    y: 1,
    width: PILL.width,
    height: PILL.height,
    rx: 3,
    class: 'cursor-pill',
  });
  readonly #label = makeSvg('text', { y: 13, 'text-anchor': 'middle', class: 'cursor-label' });
  readonly element = makeSvg(
    'g',
    {},
    this.#before,
    this.#behind,
    this.#range,
    this.#start,
    this.#end,
    this.#hover,
    this.#hoverText,
    this.#line,
    this.#pill,
    this.#label,
  );

  place({ width, cursor, from, to, label }: Marks): void {
    set(this.#before, 'width', Math.max(0, from));
    set(this.#behind, 'x', to);
    set(this.#behind, 'width', Math.max(0, width - to));
    set(this.#range, 'x', from + 0.5);
    set(this.#range, 'width', Math.max(0, to - from - 1));
    set(this.#start, 'x', from - 2);
    set(this.#end, 'x', to - 3);
    const line = Math.round(cursor) + 0.5;
    this.#line.setAttribute('d', `M${line} 17V${HEIGHT - 7}`);
    const center = clamp(cursor, PILL.width / 2, width - PILL.width / 2);
    set(this.#pill, 'x', center - PILL.width / 2);
    set(this.#label, 'x', center);
    if (this.#label.textContent !== label) this.#label.textContent = label;
  }

  preview(x: number | null, seconds: number | null): void {
    const visibility = x === null ? 'hidden' : 'visible';
    this.#hover.setAttribute('visibility', visibility);
    this.#hoverText.setAttribute('visibility', visibility);
    if (x === null || seconds === null) return;
    this.#hover.setAttribute('d', `M${Math.round(x) + 0.5} 17v55`);
    set(this.#hoverText, 'x', x);
    this.#hoverText.textContent = formatTime(seconds, 2);
  }
}

function set(element: Element, name: string, value: number): void {
  element.setAttribute(name, value.toFixed(1));
}
