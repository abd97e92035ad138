import type { MessageRow } from '#protocol';
import type { GridSort } from '../../shared/virtual-grid.ts';

type Compare = (a: MessageRow, b: MessageRow) => number;

const BY_COLUMN: Readonly<Record<string, Compare>> = {
  bus: (a, b) => a.bus - b.bus,
  id: () => 0,
  name: (a, b) => compareText(a.name, b.name),
  frames: (a, b) => a.frames - b.frames,
  rate: (a, b) => (a.rateHz ?? 0) - (b.rateHz ?? 0),
  changes: (a, b) => a.changedShare - b.changedShare,
};

/** Sorts places of messages; equal ones stay by bus and id. By id means by bus, then id, as CAN tools have it. */
export function sortMessages(
  places: readonly number[],
  messages: readonly MessageRow[],
  { column, direction }: GridSort,
): readonly number[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const compare = BY_COLUMN[column];
  return [...places].sort((a, b) => {
    const [first, second] = [messages[a], messages[b]];
    if (first === undefined || second === undefined) return 0;
    if (column === 'id') return sign * compareIds(first, second);
    return sign * (compare?.(first, second) ?? 0) || compareIds(first, second);
  });
}

function compareIds(a: MessageRow, b: MessageRow): number {
  return a.bus - b.bus || a.arbitrationId - b.arbitrationId;
}

/** Messages without a name stand last. */
function compareText(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
