import type { Overview } from '../overview-feed.ts';
import { formatDuration, formatTime } from '../../shared/time-text.ts';
import type { TimeRange } from '../../shared/time-range.ts';

/** A stretch on a lane. */
export interface LaneSpan extends TimeRange {
  readonly label: string | null;
  readonly look: 'on' | 'note' | 'warning' | 'error';
}

/** A row of the bands. */
export interface BandLane {
  readonly name: string;
  /** Where what is shown comes from. */
  readonly source: string;
  readonly spans: readonly LaneSpan[];
  readonly ticks: readonly number[];
  readonly flags: readonly { readonly seconds: number; readonly label: string }[];
}

/** The rows of the bands, also those in which nothing happened. */
export function listLanes({ bands }: Pick<Overview, 'bands'>): readonly BandLane[] {
  const none = { spans: [], ticks: [], flags: [] };
  return [
    {
      ...none,
      name: 'Engaged',
      source: 'selfdriveState.state',
      spans: bands.engaged.map(({ from, to, label }) => ({
        from,
        to,
        label: label ?? `enabled, ${formatDuration(to - from)}`,
        look: 'on',
      })),
    },
    {
      ...none,
      name: 'Alerts',
      source: 'onroadEvents, selfdriveState',
      spans: bands.alerts.map(({ from, to, label = null, severity }) => ({
        from,
        to,
        label,
        look: severity === 'critical' ? 'error' : 'warning',
      })),
    },
    {
      ...none,
      name: 'Driver steering',
      source: 'carState.steeringPressed',
      spans: bands.driverSteering.map(({ from, to }) => ({ from, to, label: null, look: 'note' })),
    },
    {
      ...none,
      name: 'User flags',
      source: 'userBookmark',
      flags: bands.userFlags.map((seconds) => ({ seconds, label: formatTime(seconds, 2) })),
    },
    {
      ...none,
      name: 'CAN errors',
      source: 'pandaStates',
      spans: bands.canErrors.map(({ from, to, label = null }) => ({ from, to, label, look: 'error' })),
    },
    { ...none, name: 'Text errors', source: 'errorLogMessage', ticks: bands.textErrors },
  ];
}

/** Whether nothing happened on a lane. */
export function isEmptyLane({ spans, ticks, flags }: BandLane): boolean {
  return spans.length + ticks.length + flags.length === 0;
}

/** A lane in words, for those who do not see it. */
export function describeLane(lane: BandLane): string {
  const count = lane.spans.length + lane.ticks.length + lane.flags.length;
  if (count === 0) return `${lane.name}: none`;
  const first = lane.spans[0]?.from ?? lane.ticks[0] ?? lane.flags[0]?.seconds ?? 0;
  return `${lane.name}: ${count}, first at ${formatTime(first, 2)}`;
}
