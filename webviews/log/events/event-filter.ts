import type { EventFilter } from '#protocol';

/** Which events are shown, as the tab keeps it. */
export interface EventChoice {
  readonly text: string;
  /** Services that are not shown. */
  readonly hidden: readonly string[];
}

/** Everything. */
export const ALL_EVENTS: EventChoice = { text: '', hidden: [] };
/** Hidden services that are named one by one; more are told as a number of those that are left. */
const MOST_NAMED = 3;

/** What the engine is asked: whichever list is shorter. */
export function toEventFilter({ text, hidden }: EventChoice, services: readonly string[]): EventFilter {
  const shown = services.filter((service) => !hidden.includes(service));
  const isShortOfHidden = hidden.length <= shown.length || services.length === 0;
  return {
    ...(text === '' ? {} : { text }),
    ...(hidden.length > 0 && isShortOfHidden ? { excluding: hidden.slice(0, 200) } : {}),
    ...(hidden.length > 0 && !isShortOfHidden ? { services: shown.slice(0, 200) } : {}),
  };
}

/** What the button of the services says, and which are named as left out. */
export function describeServices(
  { hidden }: EventChoice,
  services: readonly string[],
): { readonly label: string; readonly count: number; readonly named: readonly string[] } {
  if (hidden.length <= MOST_NAMED) return { label: 'All services', count: services.length, named: hidden };
  const shown = services.filter((service) => !hidden.includes(service));
  const [only] = shown;
  if (shown.length === 1 && only !== undefined) return { label: only, count: 1, named: [] };
  return { label: 'Services', count: shown.length, named: [] };
}

/** What a filter asks for, in words: "text “cruise”, without procLog". */
export function describeEventChoice(choice: EventChoice, services: readonly string[]): string {
  const { label, count, named } = describeServices(choice, services);
  const parts = [
    ...(choice.text === '' ? [] : [`text “${choice.text}”`]),
    ...(named.length > 0 ? [`without ${named.join(', ')}`] : []),
    ...(choice.hidden.length > MOST_NAMED
      ? [count === 1 ? label : `${count} of ${services.length} services`]
      : []),
  ];
  const words = parts.join(', ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Reads a choice that was remembered; whatever it is, a choice comes back. */
export function readEventChoice(remembered: unknown): EventChoice {
  if (typeof remembered !== 'object' || remembered === null) return ALL_EVENTS;
  const { text, hidden } = remembered as { readonly text?: unknown; readonly hidden?: unknown };
  return {
    text: typeof text === 'string' ? text.slice(0, 500) : '',
    hidden: Array.isArray(hidden) ? hidden.filter((name) => typeof name === 'string').slice(0, 1000) : [],
  };
}
