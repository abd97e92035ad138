import type { MessageGroups } from '../../../core/can/message-groups.ts';
import { findOrigin } from '../../../core/can/bus-origin.ts';
import { chooseBus, findOnBuses } from '../../../core/can/message-buses.ts';
import type { BusSummary, MessageSource } from './cruise-findings.ts';
import { CRUISE_MESSAGES } from '../../subaru/subaru-signals.ts';

const CRUISE_IDS: ReadonlySet<number> = new Set(
  Object.values(CRUISE_MESSAGES).map(({ arbitrationId }) => arbitrationId),
);

/** Counts the frames of every bus, by its number. */
export function summarizeBuses({ bus, arbitrationId, start }: MessageGroups): readonly BusSummary[] {
  const buses = new Map<number, { frames: number; cruiseFrames: number }>();
  for (const [message, end] of start.subarray(1).entries()) {
    const count = end - (start[message] ?? 0);
    const number = bus[message] ?? 0;
    const summary = buses.get(number) ?? { frames: 0, cruiseFrames: 0 };
    buses.set(number, summary);
    summary.frames += count;
    if (CRUISE_IDS.has(arbitrationId[message] ?? NaN)) summary.cruiseFrames += count;
  }
  return [...buses]
    .map(([number, summary]) => ({ bus: number, ...summary, kind: findOrigin(number) }))
    .sort((a, b) => a.bus - b.bus);
}

/** Chooses the bus that says most of cruise control; undefined where none says anything. */
export function chooseCruiseBus(buses: readonly BusSummary[]): number | undefined {
  const talking = buses.filter(({ cruiseFrames }) => cruiseFrames > 0);
  return chooseBus(talking.map(({ bus, cruiseFrames }) => ({ bus, frames: cruiseFrames })))?.bus;
}

/** Chooses the bus of each message: a car spreads them, wheel speeds on one bus and the camera's on another. */
export function chooseSources(groups: MessageGroups): readonly MessageSource[] {
  return Object.values(CRUISE_MESSAGES).map(({ name, arbitrationId }) => {
    const buses = findOnBuses(groups, arbitrationId).map(({ bus, frames }) => ({ bus, frames }));
    const chosen = chooseBus(buses);
    return {
      message: name,
      arbitrationId,
      bus: chosen?.bus,
      frames: chosen?.frames ?? 0,
      others: buses.filter((other) => other !== chosen),
    };
  });
}
