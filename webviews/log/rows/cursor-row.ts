import './cursor-row.css';
import { makeElement } from '../../shared/element.ts';
import { formatTime } from '../../shared/time-text.ts';

/** Makes the row of the time cursor. */
export function makeCursorRow(seconds: number): HTMLElement {
  const time = formatTime(seconds);
  return makeElement(
    'div',
    { className: 'cursor-row', attributes: { 'aria-label': `Time cursor ${time}` } },
    makeElement('b', {}, time),
  );
}
