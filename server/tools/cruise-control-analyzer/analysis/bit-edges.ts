import { compareAddresses } from '../exports/address-order.ts';
import type { BitEdge } from './cruise-findings.ts';
import type { MessageTrace } from '../../subaru/message-trace.ts';
import type { CruiseReading, SourceTraces } from '../cruise-reading.ts';
import { readSignalAt } from '../../subaru/message-trace.ts';
import { findNearestSpeed } from './nearest-speed.ts';
import { CRUISE_MESSAGES, findStartBit } from '../../subaru/subaru-signals.ts';

/** Lists every change of a bit of buttons, status and brakes on all buses, by time. */
export function listEdges(reading: CruiseReading, sources: SourceTraces): readonly BitEdge[] {
  const edges = reading.traces
    .filter(({ message }) => message !== 'Dashlights')
    .flatMap((trace) => listTraceEdges(trace, reading, sources));
  return edges.sort(
    (a, b) => a.seconds - b.seconds || compareAddresses(a, b) || a.bit - b.bit || a.bus - b.bus,
  );
}

function listTraceEdges(
  trace: MessageTrace,
  reading: CruiseReading,
  sources: SourceTraces,
): readonly BitEdge[] {
  const { message, bus, arbitrationId } = trace;
  const { signals } = CRUISE_MESSAGES[message];
  const speed = reading.speeds.find((timeline) => timeline.bus === bus) ?? reading.speed;
  return trace.changes.flatMap(({ seconds, after, changed }) => {
    const bits = changed.filter((signal) => signals[signal]?.length === 1);
    if (bits.length === 0) return [];
    const moment = { seconds, speed: findNearestSpeed(speed, seconds), ...readStates(sources, seconds) };
    return bits.map((signal) => ({
      ...{ bus, arbitrationId, bit: findStartBit(message, signal), signal },
      ...moment,
      edge: after[signal] === 1 ? ('rise' as const) : ('fall' as const),
    }));
  });
}

function readStates(
  { Cruise_Status, Brake_Pedal }: SourceTraces,
  seconds: number,
): Pick<BitEdge, 'isCruiseOn' | 'isBraking'> {
  return {
    isCruiseOn: readFlagAt(Cruise_Status, 'cruise_on', seconds),
    isBraking: readFlagAt(Brake_Pedal, 'brake_lights', seconds),
  };
}

function readFlagAt(trace: MessageTrace | undefined, signal: string, seconds: number): boolean | undefined {
  const value = readSignalAt(trace, signal, seconds);
  return value === undefined ? undefined : value === 1;
}
