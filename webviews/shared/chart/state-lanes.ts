import type { TimeRange } from '../time-range.ts';
import type { ChartColours } from './chart-colours.ts';
import type { StateSpan } from './state-spans.ts';
import { PLOT_SIDES } from './time-chart.ts';

/** Height of one lane. */
export const LANE_HEIGHT = 22;

/** A state over time. */
export interface StateLane {
  readonly name: string;
  readonly colour: number;
  readonly spans: readonly StateSpan[];
  /** What is written on a band; empty: nothing. */
  readonly nameValue: (value: number) => string;
  /** A value that is the rest position: an empty outline. */
  readonly isOff: (value: number) => boolean;
}

/** What is drawn. */
export interface LanesContent {
  readonly range: TimeRange;
  readonly lanes: readonly StateLane[];
  readonly colours: ChartColours;
}

const BAND = { top: 3.5, height: 15, text: 15, padding: 6 } as const;

/** States over time, one lane below the other. */
export class StateLanes {
  readonly canvas = document.createElement('canvas');
  #size = '';

  constructor() {
    this.canvas.className = 'time-chart';
    this.canvas.setAttribute('role', 'img');
  }

  draw({ range, lanes, colours }: LanesContent, width: number): void {
    this.#resize(width, lanes.length * LANE_HEIGHT);
    const context = this.canvas.getContext('2d');
    if (context === null || width <= PLOT_SIDES.left + PLOT_SIDES.right) return;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, lanes.length * LANE_HEIGHT);
    context.font = `11px ${colours.font}`;
    context.lineWidth = 1;
    const plot = { width: width - PLOT_SIDES.left - PLOT_SIDES.right, range, colours };
    for (const [place, lane] of lanes.entries()) {
      context.save();
      context.translate(PLOT_SIDES.left, place * LANE_HEIGHT);
      drawLane(context, lane, plot);
      context.restore();
    }
  }

  #resize(width: number, height: number): void {
    const size = `${width}x${height}@${devicePixelRatio}`;
    if (size === this.#size) return;
    this.#size = size;
    this.canvas.width = Math.round(width * devicePixelRatio);
    this.canvas.height = Math.round(height * devicePixelRatio);
    this.canvas.style.setProperty('width', `${width}px`);
    this.canvas.style.setProperty('height', `${height}px`);
  }
}

interface LanePlot {
  readonly width: number;
  readonly range: TimeRange;
  readonly colours: ChartColours;
}

/** A band in pixels. */
interface Band {
  readonly x: number;
  readonly width: number;
  readonly value: number;
}

function drawLane(context: CanvasRenderingContext2D, lane: StateLane, plot: LanePlot): void {
  const { width, colours } = plot;
  outline(context, { x: 0.5, width: width - 1 }, colours.grid);
  const nameWidth = context.measureText(lane.name).width;
  const nameLeft = width - 10 - nameWidth;
  const bands = placeBands(lane.spans, plot);
  for (const band of bands) {
    if (!lane.isOff(band.value)) drawBand(context, band, { lane, colours });
  }
  context.fillStyle = colours.text;
  for (const { x, width: room, value } of bands) {
    const text = lane.nameValue(value);
    const end = Math.min(x + room, nameLeft) - BAND.padding;
    if (text === '' || x + BAND.padding + context.measureText(text).width > end) continue;
    context.fillStyle = lane.isOff(value) ? colours.quiet : colours.text;
    context.fillText(text, x + BAND.padding, BAND.text);
  }
  context.fillStyle = colours.text;
  context.fillText(lane.name, nameLeft, BAND.text);
}

function drawBand(
  context: CanvasRenderingContext2D,
  { x, width }: Band,
  { lane: { colour }, colours }: { readonly lane: StateLane; readonly colours: ChartColours },
): void {
  const box = { x: x + 0.5, width: Math.max(2, width - 1) };
  context.fillStyle = colours.fills[colour] ?? 'transparent';
  context.beginPath();
  context.roundRect(box.x, BAND.top, box.width, BAND.height, 2);
  context.fill();
  outline(context, box, colours.series[colour] ?? colours.text);
}

function outline(
  context: CanvasRenderingContext2D,
  { x, width }: { readonly x: number; readonly width: number },
  colour: string,
): void {
  context.strokeStyle = colour;
  context.beginPath();
  context.roundRect(x, BAND.top, width, BAND.height, 2);
  context.stroke();
}

/** Spans in pixels, as far as they are seen; what is less than half a pixel behind the one before is part of it. */
function placeBands(spans: readonly StateSpan[], { width, range }: LanePlot): readonly Band[] {
  const scale = width / (range.to - range.from);
  const bands: Band[] = [];
  for (const { from, to, value } of spans) {
    const x = Math.max(0, (from - range.from) * scale);
    const end = Math.min(width, (to - range.from) * scale);
    const last = bands.at(-1);
    if (end <= x || (last !== undefined && end - last.x < 1)) continue;
    bands.push({ x, width: end - x, value });
  }
  return bands;
}
