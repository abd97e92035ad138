import type { KeyHelp } from '../../shared/keys.ts';

/** Keys of the tab of events. */
export const EVENTS_KEYS: readonly KeyHelp[] = [
  { keys: ['↑', '↓'], does: 'event', isInFoot: true },
  { keys: ['→'], does: 'open fields', isInFoot: true },
  { keys: ['P'], does: 'plot field', isInFoot: true },
  { keys: ['/'], does: 'filter', isInFoot: true },
  { keys: ['G'], does: 'go to time', isInFoot: true },
  { keys: ['Ctrl', 'C'], does: 'copy as JSON', isInFoot: true },
  { keys: ['Alt', '↑', '↓'], does: 'previous or next event of this service' },
  { keys: ['X'], does: 'leave out this service' },
];
