import type { ChartPanel } from '#protocol';
import { listValueTicks } from '../series/axis-ticks.ts';
import { type ChartFrame, PLOT_WIDTH, placeTime, writeLevel, writePercent } from './chart-frame.ts';
import { findRoom, type Label, LabelRoom } from './label-room.ts';
import { Markup, markup } from './markup.ts';
import { listPanelGaps } from './panel-gaps.ts';
import { drawSeries } from './series-path.ts';
import { estimateTextWidth, fitText } from './text-width.ts';
import { findValueRange } from './value-axis.ts';

/** A drawing that fills the width it is given. */
export interface Drawing {
  readonly content: Markup;
  /** Pixels. */
  readonly height: number;
}

/** Labels of the axis of values stand at least so many pixels apart. */
const TICK_PX = 22;
/** The unit stands above; labels nearer to the top give way. */
const UNIT_PX = 20;
/** A row of labels of marks. */
const MARK_ROW_PX = 15;
const MARK_ROWS = 2;
/** The width of a chart on paper, as index of CHART_WIDTHS: what has room there needs no better place. */
const PAPER = 2;
/** Free above the topmost label of the axis, for the unit. */
const TOP_PX = 16;
const BOTTOM_PX = 4;

/** What is needed to draw into one panel. */
interface PanelScale {
  readonly frame: ChartFrame;
  readonly height: number;
  readonly placeValue: (value: number) => number;
}

/** The title above a panel; empty where its only line has the same name. */
export function headPanel({ title, series }: ChartPanel): string {
  return series.length === 1 && series[0]?.name === title ? '' : title;
}

/** Share of the width behind which labels of bands stand. */
const BAND_LABEL_FROM = 0.85;

/** Draws the lines of a panel with their axis, bands, spans, marks and gaps. */
export function drawPanel(panel: ChartPanel, frame: ChartFrame, height: number): Drawing {
  if (panel.series.length + panel.spans.length + panel.marks.length === 0)
    return drawEmptyPanel(frame, height);
  const range = findValueRange(panel);
  const top = TOP_PX + (panel.marks.length > 0 ? MARK_ROW_PX * (MARK_ROWS - 1) : 0);
  const perValue = (height - BOTTOM_PX - top) / (range.high - range.low);
  const placeValue = (value: number): number =>
    Math.round((top + (range.high - Math.min(range.high, Math.max(range.low, value))) * perValue) * 10) / 10;
  const scale: PanelScale = { frame, height, placeValue };
  const ticks = listValueTicks(range.low, range.high, Math.max(1, Math.floor((height - top) / TICK_PX)));
  const content = markup`${drawTimeGrid(scale)}${ticks.map((tick) => drawValueTick(tick, scale))}${drawUnit(panel)}${panel.bands.map(
    (band) => drawBand(band, scale),
  )}${drawGaps(panel, scale)}${panel.spans.map((span) => drawSpan(span, scale))}${drawLines(panel, scale)}${drawMarks(
    panel,
    scale,
  )}${panel.bands.map((band) => labelBand(band, panel, scale))}`;
  return { content, height };
}

function drawEmptyPanel(frame: ChartFrame, height: number): Drawing {
  const words = markup`<text class="muted middle" x="50%" y="${height / 2 + 4}">no data</text>`;
  return { content: markup`${drawTimeGrid({ frame, height })}${words}`, height };
}

function drawTimeGrid({ frame, height }: Pick<PanelScale, 'frame' | 'height'>): Markup[] {
  return frame.ticks.map(({ at, level }) => {
    const x = writePercent(placeTime(frame, at));
    return markup`<line class="grid${writeLevel(level)}" x1="${x}" x2="${x}" y1="0" y2="${height}"/>`;
  });
}

function drawValueTick({ at, label }: { at: number; label: string }, { placeValue }: PanelScale): Markup {
  const y = placeValue(at);
  const zero = at === 0 ? ' zero' : '';
  const text = y < UNIT_PX ? undefined : markup`<text class="axis end" x="-8" y="${y + 4}">${label}</text>`;
  return markup`<line class="grid${zero}" x1="0" x2="100%" y1="${y}" y2="${y}"/>${text}`;
}

function drawUnit({ unit }: ChartPanel): Markup | undefined {
  if (unit === '') return undefined;
  return markup`<text class="axis end" x="-8" y="10">${fitText(unit, 66)}</text>`;
}

function drawBand({ from, to }: ChartPanel['bands'][number], { placeValue }: PanelScale): Markup {
  const y = placeValue(Math.max(from, to));
  return markup`<rect class="band" x="0" y="${y}" width="100%" height="${heightBetween(y, placeValue(Math.min(from, to)))}"/>`;
}

/** Names a band at its right end, or above it where spans lie there. */
function labelBand(
  { from, to, label }: ChartPanel['bands'][number],
  { spans }: ChartPanel,
  { placeValue, frame }: PanelScale,
): Markup {
  const isCovered = spans.some((span) => placeTime(frame, span.to) > BAND_LABEL_FROM);
  const y = isCovered ? placeValue(Math.max(from, to)) - 5 : (placeValue(from) + placeValue(to)) / 2 + 4;
  return markup`<text class="halo muted end" x="100%" dx="-5" y="${Math.round(y * 10) / 10}">${label}</text>`;
}

function drawGaps(panel: ChartPanel, { frame, height }: PanelScale): Markup[] {
  const room = new LabelRoom(frame.gutter);
  return listPanelGaps(panel, frame).map(({ from, to }) => {
    const left = placeTime(frame, from);
    const right = placeTime(frame, to);
    const text = `no data ${(to - from).toFixed(2)}\u00a0s`;
    const level = room.take({ at: right, text, anchor: 'start', shift: 5 });
    const label =
      level === undefined
        ? undefined
        : markup`<text class="halo muted${writeLevel(level)}" x="${writePercent(right)}" dx="5" y="${height - 8}">${text}</text>`;
    return markup`<rect class="gap" x="${writePercent(left)}" y="0" width="${writePercent(right - left)}" height="${height}"><title>${text}</title></rect>${label}`;
  });
}

function drawSpan(span: ChartPanel['spans'][number], { frame, placeValue }: PanelScale): Markup | undefined {
  if (!(span.to >= frame.from && span.from <= frame.to)) return undefined;
  const left = placeTime(frame, span.from);
  const width = Math.max(0.003, placeTime(frame, span.to) - left);
  const y = placeValue(Math.max(span.low, span.high));
  const height = heightBetween(y, placeValue(Math.min(span.low, span.high)));
  const label = span.label ?? '';
  const level = label === '' ? undefined : findRoom(width, estimateTextWidth(label) + 10, frame.gutter);
  const text =
    level === undefined || height < 14
      ? undefined
      : markup`<text class="halo${writeLevel(level)}" x="${writePercent(left)}" dx="5" y="${y + 12}">${label}</text>`;
  const title = label === '' ? undefined : markup`<title>${label}</title>`;
  return markup`<rect class="box ${span.tone}" x="${writePercent(left)}" y="${y}" width="${writePercent(width)}" height="${height}">${title}</rect>${text}`;
}

function drawLines(panel: ChartPanel, { frame, height, placeValue }: PanelScale): Markup | undefined {
  const perSecond = PLOT_WIDTH / (frame.to - frame.from);
  const paths = panel.series.map((series) => {
    const { line, dots } = drawSeries(series, { from: frame.from, perSecond, placeValue });
    const points =
      dots === '' ? undefined : markup`<path class="dots ${series.tone}" d="${new Markup(dots)}"/>`;
    return line === ''
      ? points
      : markup`<path class="line ${series.tone}" d="${new Markup(line)}"/>${points}`;
  });
  if (paths.every((path) => path === undefined)) return undefined;
  return markup`<svg class="lines" width="100%" height="${height}" viewBox="0 0 ${PLOT_WIDTH} ${height}" preserveAspectRatio="none">${paths}</svg>`;
}

function drawMarks(panel: ChartPanel, scale: PanelScale): Markup[] {
  const rooms = Array.from({ length: MARK_ROWS }, () => new LabelRoom(scale.frame.gutter));
  return panel.marks
    .filter(({ at }) => at >= scale.frame.from && at <= scale.frame.to)
    .map((mark) => drawMark(mark, scale, rooms));
}

function drawMark(
  { at, value, label, tone }: ChartPanel['marks'][number],
  { frame, placeValue, height }: PanelScale,
  rooms: readonly LabelRoom[],
): Markup {
  const place = placeTime(frame, at);
  const x = writePercent(place);
  const y = Number.isFinite(value) ? placeValue(value) : height - BOTTOM_PX;
  const found = findMarkRoom(label, place, rooms);
  const labelY = 11 + MARK_ROW_PX * (found?.row ?? 0);
  const side = found?.anchor === 'end' ? markup` end" x="${x}" dx="-6` : markup`" x="${x}" dx="6`;
  const text =
    found === undefined
      ? undefined
      : markup`<text class="halo${writeLevel(found.level)}${side}" y="${labelY}">${label}</text>`;
  return markup`<line class="mark ${tone}" x1="${x}" x2="${x}" y1="${labelY - 8}" y2="${y}"/><rect class="point ${tone}" x="${x}" y="${y}" width="7" height="7" transform="translate(-3.5 -3.5)"><title>${label}</title></rect>${text}`;
}

/** Where the label of a mark stands. */
interface MarkRoom {
  readonly level: number;
  readonly row: number;
  readonly anchor: 'start' | 'end';
}

/** A label stands right of its mark, else left of it, in the first row: wherever even narrow charts have room. */
function findMarkRoom(text: string, at: number, rooms: readonly LabelRoom[]): MarkRoom | undefined {
  let best: MarkRoom | undefined;
  for (const [row, room] of rooms.entries()) {
    for (const anchor of ['start', 'end'] as const) {
      const level = room.find(placeMarkLabel(text, at, anchor));
      if (level === undefined || (best !== undefined && Math.max(level, PAPER) >= best.level)) continue;
      best = { level, row, anchor };
    }
  }
  if (best !== undefined) rooms[best.row]?.take(placeMarkLabel(text, at, best.anchor));
  return best;
}

function placeMarkLabel(text: string, at: number, anchor: MarkRoom['anchor']): Label {
  return { at, text, anchor, shift: anchor === 'end' ? -6 : 6 };
}

function heightBetween(top: number, bottom: number): number {
  return Math.max(1, Math.round((bottom - top) * 10) / 10);
}
