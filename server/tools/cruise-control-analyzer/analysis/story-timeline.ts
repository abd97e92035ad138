import { compareAddresses } from '../exports/address-order.ts';
import type {
  EngagedAnalysis,
  MarkerAnalysis,
  SpeedTimeline,
  StoryEvent,
  StoryEventName,
  TargetSpan,
} from './cruise-findings.ts';
import type { MessageTrace } from '../../subaru/message-trace.ts';
import type { MarkerBit } from './marker-bits.ts';
import { findNearestSpeed } from './nearest-speed.ts';
import { CRUISE_MESSAGES, findStartBit } from '../../subaru/subaru-signals.ts';

/** What the story is told from. */
export interface StorySources {
  /** Of the buses that were chosen. */
  readonly traces: readonly MessageTrace[];
  readonly speed: SpeedTimeline | undefined;
  readonly targetSpans: readonly TargetSpan[];
  readonly markers: readonly MarkerAnalysis[];
  readonly markerBit: MarkerBit | undefined;
  readonly engaged: Omit<EngagedAnalysis, 'removed'> | undefined;
}

/** Tells everything that happened, by time. */
export function tellStory(sources: StorySources): readonly StoryEvent[] {
  const moments = [
    ...sources.traces.flatMap(listSignalMoments),
    ...listMarkerMoments(sources),
    ...listTargetMoments(sources),
    ...listEngagedMoments(sources),
  ];
  const events = moments.map((moment) => ({
    ...moment,
    speed: findNearestSpeed(sources.speed, moment.seconds),
  }));
  return events.sort(
    (a, b) => a.seconds - b.seconds || compareAddresses(a, b) || compareTexts(a.event, b.event),
  );
}

type Moment = Omit<StoryEvent, 'speed'>;

/** What it is called when a signal becomes 1 and 0. */
const SIGNAL_EVENTS: Readonly<Record<string, readonly [rise: StoryEventName, fall: StoryEventName]>> = {
  'Cruise_Buttons.main': ['main_press', 'main_release'],
  'Cruise_Buttons.set': ['set_press', 'set_release'],
  'Cruise_Buttons.resume': ['resume_press', 'resume_release'],
  'Cruise_Status.cruise_on': ['cruise_on', 'cruise_off'],
  'Cruise_Status.cruise_activated': ['cruise_activated', 'cruise_deactivated'],
  'ES_Brake.cruise_activated': ['es_brake_activated', 'es_brake_deactivated'],
  'ES_Brake.cruise_brake_active': ['es_brake_on', 'es_brake_off'],
  'Brake_Pedal.brake_lights': ['brake_on', 'brake_off'],
  'Dashlights.left': ['left_blinker_on', 'left_blinker_off'],
  'Dashlights.right': ['right_blinker_on', 'right_blinker_off'],
};

function listSignalMoments({ message, bus, arbitrationId, changes }: MessageTrace): readonly Moment[] {
  return changes.flatMap(({ seconds, after, changed }) =>
    changed.map((signal) => {
      const [rise, fall] = SIGNAL_EVENTS[`${message}.${signal}`] ?? ['set_speed', 'set_speed'];
      const value = after[signal];
      return {
        ...{ seconds, bus, arbitrationId, bit: findStartBit(message, signal) },
        event: value === 0 ? fall : rise,
        value: rise === 'set_speed' ? value : undefined,
      };
    }),
  );
}

function listMarkerMoments({ markers, markerBit }: StorySources): readonly Moment[] {
  const { bus, arbitrationId, bit } = markerBit ?? {};
  return markers.flatMap(({ window: { startSeconds, stopSeconds, isPartial } }) => {
    const start = { bus, arbitrationId, bit, seconds: startSeconds, value: undefined };
    const end = { ...start, seconds: stopSeconds, value: stopSeconds - startSeconds };
    const moments: Moment[] = [{ ...start, event: 'marker_start' }];
    return isPartial ? moments : [...moments, { ...end, event: 'marker_end' }];
  });
}

function listTargetMoments({ speed, targetSpans }: StorySources): readonly Moment[] {
  const { arbitrationId } = CRUISE_MESSAGES.Wheel_Speeds;
  const place = { bus: speed?.bus, arbitrationId, bit: findStartBit('Wheel_Speeds', 'FR') };
  return targetSpans.flatMap(({ startSeconds, endSeconds, durationSeconds, isOpenAtEnd }) => {
    const start: Moment = { ...place, seconds: startSeconds, event: 'target_speed', value: undefined };
    const end = { ...place, seconds: endSeconds, value: durationSeconds };
    return isOpenAtEnd ? [start] : [start, { ...end, event: 'target_speed_end' as const }];
  });
}

function listEngagedMoments({ engaged }: StorySources): readonly Moment[] {
  if (engaged === undefined) return [];
  const { bus, bit, spans } = engaged;
  const place = { bus, arbitrationId: bit.arbitrationId, bit: bit.bit };
  return spans.flatMap(({ startSeconds, endSeconds, isOpenAtEnd }) => {
    const start: Moment = { ...place, seconds: startSeconds, event: 'engaged_start', value: undefined };
    const end = { ...place, seconds: endSeconds, value: endSeconds - startSeconds };
    return isOpenAtEnd ? [start] : [start, { ...end, event: 'engaged_end' as const }];
  });
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
