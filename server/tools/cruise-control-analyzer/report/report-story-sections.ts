import type { ReportColumn, ReportSection, ReportTable } from '../../../core/report/report.ts';
import type { CruiseAnalysis, MarkerType } from '../analysis/cruise-analysis.ts';
import { drawStory } from './cruise-chart.ts';
import { findTrace, listSetPresses, type SetPress, type SpeedRange } from './cruise-story.ts';
import { formatNumber } from '../../../core/report/number-text.ts';
import { formatClock } from '../../../core/series/axis-ticks.ts';
import { findNearestSpeed } from '../analysis/nearest-speed.ts';
import { nameAddress, writeRange } from './cruise-words.ts';

/** What the sections are about. */
export interface SectionOptions {
  readonly range: SpeedRange;
  readonly markerType: MarkerType;
}

export const NUMBER_COLUMN: ReportColumn = { title: '#', kind: 'number', digits: 0 };

/** The story: chart, presses, spans at target speed, set speeds, markers. */
export function listStorySections(
  analysis: CruiseAnalysis,
  options: SectionOptions,
): readonly ReportSection[] {
  if (analysis.frames === 0) return [];
  const chart = drawStory(analysis, options.range);
  return [
    ...(chart.panels.length + chart.lanes.length > 0
      ? [{ title: 'Speed and events', content: { kind: 'chart' as const, chart } }]
      : []),
    { title: 'SET presses', width: 'half', content: tablePresses(analysis, options.range) },
    { title: 'Spans at target speed', width: 'half', content: tableSpans(analysis, options.range) },
    { title: 'Set speed as the car shows it', width: 'half', content: tableSetSpeeds(analysis) },
    { title: 'Marker windows', width: 'half', content: tableMarkers(analysis, options.markerType) },
  ];
}

function tablePresses(analysis: CruiseAnalysis, range: SpeedRange): ReportTable {
  return {
    kind: 'table',
    columns: [
      NUMBER_COLUMN,
      { title: 'Time', kind: 'time' },
      { title: 'Speed', kind: 'number', digits: 2, unit: 'mph' },
      { title: 'From target', kind: 'number' },
      { title: 'Active after', kind: 'number', digits: 0, unit: 'ms' },
      { title: 'ES_Brake', kind: 'time' },
    ],
    rows: listSetPresses(analysis, range).map((press, index) => [
      index + 1,
      press.seconds - analysis.zeroSeconds,
      press.speed?.mph ?? null,
      writeFromTarget(press),
      press.activeAfter === undefined ? null : 1000 * press.activeAfter,
      press.esBrakeSeconds === undefined ? null : press.esBrakeSeconds - analysis.zeroSeconds,
    ]),
    emptyText: 'SET was not pressed.',
  };
}

function writeFromTarget({ fromTarget }: SetPress): string | null {
  if (fromTarget === undefined) return null;
  if (fromTarget === 0) return 'inside';
  return `${fromTarget > 0 ? '+' : ''}${formatNumber(fromTarget, { digits: 2, unit: 'mph' })}`;
}

function tableSpans({ targetSpans, zeroSeconds }: CruiseAnalysis, range: SpeedRange): ReportTable {
  return {
    kind: 'table',
    columns: [
      NUMBER_COLUMN,
      { title: 'From', kind: 'time' },
      { title: 'To', kind: 'time' },
      { title: 'Length', kind: 'number', digits: 2, unit: 's' },
    ],
    rows: targetSpans.map(({ startSeconds, endSeconds, durationSeconds }, index) => [
      index + 1,
      startSeconds - zeroSeconds,
      endSeconds - zeroSeconds,
      durationSeconds,
    ]),
    emptyText: `The speed was never ${writeRange(range)}.`,
  };
}

/** What Cruise_Status says, without unit: the dashboard shows mph or km/h as the car is set. */
function tableSetSpeeds(analysis: CruiseAnalysis): ReportTable {
  const trace = findTrace(analysis, 'Cruise_Status');
  const changes = (trace?.changes ?? []).filter(({ changed }) => changed.includes('cruise_set_speed'));
  const first =
    trace?.firstState === undefined ? [] : [{ seconds: trace.firstSeconds, after: trace.firstState }];
  const shown = [...first, ...changes].filter(({ after }) => (after['cruise_set_speed'] ?? 0) > 0);
  return {
    kind: 'table',
    columns: [
      NUMBER_COLUMN,
      { title: 'From', kind: 'time' },
      { title: 'Set speed', kind: 'number' },
      { title: 'Driven then', kind: 'number', digits: 2, unit: 'mph' },
      { title: 'Source', kind: 'text' },
    ],
    rows: shown.map(({ seconds, after }, index) => [
      index + 1,
      seconds - analysis.zeroSeconds,
      after['cruise_set_speed'] ?? null,
      findNearestSpeed(analysis.speed, seconds)?.mph ?? null,
      `${nameAddress(trace?.arbitrationId ?? 0)}, bus ${String(trace?.bus)}`,
    ]),
    emptyText: 'The car showed no set speed.',
  };
}

const MARKER_HEADS: Readonly<Record<MarkerType, string>> = {
  none: 'Marked',
  blinkers: 'Blinkers',
  manual: 'Marked',
  'cruise-buttons': 'Buttons',
};

function tableMarkers({ markers, zeroSeconds }: CruiseAnalysis, type: MarkerType): ReportTable {
  return {
    kind: 'table',
    columns: [
      NUMBER_COLUMN,
      { title: 'From', kind: 'time' },
      { title: 'To', kind: 'time' },
      { title: MARKER_HEADS[type], kind: 'text' },
    ],
    rows: markers.map(({ window }, index) => {
      const start = formatClock(window.startSeconds - zeroSeconds, 3);
      const stop = window.isPartial ? undefined : formatClock(window.stopSeconds - zeroSeconds, 3);
      return [
        index + 1,
        window.windowStart - zeroSeconds,
        window.windowEnd - zeroSeconds,
        writeMarks(type, start, stop),
      ];
    }),
    emptyText: type === 'none' ? 'Markers are switched off.' : 'No marker window was found.',
  };
}

function writeMarks(type: MarkerType, start: string, stop: string | undefined): string {
  const [first, second] = {
    none: ['', ''],
    blinkers: ['left ', 'right '],
    manual: ['', ''],
    'cruise-buttons': ['SET ', ''],
  }[type];
  if (stop === undefined) return `${String(first)}${start}, never ended`;
  return `${String(first)}${start}, ${String(second)}${stop}`;
}
