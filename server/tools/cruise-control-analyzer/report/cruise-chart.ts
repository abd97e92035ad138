import type { ChartLane, ChartPanel, ChartSpan, ChartTone, TimeChart } from '#protocol';
import { createSeries } from '../../../core/series/chart-series.ts';
import { formatNumber } from '../../../core/report/number-text.ts';
import type { CruiseAnalysis } from '../analysis/cruise-analysis.ts';
import type { Span } from '../../subaru/bit-spans.ts';
import type { SpeedTimeline } from '../analysis/cruise-findings.ts';
import { findSpans, listSetPresses, type SpeedRange } from './cruise-story.ts';
import type { CruiseMessageName } from '../../subaru/subaru-signals.ts';
import { writeRange } from './cruise-words.ts';

/** A wide target is drawn so far beyond the speeds of the drive, in mph. */
const BAND_REACH = 10;

/** A blinker that is dark for less than that between two flashes is still on; lamps flash about once in 0.7 s. */
const LONGEST_DARK = 1;

interface Stretch {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** A lane of a bit: label, message, signal, tone, and what stands in its spans. */
type BitLane = readonly [
  label: string,
  message: CruiseMessageName,
  signal: string,
  tone: ChartTone,
  word: string,
];

const BIT_LANES: readonly BitLane[] = [
  ['SET', 'Cruise_Buttons', 'set', 'series3', ''],
  ['RESUME', 'Cruise_Buttons', 'resume', 'series4', ''],
  ['MAIN', 'Cruise_Buttons', 'main', 'series4', ''],
  ['Cruise on', 'Cruise_Status', 'cruise_on', 'series1', 'on'],
  ['Activated', 'Cruise_Status', 'cruise_activated', 'series3', ''],
  ['Brake', 'Brake_Pedal', 'brake_lights', 'series6', ''],
  ['ES brake', 'ES_Brake', 'cruise_brake_active', 'series6', ''],
];

/** The story of the drive over time: speed with the target, presses of SET, and lanes of what held when. */
export function drawStory(analysis: CruiseAnalysis, range: SpeedRange): TimeChart {
  const { zeroSeconds, speed } = analysis;
  return {
    title: 'Speed and events',
    from: analysis.firstSeconds - zeroSeconds,
    to: analysis.lastSeconds - zeroSeconds,
    panels: speed === undefined || speed.length === 0 ? [] : [drawSpeed(analysis, speed, range)],
    lanes: listLanes(analysis),
  };
}

function drawSpeed(analysis: CruiseAnalysis, speed: SpeedTimeline, range: SpeedRange): ChartPanel {
  const { zeroSeconds } = analysis;
  const low = Math.max(range.minMph, Math.min(speed.minMph - BAND_REACH, range.maxMph - 1));
  const high = Math.min(range.maxMph, Math.max(speed.maxMph + BAND_REACH, range.minMph + 1));
  const seconds = speed.seconds.subarray(0, speed.length).map((at) => at - zeroSeconds);
  const values = speed.mph.subarray(0, speed.length);
  const [from, to] = [analysis.firstSeconds - zeroSeconds, analysis.lastSeconds - zeroSeconds];
  return {
    title: 'Speed',
    unit: 'mph',
    series: [createSeries({ name: 'Speed', tone: 'series1', isStepped: false, seconds, values, from, to })],
    bands: [{ from: low, to: high, label: `target ${writeRange(range)}` }],
    spans: analysis.targetSpans.map(({ startSeconds, endSeconds }) => ({
      from: startSeconds - zeroSeconds,
      to: endSeconds - zeroSeconds,
      low,
      high,
      tone: 'ok',
    })),
    marks: listMarks(analysis, range),
  };
}

function listMarks(analysis: CruiseAnalysis, range: SpeedRange): ChartPanel['marks'] {
  return listSetPresses(analysis, range).flatMap(({ seconds, speed }, index) => {
    if (speed === undefined) return [];
    const label = `SET ${String(index + 1)} · ${formatNumber(speed.mph, { digits: 1, unit: 'mph' })}`;
    return [{ at: seconds - analysis.zeroSeconds, value: speed.mph, label, tone: 'series2' as const }];
  });
}

/** Lanes of what the log tells of: a message that is not in it has none. */
function listLanes(analysis: CruiseAnalysis): ChartLane[] {
  const { zeroSeconds } = analysis;
  const bits = BIT_LANES.flatMap(([label, message, signal, tone, word]) => {
    const spans = findSpans(analysis, message, signal);
    return spans === undefined ? [] : [{ label, tone, spans: moveSpans(spans, zeroSeconds, word) }];
  });
  return [...bits, ...listBlinkers(analysis), ...listMarkers(analysis), ...listEngaged(analysis)];
}

function listBlinkers(analysis: CruiseAnalysis): readonly ChartLane[] {
  const left = findSpans(analysis, 'Dashlights', 'left');
  const right = findSpans(analysis, 'Dashlights', 'right');
  if (left === undefined || right === undefined) return [];
  const { zeroSeconds } = analysis;
  const spans = [
    ...moveSpans(joinFlashes(left), zeroSeconds, 'L'),
    ...moveSpans(joinFlashes(right), zeroSeconds, 'R'),
  ];
  return [{ label: 'Blinker', tone: 'series5', spans: spans.sort((a, b) => a.from - b.from) }];
}

function listMarkers({ markers, zeroSeconds }: CruiseAnalysis): readonly ChartLane[] {
  if (markers.length === 0) return [];
  const windows = markers.map(({ window }) => ({
    startSeconds: window.windowStart,
    endSeconds: window.windowEnd,
  }));
  return [{ label: 'Marker', tone: 'series1', spans: moveSpans(windows, zeroSeconds, 'window') }];
}

function listEngaged({ engaged, zeroSeconds }: CruiseAnalysis): readonly ChartLane[] {
  if (engaged === undefined) return [];
  return [{ label: 'Engaged', tone: 'series2', spans: moveSpans(engaged.intervals, zeroSeconds, '') }];
}

/** A blinker that flashes is on. */
function joinFlashes(spans: readonly Span[]): readonly Stretch[] {
  const joined: Stretch[] = [];
  for (const { startSeconds, endSeconds } of spans) {
    const last = joined.at(-1);
    const isNext = last !== undefined && startSeconds - last.endSeconds < LONGEST_DARK;
    if (isNext) joined[joined.length - 1] = { startSeconds: last.startSeconds, endSeconds };
    else joined.push({ startSeconds, endSeconds });
  }
  return joined;
}

/** Spans in seconds after second 0 of the log. */
function moveSpans(spans: readonly Stretch[], zeroSeconds: number, label: string): ChartSpan[] {
  return spans.map(({ startSeconds, endSeconds }) => ({
    from: startSeconds - zeroSeconds,
    to: endSeconds - zeroSeconds,
    ...(label !== '' && { label }),
  }));
}
