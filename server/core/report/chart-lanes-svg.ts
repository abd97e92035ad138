import type { ChartLane, ChartSpan } from '#protocol';
import { type ChartFrame, placeTime, writeLevel, writePercent } from './chart-frame.ts';
import type { Drawing } from './chart-panel-svg.ts';
import { findRoom } from './label-room.ts';
import { type Markup, markup } from './markup.ts';
import { estimateTextWidth, fitText } from './text-width.ts';

const LANE_PX = 20;
const BOX_PX = 15;
const AXIS_PX = 22;
/** The least width of a span, as part of the plot: about 3 px. */
const LEAST = 0.0033;
/** Spans that are nearer than this part of the plot are drawn as one. */
const NEAREST = 1 / 1840;

/** Draws lanes below each other: when states held. */
export function drawLanes(lanes: readonly ChartLane[], frame: ChartFrame): Drawing {
  return {
    content: markup`${lanes.map((lane, i) => drawLane(lane, frame, i * LANE_PX))}`,
    height: lanes.length * LANE_PX,
  };
}

/** Draws the axis of time. */
export function drawTimeAxis(frame: ChartFrame): Drawing {
  const labels = frame.ticks.map(
    ({ at, label, level, anchor }) =>
      markup`<text class="axis ${anchor}${writeLevel(level)}" x="${writePercent(placeTime(frame, at))}" y="15">${label}</text>`,
  );
  return { content: markup`${labels}`, height: AXIS_PX };
}

function drawLane(lane: ChartLane, frame: ChartFrame, top: number): Markup {
  const name = fitText(lane.label, frame.gutter - 12);
  const title = name === lane.label ? undefined : markup`<title>${lane.label}</title>`;
  return markup`<rect class="lane" x="0" y="${top + 2}" width="100%" height="${BOX_PX + 1}" rx="2"/><text class="axis end" x="-8" y="${top + 14}">${title}${name}</text>${mergeSpans(
    lane.spans,
    frame,
  ).map((span) => drawSpan(span, frame, { top, tone: lane.tone }))}`;
}

function drawSpan(span: ChartSpan, frame: ChartFrame, lane: { top: number; tone: string }): Markup {
  const left = Math.min(placeTime(frame, span.from), 1 - LEAST);
  const width = Math.max(LEAST, placeTime(frame, span.to) - left);
  const label = span.label ?? '';
  const level = label === '' ? undefined : findRoom(width, estimateTextWidth(label) + 10, frame.gutter);
  const text =
    level === undefined
      ? undefined
      : markup`<text class="in${writeLevel(level)}" x="${writePercent(left)}" dx="6" y="${lane.top + 14}">${label}</text>`;
  const title = label === '' ? undefined : markup`<title>${label}</title>`;
  return markup`<rect class="box ${lane.tone}" x="${writePercent(left)}" y="${lane.top + 2.5}" width="${writePercent(width)}" height="${BOX_PX}" rx="2">${title}</rect>${text}`;
}

/** Leaves out what is outside of the chart, and makes one of spans that nobody could tell apart. */
function mergeSpans(spans: readonly ChartSpan[], frame: ChartFrame): ChartSpan[] {
  const nearest = NEAREST * (frame.to - frame.from);
  const merged: ChartSpan[] = [];
  for (const span of spans) {
    if (!(span.to >= frame.from && span.from <= frame.to)) continue;
    const previous = merged.at(-1);
    const isNear = previous !== undefined && span.from - previous.to < nearest;
    if (isNear && (previous.label === span.label || span.to - span.from < nearest)) {
      merged[merged.length - 1] = { ...previous, to: Math.max(previous.to, span.to) };
    } else merged.push(span);
  }
  return merged;
}
