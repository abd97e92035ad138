import { makeHiddenRows } from '../rows/no-rows.ts';
import { describeEventChoice, type EventChoice } from './event-filter.ts';
import type { ServiceCount } from './service-choice.ts';

/** Makes what stands where the filters hide all events; null where nothing is filtered. */
export function makeHiddenEvents(
  choice: EventChoice,
  services: readonly ServiceCount[],
  clear: () => void,
): HTMLElement | null {
  if (choice.text === '' && choice.hidden.length === 0) return null;
  const names = services.map(({ service }) => service);
  return makeHiddenRows({
    one: 'event',
    filters: describeEventChoice(choice, names),
    hidden: services.reduce((sum, { count }) => sum + count, 0),
    clear,
  });
}
