import type { KeyHelp } from '../../shared/keys.ts';

/** Keys of every tab. */
export const COMMON_KEYS: readonly KeyHelp[] = [
  { keys: ['Alt', '1…5'], does: 'tab', isInFoot: true },
  { keys: ['Space'], does: 'play', isInFoot: true },
  { keys: ['←', '→'], does: 'frame', isInFoot: true },
  { keys: ['Shift', '←', '→'], does: 'one second' },
  { keys: ['[', ']'], does: 'range from cursor', isInFoot: true },
  { keys: ['+', '−'], does: 'zoom' },
  { keys: ['0'], does: 'whole log' },
  { keys: ['Alt', '←', '→'], does: 'ranges looked at before' },
  { keys: ['G'], does: 'go to time' },
  { keys: ['F'], does: 'follow: rows move the cursor' },
  { keys: ['E'], does: 'next text error' },
  { keys: ['/'], does: 'filter' },
  { keys: ['Ctrl', 'C'], does: 'copy what is selected' },
  { keys: ['Alt', 'C'], does: 'copy as cts command' },
  { keys: ['Ctrl', 'Shift', 'R'], does: 'read out the time' },
  { keys: ['Esc'], does: 'stop reading' },
];
