import type { EventFilter } from '#protocol';
import { quoteWord } from '#protocol';

/** Which events a command is to print. */
export interface WantedEvents {
  readonly filter: EventFilter;
  readonly from?: number;
  readonly to?: number;
}

/** The command that prints the same events. */
export function writeEventsCommand(path: string, { filter, from, to }: WantedEvents): string {
  const services = (filter.services ?? []).map((name) => ` --service ${quoteWord(name, 'posix')}`).join('');
  const begin = from === undefined ? '' : ` --from ${from.toFixed(3)}`;
  const end = to === undefined ? '' : ` --to ${to.toFixed(3)}`;
  return `cts events ${quoteWord(path, 'posix')}${services}${begin}${end}`;
}
