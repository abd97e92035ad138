import type { KeyHelp } from '../../shared/keys.ts';

/** Keys of the tab of CAN. */
export const CAN_KEYS: readonly KeyHelp[] = [
  { keys: ['↑', '↓'], does: 'message', isInFoot: true },
  { keys: ['Enter'], does: 'detail', isInFoot: true },
  { keys: ['/'], does: 'filter', isInFoot: true },
  { keys: ['S'], does: 'suppress byte', isInFoot: true },
  { keys: ['H'], does: 'heat map', isInFoot: true },
  { keys: ['←', '→'], does: 'frame', isInFoot: true },
  { keys: ['Shift', 'S'], does: 'suppress nothing' },
  { keys: ['C'], does: 'colours' },
  { keys: ['D'], does: 'only messages in the DBC' },
  { keys: ['P'], does: 'plot signals' },
  { keys: ['Shift', 'arrows'], does: 'select bits of a new signal' },
];
