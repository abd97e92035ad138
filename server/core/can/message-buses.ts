import { findOrigin } from './bus-origin.ts';
import type { MessageGroups } from './message-groups.ts';
import { borrowMessageRows } from './message-rows.ts';

/** A bus and how many frames of something it has. */
export interface BusFrames {
  readonly bus: number;
  readonly frames: number;
}

/** The frames of a message on one bus. */
export interface MessageOnBus extends BusFrames {
  /** By time: a view, not a copy. */
  readonly rows: Uint32Array;
}

/** Finds a message on all buses that have it, by number of the bus. */
export function findOnBuses(groups: MessageGroups, arbitrationId: number): readonly MessageOnBus[] {
  const found: MessageOnBus[] = [];
  for (let message = 0; message < groups.count; message++) {
    if (groups.arbitrationId[message] !== arbitrationId) continue;
    const rows = borrowMessageRows(groups, message);
    found.push({ bus: groups.bus[message]!, frames: rows.length, rows });
  }
  return found.sort((a, b) => a.bus - b.bus);
}

/**
 * Chooses the bus with most frames. Buses that were received come before echoes, and these before rejected frames; of
 * equals the lowest number wins.
 */
export function chooseBus<Bus extends BusFrames>(buses: readonly Bus[]): Bus | undefined {
  return [...buses].sort(compareBuses)[0];
}

function compareBuses(a: BusFrames, b: BusFrames): number {
  return rankKind(a.bus) - rankKind(b.bus) || b.frames - a.frames || a.bus - b.bus;
}

function rankKind(bus: number): number {
  return ['received', 'sent', 'rejected'].indexOf(findOrigin(bus));
}
