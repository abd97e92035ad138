import type { MessageAction } from './banners.ts';
import { makeButton, makeElement } from './element.ts';
import { type IconName, makeIcon } from './icons.ts';

/** What stands where there is nothing to show. */
export interface EmptyStateOptions {
  readonly icon: IconName;
  readonly title: string;
  /** One or two sentences; nodes for words in mono or bold. */
  readonly text: readonly (Node | string)[];
  /** The first one is primary. */
  readonly actions?: readonly MessageAction[];
  /** Interrupts whoever listens. */
  readonly isError?: boolean;
}

/** Makes an empty state: it sits in the middle of the area that it replaces. */
export function makeEmptyState({
  icon,
  title,
  text,
  actions = [],
  isError = false,
}: EmptyStateOptions): HTMLElement {
  const element = makeElement('div', {
    className: 'empty-state',
    attributes: { role: isError ? 'alert' : 'status' },
  });
  element.append(makeIcon(icon), makeElement('h2', {}, title), makeElement('p', {}, ...text));
  if (actions.length > 0)
    element.append(makeElement('div', { className: 'button-row' }, ...actions.map(makeAction)));
  return element;
}

function makeAction({ label, act }: MessageAction, place: number): HTMLElement {
  return makeButton({ label, kind: place === 0 ? 'primary' : 'secondary', act });
}
