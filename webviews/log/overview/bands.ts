import './bands.css';
import { makeElement, makeSvg } from '../../shared/element.ts';
import { createFrameTask } from '../../shared/frame-task.ts';
import { HATCHES } from '../../shared/hatches.ts';
import type { TimeRange } from '../../shared/time-range.ts';
import { placeTicks } from '../../shared/time-ticks.ts';
import {
  drawTicks,
  invertSpans,
  placeBars,
  placeTime,
  readTime,
  type TrackScale,
} from '../../shared/track-shapes.ts';
import type { LogDocument } from '../log-document.ts';
import { type BandLane, describeLane, isEmptyLane, listLanes } from './band-lanes.ts';

const LANE = 22;
const NAMES = 116;
/** A label is written into a band that is wider than this, else beside it. */
const ROOMY = 200;
/** Pixels that a label beside its band takes. */
const BESIDE = 112;

/** When what held, over the whole log, with an axis of its own. */
export class Bands {
  readonly element = makeElement('div', { className: 'bands' });
  readonly #log: LogDocument;
  readonly #still = makeSvg('g');
  readonly #before = makeSvg('rect', { class: 'bands-dim' });
  readonly #behind = makeSvg('rect', { class: 'bands-dim' });
  readonly #range = makeSvg('path', { class: 'bands-range' });
  readonly #line = makeSvg('path', { class: 'cursor-line' });
  readonly #svg: SVGSVGElement;
  #width = 0;
  #lanes: readonly BandLane[] = [];

  constructor(log: LogDocument) {
    this.#log = log;
    this.#svg = makeSvg(
      'svg',
      { role: 'img' },
      this.#still,
      this.#before,
      this.#behind,
      this.#range,
      this.#line,
    );
    this.element.append(this.#svg);
    const drawStill = createFrameTask(() => {
      this.#drawStill();
    });
    const drawMoving = createFrameTask(() => {
      this.#drawMoving();
    });
    log.overview.subscribe(drawStill);
    log.whole.subscribe(drawStill);
    log.cursor.subscribe(drawMoving);
    log.range.subscribe(drawMoving);
    new ResizeObserver(([entry]) => {
      this.#width = entry?.contentRect.width ?? 0;
      this.#drawStill();
    }).observe(this.element);
    this.element.addEventListener('click', ({ clientX }) => {
      const x = clientX - this.element.getBoundingClientRect().left - NAMES;
      if (x >= 0) log.cursor.set(readTime(x, this.#scale));
    });
  }

  get #scale(): TrackScale {
    return { whole: this.#log.whole.get(), width: Math.max(1, this.#width - NAMES) };
  }

  get #height(): number {
    return this.#lanes.length * LANE;
  }

  #drawStill(): void {
    const overview = this.#log.overview.get();
    if (this.#width === 0 || overview === null) return;
    this.#lanes = listLanes(overview);
    this.#svg.setAttribute('height', String(this.#height + LANE));
    this.#svg.setAttribute('aria-label', `Bands over time. ${this.#lanes.map(describeLane).join('. ')}.`);
    const { gaps, missingSegments } = overview.bands;
    const place = {
      scale: this.#scale,
      known: invertSpans([...gaps, ...missingSegments], this.#log.whole.get()),
    };
    this.#still.replaceChildren(
      ...this.#drawAxis(),
      ...this.#lanes.flatMap((lane, row) => drawLane(lane, { ...place, top: row * LANE })),
    );
    this.#drawMoving();
  }

  #drawAxis(): readonly SVGElement[] {
    const scale = this.#scale;
    const ticks = placeTicks(scale.whole, { pixels: scale.width, leastPixels: 80 });
    return ticks.flatMap(({ seconds, label }) => {
      const x = NAMES + placeTime(seconds, scale);
      const line = makeSvg('path', { d: `M${Math.round(x) + 0.5} 0V${this.#height}`, class: 'track-grid' });
      if (x > this.#width - 12) return [line];
      return [line, makeSvg('text', { x, y: this.#height + 14, 'text-anchor': 'middle' }, label)];
    });
  }

  #drawMoving(): void {
    const scale = this.#scale;
    const { from, to } = this.#log.range.get();
    const [a, b] = [from, to].map((seconds) => NAMES + placeTime(seconds, scale));
    if (a === undefined || b === undefined) return;
    const height = this.#height;
    const isWhole = from <= scale.whole.from && to >= scale.whole.to;
    setBox(this.#before, { x: NAMES, width: a - NAMES, height });
    setBox(this.#behind, { x: b, width: NAMES + scale.width - b, height });
    this.#range.setAttribute('d', isWhole ? '' : `M${a.toFixed(1)} 0V${height}M${b.toFixed(1)} 0V${height}`);
    const line = Math.round(NAMES + placeTime(this.#log.cursor.get(), scale)) + 0.5;
    this.#line.setAttribute('d', `M${line} 0V${height}`);
  }
}

function setBox(
  element: Element,
  { x, width, height }: { readonly x: number; readonly width: number; readonly height: number },
): void {
  element.setAttribute('x', x.toFixed(1));
  element.setAttribute('width', Math.max(0, width).toFixed(1));
  element.setAttribute('height', String(height));
}

interface LanePlace {
  readonly top: number;
  readonly scale: TrackScale;
  /** Where there is data. */
  readonly known: readonly TimeRange[];
}

function drawLane(lane: BandLane, { top, scale, known }: LanePlace): readonly SVGElement[] {
  const name = makeSvg('text', { x: 0, y: top + 15, class: 'band-name' }, lane.name);
  name.append(makeSvg('title', {}, lane.source));
  const backs = placeBars(known, scale).map(({ x, width }) =>
    makeSvg('rect', { x: x + NAMES, y: top + 6, width, height: 10, rx: 1, class: 'band is-off' }),
  );
  const start = NAMES + 6 + placeTime(known[0]?.from ?? 0, scale);
  if (isEmptyLane(lane)) return [name, ...backs, makeSvg('text', { x: start, y: top + 15 }, 'none')];
  const ticks = drawTicks(lane.ticks, scale, { top: top + 5, height: 12 });
  return [
    name,
    ...backs,
    ...lane.spans.flatMap((span, index) => {
      const next = lane.spans[index + 1];
      return drawSpan(span, {
        top,
        scale,
        end: next === undefined ? scale.width : placeTime(next.from, scale),
      });
    }),
    ...(ticks === '' ? [] : [shift(makeSvg('path', { d: ticks, class: 'track-errors' }))]),
    ...lane.flags.flatMap(({ seconds, label }) => drawFlag(placeTime(seconds, scale) + NAMES, top, label)),
  ];
}

interface SpanPlace extends Pick<LanePlace, 'top' | 'scale'> {
  /** Where the next span of the lane begins, or the lane ends. */
  readonly end: number;
}

function drawSpan(
  { label, look, ...span }: BandLane['spans'][number],
  { top, scale, end }: SpanPlace,
): readonly SVGElement[] {
  return placeBars([span], scale).flatMap(({ x, width }) => {
    const fill = look === 'warning' || look === 'error' ? { fill: HATCHES[look] } : {};
    const box = { x: x + NAMES, y: top + 5.5, width, height: 11, rx: 1, class: `band is-${look}`, ...fill };
    const rect = makeSvg('rect', box);
    if (label === null) return [rect];
    rect.append(makeSvg('title', {}, label));
    const isInside = width > ROOMY;
    const isBeside = x + width + 8 + BESIDE < end;
    if (!isInside && !isBeside) return [rect];
    const at = isInside ? x + 6 : x + width + 8;
    return [rect, makeSvg('text', { x: at + NAMES, y: top + 15, class: 'band-label' }, label)];
  });
}

function drawFlag(x: number, top: number, label: string): readonly SVGElement[] {
  return [
    makeSvg('path', { d: `M${x.toFixed(1)} ${top + 18}v-14h9l-2.5 3.5 2.5 3.5h-9`, class: 'flag' }),
    makeSvg('text', { x: x + 14, y: top + 15, class: 'band-label' }, label),
  ];
}

function shift<Shape extends SVGElement>(shape: Shape): Shape {
  shape.setAttribute('transform', `translate(${NAMES} 0)`);
  return shape;
}
