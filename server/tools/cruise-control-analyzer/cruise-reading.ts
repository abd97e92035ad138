import type { FrameTable } from '../../core/can/frame-table.ts';
import type { MessageGroups } from '../../core/can/message-groups.ts';
import { chooseCruiseBus, chooseSources, summarizeBuses } from './analysis/bus-overview.ts';
import type { BusSummary, MessageSource, SpeedTimeline } from './analysis/cruise-findings.ts';
import type { MessageTrace } from '../subaru/message-trace.ts';
import { findOnBuses } from '../../core/can/message-buses.ts';
import { traceMessage } from '../subaru/message-trace.ts';
import { readSpeedTimeline } from './analysis/speed-timeline.ts';
import { CRUISE_MESSAGES, type CruiseMessageName } from '../subaru/subaru-signals.ts';

/** What the messages of cruise control say, bus by bus, before anything is made of it. */
export interface CruiseReading {
  readonly buses: readonly BusSummary[];
  readonly bus: number | undefined;
  readonly sources: readonly MessageSource[];
  readonly speed: SpeedTimeline | undefined;
  readonly speeds: readonly SpeedTimeline[];
  readonly traces: readonly MessageTrace[];
}

const TRACED = ['Cruise_Buttons', 'Cruise_Status', 'ES_Brake', 'Brake_Pedal', 'Dashlights'] as const;

/** Reads the messages of cruise control on every bus that has them. */
export function readCruiseMessages(frames: FrameTable, groups: MessageGroups): CruiseReading {
  const buses = summarizeBuses(groups);
  const sources = chooseSources(groups);
  const { arbitrationId } = CRUISE_MESSAGES.Wheel_Speeds;
  const speeds = findOnBuses(groups, arbitrationId).map((message) => readSpeedTimeline(frames, message));
  const speedBus = sources.find(({ message }) => message === 'Wheel_Speeds')?.bus;
  const traces = TRACED.map((name) => CRUISE_MESSAGES[name]).flatMap((message) =>
    findOnBuses(groups, message.arbitrationId).map((rows) => traceMessage(frames, rows, message)),
  );
  const speed = speeds.find(({ bus }) => bus === speedBus);
  return { buses, bus: chooseCruiseBus(buses), sources, speed, speeds, traces };
}

/** What the bus that was chosen for each message says; a message that no bus has is missing. */
export type SourceTraces = Readonly<Partial<Record<CruiseMessageName, MessageTrace>>>;

/** Picks the traces that the story is told from. */
export function pickSourceTraces({
  traces,
  sources,
}: Pick<CruiseReading, 'traces' | 'sources'>): SourceTraces {
  const busOf = new Map(sources.map(({ message, bus }) => [message, bus]));
  const chosen = traces.filter(({ message, bus }) => busOf.get(message) === bus);
  return Object.fromEntries(chosen.map((trace) => [trace.message, trace]));
}
