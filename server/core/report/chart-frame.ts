import type { TimeChart } from '#protocol';
import { findTimeStep, listTimeTicks } from '../series/axis-ticks.ts';
import { LabelRoom } from './label-room.ts';
import { Markup } from './markup.ts';
import { estimateTextWidth } from './text-width.ts';

/** Pixels left of the plot; the page has a style for each. */
const GUTTERS = [76, 104, 132, 160] as const;
const WIDEST_GUTTER = 160;
/** What a label keeps free on its sides. */
const GUTTER_AIR = 16;
/** Width of a plot for which lines are drawn. */
export const PLOT_WIDTH = 920;
/** A label of the time axis takes so many pixels at least with what stays free beside it. */
const TICK_PX = 56;
const TICK_AIR = 16;
/** Enough labels to see how long they are. */
const SAMPLE_TICKS = 4;
/** Labels of ticks behind this place would stand out over the right edge. */
const LAST_PLACE = 0.985;
/** Widths of the plot in charts of CHART_WIDTHS. */
const PLOT_WIDTHS = [244, 404, 564, 764, 920] as const;

/** A tick of the time axis. */
export interface TimeTick {
  readonly at: number;
  readonly label: string;
  /** The first of CHART_WIDTHS that has room for it, by index. */
  readonly level: number;
  /** The last label ends at its tick where it would stand out of the page otherwise. */
  readonly anchor: 'middle' | 'end';
}

/** What panels and lanes of one chart share. */
export interface ChartFrame {
  readonly from: number;
  readonly to: number;
  readonly gutter: (typeof GUTTERS)[number];
  readonly ticks: readonly TimeTick[];
}

/** Lays out what panels and lanes of a chart share: its stretch of time and the room for their names. */
export function layOutChart(chart: TimeChart): ChartFrame {
  const from = Number.isFinite(chart.from) ? chart.from : 0;
  const to = Number.isFinite(chart.to) && chart.to > from ? chart.to : from + 1;
  const widest = Math.max(0, ...chart.lanes.map(({ label }) => estimateTextWidth(label)));
  const gutter = GUTTERS.find((width) => widest + GUTTER_AIR <= width) ?? WIDEST_GUTTER;
  return { from, to, gutter, ticks: layOutTicks({ from, to, gutter }) };
}

/** Where a time stands in the plot, from 0 to 1. */
export function placeTime({ from, to }: Pick<ChartFrame, 'from' | 'to'>, seconds: number): number {
  return Math.min(1, Math.max(0, (seconds - from) / (to - from)));
}

/** Writes a place in the plot as an attribute: the drawing follows the width of the page. */
export function writePercent(place: number): Markup {
  return new Markup(`${String(Math.round(place * 10_000) / 100)}%`);
}

/** Class of what is shown from a width on. */
export function writeLevel(level: number): string {
  return level === 0 ? '' : ` w${String(level)}`;
}

/** Ticks for wide charts; those of narrow ones are among them. */
function layOutTicks(frame: Omit<ChartFrame, 'ticks'>): TimeTick[] {
  const length = frame.to - frame.from;
  const tickPx = measureTick(frame);
  const finest = findTimeStep(length, Math.max(1, Math.floor(PLOT_WIDTH / tickPx)));
  const steps = PLOT_WIDTHS.map((width) =>
    findTimeStep(length, Math.max(1, Math.floor(width / tickPx)), finest),
  );
  const room = new LabelRoom(frame.gutter, 30);
  return listTimeTicks(frame.from, frame.to, finest).map(({ at, label }) => {
    const wanted = steps.findIndex((step) => Math.abs(at / step - Math.round(at / step)) < 1e-6);
    const place = placeTime(frame, at);
    const anchor = place > LAST_PLACE ? 'end' : 'middle';
    const level = room.take({ at: place, text: label, anchor, shift: 0 }, Math.max(0, wanted));
    return { at, label, anchor, level: level ?? PLOT_WIDTHS.length - 1 };
  });
}

/** Times of logs whose clock jumped have long labels. */
function measureTick({ from, to }: Pick<ChartFrame, 'from' | 'to'>): number {
  const ticks = listTimeTicks(from, to, findTimeStep(to - from, SAMPLE_TICKS));
  return Math.max(TICK_PX, ...ticks.map(({ label }) => estimateTextWidth(label) + TICK_AIR));
}
