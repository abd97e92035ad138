import './time-chart.css';
import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
  type Scale,
} from 'chart.js';
import type { TimeRange } from '../time-range.ts';
import { formatDuration } from '../time-text.ts';
import { placeTicks } from '../time-ticks.ts';
import type { ChartColours } from './chart-colours.ts';
import { type LinePoints, type PlotScale, traceLine } from './series-line.ts';
import { placeValueTicks, type ValueSpan, type ValueTick } from './value-ticks.ts';

Chart.register(LinearScale, LineController, LineElement, PointElement);

/** Width of the axis of values, and the room at the right end. */
export const PLOT_SIDES = { left: 56, right: 12 } as const;

/** One line of a chart. */
export interface ChartLine {
  readonly colour: number;
  readonly points: LinePoints;
  /** Holds a value until the next one. */
  readonly isStepped: boolean;
  /** Samples in the range that the points were made for. */
  readonly samples: number;
}

/** A stretch without any data. */
export interface Silence extends TimeRange {
  readonly isNamed: boolean;
}

/** What a chart shows. */
export interface ChartContent {
  readonly range: TimeRange;
  /** Null where no value is known. */
  readonly span: ValueSpan | null;
  readonly lines: readonly ChartLine[];
  readonly silences: readonly Silence[];
  readonly colours: ChartColours;
}

const NO_SPAN: ValueSpan = { least: 0, most: 1 };
const LINE_WIDTH = 1.5;
/** From this distance of samples on, each has a dot. */
const DOT_PIXELS = 8;
const HATCH_PIXELS = 8;
/** Half the height of a label. */
const LABEL_ROOM = 6;

/** Lines over time, drawn by chart.js: axes and grid are its own, strokes, gaps and silences are drawn here. */
export class TimeChart {
  readonly canvas = document.createElement('canvas');
  readonly #chart: Chart;
  #content: ChartContent | null = null;
  #ticks: readonly ValueTick[] = [];
  #size = '';

  constructor() {
    this.canvas.className = 'time-chart';
    this.canvas.setAttribute('role', 'img');
    this.#chart = new Chart(this.canvas, {
      type: 'line',
      data: { datasets: [] },
      options: {
        ...{
          responsive: false,
          maintainAspectRatio: false,
          animation: false,
          parsing: false,
          normalized: true,
          events: [],
        },
        layout: { autoPadding: false, padding: { right: PLOT_SIDES.right } },
        scales: { x: this.#makeTimeAxis(), y: this.#makeValueAxis() },
      },
      plugins: [this.#makeStrokes()],
    });
  }

  /** Draws; the canvas is resized only where that differs. */
  draw(content: ChartContent, size: { readonly width: number; readonly height: number }): void {
    this.#content = content;
    this.#resize(size);
    const { range, span } = content;
    const { x, y } = this.#chart.options.scales ?? {};
    Object.assign(x ?? {}, { min: range.from, max: range.to });
    const { least, most } = span ?? NO_SPAN;
    Object.assign(y ?? {}, { min: least, max: most });
    this.#ticks = span === null ? [] : placeValueTicks(span, size.height);
    this.#chart.update('none');
  }

  /** Where a value stands, in pixels from the top; null where nothing is drawn. */
  placeValue(value: number): number | null {
    const { chartArea, scales } = this.#chart;
    if ((this.#content?.span ?? null) === null || scales['y'] === undefined) return null;
    const y = scales['y'].getPixelForValue(value);
    return y >= chartArea.top - 1 && y <= chartArea.bottom + 1 ? y : null;
  }

  destroy(): void {
    this.#chart.destroy();
    this.canvas.remove();
  }

  #resize({ width, height }: { readonly width: number; readonly height: number }): void {
    const size = `${width}x${height}@${devicePixelRatio}`;
    if (size === this.#size) return;
    this.#size = size;
    this.#chart.options.devicePixelRatio = devicePixelRatio;
    this.#chart.resize(width, height);
  }

  /** A label at the very edge would be cut off. */
  #labelTick(place: number): string {
    const tick = this.#ticks[place];
    const { least, most } = this.#content?.span ?? NO_SPAN;
    if (tick === undefined) return '';
    const room = (Math.min(tick.value - least, most - tick.value) / (most - least)) * this.#chart.height;
    return room < LABEL_ROOM ? '' : tick.label;
  }

  #makeTimeAxis() {
    return {
      type: 'linear' as const,
      ticks: { display: false, autoSkip: false },
      border: { display: false },
      grid: { drawTicks: false, color: () => this.#content?.colours.grid ?? 'transparent' },
      afterFit: (scale: Scale) => {
        scale.height = 0;
      },
      afterBuildTicks: (scale: Scale) => {
        const pixels = scale.chart.width - PLOT_SIDES.left - PLOT_SIDES.right;
        const range = this.#content?.range ?? { from: 0, to: 0 };
        scale.ticks = placeTicks(range, { pixels }).map(({ seconds }) => ({ value: seconds }));
      },
    };
  }

  #makeValueAxis() {
    return {
      type: 'linear' as const,
      border: { display: false },
      grid: {
        drawTicks: false,
        color: ({ tick }: { readonly tick?: { readonly value: number } }) => {
          const { colours } = this.#content ?? {};
          return (tick?.value === 0 ? colours?.strongGrid : colours?.grid) ?? 'transparent';
        },
      },
      ticks: {
        ...{ autoSkip: false, padding: 8, maxRotation: 0 },
        color: () => this.#content?.colours.quiet ?? 'transparent',
        font: () => ({ size: 11, lineHeight: 1, family: this.#content?.colours.font ?? 'sans-serif' }),
        callback: (_value: unknown, place: number) => this.#labelTick(place),
      },
      afterFit: (scale: Scale) => {
        Object.assign(scale, { width: PLOT_SIDES.left, paddingTop: 0, paddingBottom: 0 });
      },
      afterBuildTicks: (scale: Scale) => {
        scale.ticks = this.#ticks.map(({ value }) => ({ value }));
      },
    };
  }

  #makeStrokes(): Plugin<'line'> {
    return {
      id: 'strokes',
      beforeDatasetsDraw: ({ ctx, chartArea: { left, top, right, bottom } }) => {
        const content = this.#content;
        if (content === null || right <= left || bottom <= top) return;
        ctx.save();
        ctx.beginPath();
        ctx.rect(left, top, right - left, bottom - top);
        ctx.clip();
        drawContent(ctx, content, { left, top, right, bottom });
        ctx.restore();
      },
    };
  }
}

interface PlotBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function drawContent(context: CanvasRenderingContext2D, content: ChartContent, box: PlotBox): void {
  const { range, span, lines, silences, colours } = content;
  const { least, most } = span ?? NO_SPAN;
  const scale: PlotScale = {
    ...{ left: box.left, bottom: box.bottom, from: range.from, least },
    pixelsPerSecond: (box.right - box.left) / (range.to - range.from),
    pixelsPerValue: (box.bottom - box.top) / (most - least),
  };
  for (const silence of silences) drawSilence(context, silence, { box, scale, colours });
  context.lineWidth = LINE_WIDTH;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  for (const line of lines) drawLine(context, line, { box, scale, colours });
}

interface Surroundings {
  readonly box: PlotBox;
  readonly scale: PlotScale;
  readonly colours: ChartColours;
}

function drawLine(
  context: CanvasRenderingContext2D,
  line: ChartLine,
  { scale, colours }: Surroundings,
): void {
  const { points, isStepped, colour } = line;
  context.strokeStyle = colours.series[colour] ?? colours.text;
  context.beginPath();
  traceLine(context, points, { ...scale, isStepped });
  context.stroke();
  if (!isStepped && hasDots(line, scale)) drawDots(context, line, { scale, fill: context.strokeStyle });
}

/** Whether the samples that are drawn stand so far apart that each can be told. */
function hasDots({ points: { seconds } }: ChartLine, { pixelsPerSecond }: PlotScale): boolean {
  const length = (seconds.at(-1) ?? 0) - (seconds[0] ?? 0);
  return seconds.length > 0 && (length * pixelsPerSecond) / seconds.length >= DOT_PIXELS;
}

function drawDots(
  context: CanvasRenderingContext2D,
  { points: { seconds, values } }: ChartLine,
  { scale, fill }: { readonly scale: PlotScale; readonly fill: string | CanvasGradient | CanvasPattern },
): void {
  context.fillStyle = fill;
  context.beginPath();
  for (let place = 0; place < seconds.length; place += 1) {
    const value = values[place] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const x = scale.left + ((seconds[place] ?? 0) - scale.from) * scale.pixelsPerSecond;
    const y = scale.bottom - (value - scale.least) * scale.pixelsPerValue;
    context.moveTo(x + 2.5, y);
    context.arc(x, y, 2.5, 0, 2 * Math.PI);
  }
  context.fill();
}

function drawSilence(
  context: CanvasRenderingContext2D,
  { from, to, isNamed }: Silence,
  { box, scale, colours }: Surroundings,
): void {
  const place = (seconds: number): number => scale.left + (seconds - scale.from) * scale.pixelsPerSecond;
  const left = Math.max(box.left, place(from));
  const right = Math.min(box.right, Math.max(place(to), left + 2));
  if (right <= left) return;
  context.save();
  context.beginPath();
  context.rect(left, box.top, right - left, box.bottom - box.top);
  context.clip();
  context.strokeStyle = colours.strongGrid;
  context.lineWidth = 1;
  context.beginPath();
  const height = box.bottom - box.top;
  const first = Math.floor((left - height) / HATCH_PIXELS) * HATCH_PIXELS;
  for (let x = first; x < right; x += HATCH_PIXELS) {
    context.moveTo(x, box.bottom);
    context.lineTo(x + height, box.top);
  }
  context.stroke();
  context.restore();
  if (!isNamed) return;
  const text = `bus silent ${formatDuration(to - from)}`;
  context.font = `11px ${colours.font}`;
  context.fillStyle = colours.quiet;
  const { width } = context.measureText(text);
  context.fillText(text, Math.max(box.left + 4, Math.min(left + 4, box.right - width - 4)), box.top + 14);
}
