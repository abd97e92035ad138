import type { KeyHelp } from '../../shared/keys.ts';

/** Keys of the tab of signals. */
export const SIGNALS_KEYS: readonly KeyHelp[] = [
  { keys: ['/'], does: 'add signal', isInFoot: true },
  { keys: ['+', '−'], does: 'zoom', isInFoot: true },
  { keys: ['0'], does: 'whole log', isInFoot: true },
  { keys: ['Ctrl', 'C'], does: 'values at cursor', isInFoot: true },
  { keys: ['←', '→'], does: 'sample' },
  { keys: ['N'], does: 'new chart' },
  { keys: ['L'], does: 'list of series' },
  { keys: ['T'], does: 'show as table' },
  { keys: ['Enter'], does: 'in the list: hide or show' },
  { keys: ['Alt', '↑', '↓'], does: 'in the list: to another chart' },
  { keys: ['Delete'], does: 'in the list: remove' },
  { keys: ['Alt', 'drag'], does: 'in a chart: zoom to a stretch' },
  { keys: ['Shift', 'drag'], does: 'in a chart: move the time' },
  { keys: ['Wheel'], does: 'in a chart: zoom; with Shift: move the time' },
];
