import { countBitChanges, type BitChanges } from './bit-changes.ts';
import type { FrameTable } from '../frame-table.ts';
import type { MessageGroups } from '../message-groups.ts';
import { borrowMessageRows } from '../message-rows.ts';

/** How many bits `mostActiveBits` names. */
const MOST_ACTIVE = 10;

/** How often a bit toggled. */
export interface BitFrequency {
  /** Global index. */
  readonly bit: number;
  readonly toggles: number;
}

/** What changed in the frames of a message. */
export interface ChangeStatistics {
  /** Frames whose payload differs from the one before. */
  readonly totalChanges: number;
  /** In the order in which the bits toggled first. */
  readonly bitFrequency: readonly BitFrequency[];
  readonly messageCount: number;
  /** Changes per frame, 0 to 1. */
  readonly changeRate: number;
  /** The ten that toggled most, the most active first; of equals, the one that toggled first. */
  readonly mostActiveBits: readonly BitFrequency[];
}

/** Sums up what changed; undefined where nothing did. */
export function summarizeChanges(changes: BitChanges): ChangeStatistics | undefined {
  if (changes.changes === 0) return undefined;
  return {
    totalChanges: changes.changes,
    bitFrequency: listFrequencies(changes),
    messageCount: changes.frames,
    changeRate: changes.changes / changes.frames,
    mostActiveBits: rankBits(changes, MOST_ACTIVE),
  };
}

/** Lists the bits that toggled most, the most active first; of equals, the one that toggled first. */
export function rankBits(changes: BitChanges, limit: number): readonly BitFrequency[] {
  return listFrequencies(changes)
    .sort((a, b) => b.toggles - a.toggles)
    .slice(0, limit);
}

function listFrequencies({ order, toggles }: BitChanges): BitFrequency[] {
  return Array.from(order, (bit) => ({ bit, toggles: toggles[bit]! }));
}

/** The statistics of one message. */
export interface MessageStatistics extends ChangeStatistics {
  /** Number of the message in its groups. */
  readonly message: number;
}

/** Sums up every message of a table in which something changed, in the order of the groups. */
export function summarizeMessages(table: FrameTable, groups: MessageGroups): readonly MessageStatistics[] {
  return Array.from({ length: groups.count }, (_, message) => {
    const statistics = summarizeChanges(countBitChanges(table, borrowMessageRows(groups, message)));
    return statistics === undefined ? [] : [{ message, ...statistics }];
  }).flat();
}
