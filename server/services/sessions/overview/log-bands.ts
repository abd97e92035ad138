import type { ChartSpan, LogBands } from '#protocol';
import type { FrameClock } from '../../../core/can/frame-table.ts';
import type { StateTrack } from '../../../core/schema/state-track.ts';
import type { OpenLog } from '../open-log.ts';
import type { AlertTrack, BusHealth, TracksOfSchema } from './drive-tracks.ts';
import { listMissingSegments } from './missing-segments.ts';

/** Marks of one band. */
const MOST_MARKS = 5000;
/** Errors that are further apart, in seconds, are not of one stretch. */
const LONGEST_PAUSE = 1;
/** The drive's flag of its user, by the names that it had, and the button for it. */
const USER_FLAGS = ['userBookmark', 'bookmarkButton'];
const SEVERITIES = ['normal', 'userPrompt', 'critical'] as const;

type AlertSpan = LogBands['alerts'][number];

/** What is drawn over time. */
export function listBands(log: OpenLog, tracks: TracksOfSchema | undefined, clock: FrameClock): LogBands {
  return {
    engaged: listTrue(
      tracks?.enabled.find(({ isEmpty }) => !isEmpty),
      clock,
    ),
    alerts:
      tracks?.alerts.map((alerts) => listAlerts(alerts, log, clock)).find(({ length }) => length > 0) ?? [],
    driverSteering: listTrue(tracks?.driverSteering, clock),
    userFlags: listTimes(log, USER_FLAGS),
    canErrors: tracks?.buses.flatMap((bus) => listErrors(bus, clock)).sort((a, b) => a.from - b.from) ?? [],
    textErrors: listTimes(log, ['errorLogMessage']),
    gaps: log.times.listSilences(),
    missingSegments: listMissingSegments(log),
  };
}

/** The stretches in which a Bool was true. */
function listTrue(track: StateTrack | undefined, clock: FrameClock): readonly ChartSpan[] {
  const held = track?.listValues(clock) ?? [];
  return held.flatMap(({ value, from, to }) => (value === 0 ? [] : [{ from, to }]));
}

/** Length of all stretches together. */
export function sumSpans(spans: readonly ChartSpan[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

function listAlerts(
  { shown }: AlertTrack,
  { durationSeconds }: OpenLog,
  clock: FrameClock,
): readonly AlertSpan[] {
  const timed = shown
    .map((alert) => ({ ...alert, from: secondsOf(alert.monoTime, clock) }))
    .sort((a, b) => a.from - b.from);
  return timed.flatMap(({ from, status, text }, index): readonly AlertSpan[] => {
    const severity = SEVERITIES[status] ?? 'normal';
    if (text === '' && severity === 'normal') return [];
    const to = timed[index + 1]?.from ?? Math.max(from, durationSeconds);
    return [{ from, to, severity, label: text === '' ? severity : text }];
  });
}

/** While a bus was off or would soon be, and while its errors grew. */
function listErrors(
  { bus, busOff, errorPassive, errors }: BusHealth,
  clock: FrameClock,
): readonly ChartSpan[] {
  const name = `bus ${String(bus)}`;
  const off = listTrue(busOff, clock).map((span) => ({ ...span, label: `${name} off` }));
  const passive = listTrue(errorPassive, clock).map((span) => ({ ...span, label: `${name} error passive` }));
  return [...off, ...passive, ...listGrowth(errors, name, clock)];
}

/** Counts that grow sample after sample are one stretch. */
function listGrowth(errors: StateTrack, name: string, clock: FrameClock): readonly ChartSpan[] {
  const held = errors.listValues(clock);
  const stretches: { from: number; to: number; count: number }[] = [];
  for (const [index, { value, from }] of held.entries()) {
    const before = held[index - 1];
    if (before === undefined || value <= before.value) continue;
    const last = stretches.at(-1);
    if (last !== undefined && from - last.to <= LONGEST_PAUSE) {
      last.to = from;
      last.count += value - before.value;
    } else stretches.push({ from, to: from, count: value - before.value });
  }
  return stretches.map(({ from, to, count }) => ({ from, to, label: `${name}: ${String(count)} errors` }));
}

function listTimes(log: OpenLog, services: readonly string[]): readonly number[] {
  const { seconds } = log.events;
  const rows = services.flatMap((service) => log.marked.listOf(service).slice(0, MOST_MARKS));
  return rows.map((row) => seconds[row] ?? 0).sort((a, b) => a - b);
}

function secondsOf(monoTime: bigint, clock: FrameClock): number {
  return clock.toSeconds(Number(monoTime & 0xffff_ffffn), Number(monoTime >> 32n));
}
