import type { KeyHelp } from '../../shared/keys.ts';

/** Keys of the tab of log text. */
export const LOGS_KEYS: readonly KeyHelp[] = [
  { keys: ['↑', '↓'], does: 'line', isInFoot: true },
  { keys: ['→'], does: 'open traceback', isInFoot: true },
  { keys: ['F3'], does: 'next match', isInFoot: true },
  { keys: ['E'], does: 'next error', isInFoot: true },
  { keys: ['/'], does: 'search', isInFoot: true },
  { keys: ['Ctrl', 'C'], does: 'copy line' },
];
