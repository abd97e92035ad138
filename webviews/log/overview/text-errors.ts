import './text-errors.css';
import { makeTonedIcon } from '../../shared/chips.ts';
import { makeElement } from '../../shared/element.ts';
import { formatTime } from '../../shared/time-text.ts';
import type { LogDocument } from '../log-document.ts';
import type { Overview } from '../overview-feed.ts';

/** Makes the list of text errors: one tab stop; arrows move, Enter and a click move the cursor. */
export function makeTextErrors(log: LogDocument, { textErrors }: Overview): HTMLElement {
  const rows = textErrors.map(({ seconds, text }, place) => {
    const row = makeElement(
      'button',
      { type: 'button', className: 'text-error', title: text, tabIndex: place === 0 ? 0 : -1 },
      makeTonedIcon('error'),
      makeElement('span', { className: 'number dim' }, formatTime(seconds)),
      makeElement('span', { className: 'clip' }, text),
    );
    row.addEventListener('click', () => {
      log.cursor.set(seconds);
    });
    return row;
  });
  const items = rows.map((row) => makeElement('li', {}, row));
  const list = makeElement(
    'ul',
    { className: 'text-errors', attributes: { 'aria-label': 'Text errors' } },
    ...items,
  );
  list.addEventListener('keydown', (event) => {
    const place = rows.findIndex((row) => row === document.activeElement);
    const next: Readonly<Record<string, number>> = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      Home: 0,
      End: rows.length - 1,
    };
    const target = rows[next[event.key] ?? -1];
    if (target === undefined) return;
    event.preventDefault();
    for (const row of rows) row.tabIndex = row === target ? 0 : -1;
    target.focus();
  });
  return list;
}
