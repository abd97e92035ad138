import type { TimeRange } from '../shared/time-range.ts';
import { TAB_IDS, type TabId } from './log-tab.ts';

/** What the log editor remembers. */
export interface RememberedState {
  readonly tab: TabId;
  readonly cursor: number;
  /** Null: the whole log. */
  readonly range: TimeRange | null;
  readonly isFollowing: boolean;
  /** Of each tab: filters, columns, series; whatever it gave. */
  readonly parts: Readonly<Record<string, unknown>>;
}

const FRESH: RememberedState = { tab: 'overview', cursor: 0, range: null, isFollowing: true, parts: {} };

/** Reads what was remembered; what cannot be read was never remembered. */
export function readRememberedState(text: string | null): RememberedState {
  const value = parse(text);
  if (value === null) return FRESH;
  const { tab, cursor, range, isFollowing, parts } = value;
  return {
    tab: TAB_IDS.find((id) => id === tab) ?? FRESH.tab,
    cursor: isTime(cursor) ? cursor : 0,
    range: readRange(range),
    isFollowing: isFollowing !== false,
    parts: isFields(parts) ? parts : {},
  };
}

function readRange(value: unknown): TimeRange | null {
  if (!isFields(value)) return null;
  const { from, to } = value;
  return isTime(from) && isTime(to) && from < to ? { from, to } : null;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function parse(text: string | null): Readonly<Record<string, unknown>> | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
