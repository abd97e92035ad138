import { makeElement } from '../../shared/element.ts';

/** Lays out the events and, beside or below them, the fields of the selected one. */
export function layOutEvents(list: readonly HTMLElement[], fields: HTMLElement): HTMLElement {
  const events = makeElement(
    'section',
    { className: 'pane events-list', attributes: { 'aria-label': 'Events' } },
    ...list,
  );
  return makeElement('div', { className: 'events-tab' }, events, fields);
}
