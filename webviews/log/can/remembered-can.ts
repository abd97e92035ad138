import type { GridSort } from '../../shared/virtual-grid.ts';
import { type MessageFilters, readFilters } from './message-filters.ts';

/** What the tab of CAN remembers. */
export interface RememberedCan {
  readonly filters: MessageFilters;
  readonly sort: GridSort;
  /** Bus and id of the selected message. */
  readonly selected: string | null;
  readonly switches: { readonly isColoured: boolean; readonly hasHeat: boolean };
}

/** Reads what was remembered; whatever it is, something sensible comes back. */
export function readCanChoice(remembered: unknown): RememberedCan {
  const known = (typeof remembered === 'object' && remembered !== null ? remembered : {}) as Readonly<
    Record<string, unknown>
  >;
  const { selected } = known;
  return {
    filters: readFilters(known['filters']),
    sort: readSort(known['sort']),
    selected: typeof selected === 'string' ? selected : null,
    switches: { isColoured: readSwitch(known, 'isColoured'), hasHeat: readSwitch(known, 'hasHeat') },
  };
}

function readSort(value: unknown): GridSort {
  const { column, direction } = (typeof value === 'object' && value !== null ? value : {}) as Readonly<
    Record<string, unknown>
  >;
  if (typeof column !== 'string') return { column: 'id', direction: 'ascending' };
  return { column, direction: direction === 'descending' ? 'descending' : 'ascending' };
}

/** Both are on until somebody turns them off. */
function readSwitch(known: Readonly<Record<string, unknown>>, name: string): boolean {
  const { switches } = known;
  return !(typeof switches === 'object' && switches !== null && Reflect.get(switches, name) === false);
}
