import { makeElement } from '../../shared/element.ts';

/** Lays out the messages and, beside or below them, the message that is selected; Esc leads back to the list. */
export function layOutCan(
  list: readonly HTMLElement[],
  detail: HTMLElement,
  leaveDetail: () => void,
): HTMLElement {
  const messages = makeElement('section', {
    className: 'pane',
    attributes: { 'aria-label': 'CAN messages' },
  });
  messages.append(...list);
  const message = makeElement('section', { className: 'pane', attributes: { 'aria-label': 'Message' } });
  message.append(detail);
  message.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    leaveDetail();
  });
  return makeElement('div', { className: 'can-tab is-closed' }, messages, message);
}
