import { type BitChanges, countBitChanges } from './bit-changes.ts';
import { type BitFrequency, rankBits } from './change-statistics.ts';
import type { FrameTable } from '../frame-table.ts';
import type { MessageGroups } from '../message-groups.ts';
import { borrowMessageRows, type TimeSpan } from '../message-rows.ts';
import { PayloadVariety, type Segments } from './payload-variety.ts';
import { type WindowStretch, WindowStretches } from './window-stretches.ts';

/** What a message did in a window of time. */
export interface MessageActivity {
  readonly bus: number;
  readonly arbitrationId: number;
  readonly frames: Segments;
  readonly uniquePayloads: Segments;
  /** Frames in the window whose payload differs from the one before, also in the window. */
  readonly changes: number;
  /** The bits that toggled between these frames: the most active first; of equals, the one that toggled first. */
  readonly bits: readonly BitFrequency[];
  /** Bits that toggle in the window and never else in the log, in the same order: what a marker is set for. */
  readonly windowOnlyBits: readonly BitFrequency[];
}

/**
 * Finds what every message did in every window: per window the messages that changed in it, most changes first.
 *
 * It goes on when it is asked for the next step, so that a long log can be left in between.
 *
 * @param windows By start, both ends included; they may overlap.
 * @yields Which part of the messages is done, from 0 to 1.
 */
export function* findActivity(
  table: FrameTable,
  groups: MessageGroups,
  windows: readonly TimeSpan[],
): Generator<number, readonly (readonly MessageActivity[])[], undefined> {
  const found = windows.map((): MessageActivity[] => []);
  if (windows.length === 0) return found;
  const stretches = new WindowStretches(windows);
  for (let message = 0; message < groups.count; message++) {
    const rows = borrowMessageRows(groups, message);
    const id = { bus: groups.bus[message]!, arbitrationId: groups.arbitrationId[message]! };
    for (const { window, ...activity } of followMessage(table, rows, stretches.list(table, rows)))
      found[window]?.push({ ...id, ...activity });
    yield (message + 1) / groups.count;
  }
  for (const messages of found) messages.sort((a, b) => b.changes - a.changes);
  return found;
}

type Activity = Omit<MessageActivity, 'bus' | 'arbitrationId'>;

function followMessage(
  table: FrameTable,
  rows: Uint32Array,
  stretches: readonly WindowStretch[],
): readonly (Activity & { readonly window: number })[] {
  if (stretches.length === 0) return [];
  const whole = countBitChanges(table, rows);
  if (whole.changes === 0) return [];
  let variety: PayloadVariety | undefined;
  return stretches.flatMap((stretch) => {
    const { window, first, end } = stretch;
    const within = countBitChanges(table, rows.subarray(first, end));
    // What changes with the first frame in the window belongs to it as well.
    const entry = countBitChanges(table, rows.subarray(Math.max(0, first - 1), first + 1));
    const windowOnlyBits = listBitsOnlyIn(entry, within, whole);
    if (within.changes === 0 && windowOnlyBits.length === 0) return [];
    variety ??= new PayloadVariety(table, rows);
    return {
      window,
      frames: { before: first, within: end - first, after: rows.length - end },
      uniquePayloads: variety.count(first, end),
      changes: within.changes,
      bits: rankBits(within, Infinity),
      windowOnlyBits,
    };
  });
}

/** Lists the bits that toggle nowhere but where a window is entered and within it. */
function listBitsOnlyIn(entry: BitChanges, within: BitChanges, whole: BitChanges): readonly BitFrequency[] {
  const bits = new Set([...entry.order, ...within.order]);
  return Array.from(bits, (bit) => ({ bit, toggles: (entry.toggles[bit] ?? 0) + (within.toggles[bit] ?? 0) }))
    .filter(({ bit, toggles }) => toggles === whole.toggles[bit])
    .sort((a, b) => b.toggles - a.toggles);
}
