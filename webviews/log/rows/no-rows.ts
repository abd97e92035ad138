import { makeEmptyState } from '../../shared/empty-state.ts';
import { formatCount } from '../../shared/number-text.ts';

/** Why no row is seen. */
export interface HiddenRows {
  /** `event`, `line`. */
  readonly one: string;
  /** What the filters ask for, in words. */
  readonly filters: string;
  readonly hidden: number;
  readonly clear: () => void;
}

/** Makes what stands where the filters admit no row. */
export function makeHiddenRows({ one, filters, hidden, clear }: HiddenRows): HTMLElement {
  return makeEmptyState({
    icon: 'filter',
    title: `No ${one} passes the filters`,
    text: [`${filters}. ${formatCount(hidden)} ${one}s are hidden.`],
    actions: [{ label: 'Clear Filters', act: clear }],
  });
}

/** Makes what stands where rows could not be asked for. */
export function makeUnreadRows(what: string, reason: string): HTMLElement {
  return makeEmptyState({
    icon: 'warning',
    title: `The ${what} cannot be shown`,
    text: [reason],
    isError: true,
  });
}
