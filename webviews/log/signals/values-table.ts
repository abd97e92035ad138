import './values-table.css';
import { makeButton, makeElement, makeIconButton, setText } from '../../shared/element.ts';
import { describeFailure } from '../../shared/host/request-failure.ts';
import { formatCount } from '../../shared/number-text.ts';
import type { TimeRange } from '../../shared/time-range.ts';
import { formatTime } from '../../shared/time-text.ts';
import type { LogDocument } from '../log-document.ts';
import { createLatestRequest } from '../rows/latest-request.ts';
import { readCsvLine } from './csv-line.ts';

/** What the table lists. */
export interface ValuesTableOptions {
  readonly keys: readonly string[];
  readonly range: TimeRange;
  readonly nameOf: (key: string) => string;
}

const PAGE_ROWS = 200;

/** Opens what the charts show as a table: every sample in the range, a page at a time. */
export function openValuesTable(log: LogDocument, { keys, range, nameOf }: ValuesTableOptions): void {
  const dialog = makeElement('dialog', {
    className: 'values-table',
    attributes: { 'aria-label': 'Values of the range' },
  });
  const body = makeElement('tbody');
  const place = makeElement('span', { className: 'dim dense', attributes: { role: 'status' } });
  let [from, total] = [0, 0];
  const request = createLatestRequest({
    ask: (first: number, signal) =>
      log.ask(
        'sessions/samples',
        { keys: [...keys], fromSeconds: range.from, toSeconds: range.to, from: first, count: PAGE_ROWS },
        { signal },
      ),
    take: (page, first) => {
      [from, total] = [first, page.total];
      body.replaceChildren(...page.lines.map((line) => makeRow(readCsvLine(line), nameOf)));
      rows.scrollTop = 0;
      draw();
    },
    onFailure: (error) => setText(place, describeFailure(error).message),
  });
  const previous = makeButton({ label: 'Previous', kind: 'small', act: () => request.ask(from - PAGE_ROWS) });
  const next = makeButton({ label: 'Next', kind: 'small', act: () => request.ask(from + PAGE_ROWS) });
  const rows = makeElement('div', {
    className: 'values-rows',
    tabIndex: 0,
    attributes: { role: 'region', 'aria-label': 'Values' },
  });
  rows.append(makeTable(body));

  function draw(): void {
    previous.disabled = from === 0;
    next.disabled = from + PAGE_ROWS >= total;
    const last = Math.min(total, from + PAGE_ROWS);
    setText(
      place,
      total === 0
        ? 'No sample in the range'
        : `${formatCount(from + 1)}–${formatCount(last)} of ${formatCount(total)}`,
    );
  }

  const head = makeElement('div', { className: 'toolbar' }, makeElement('h2', {}, 'Values of the range'));
  head.append(
    makeElement('span', { className: 'dim dense' }, `${formatTime(range.from)} – ${formatTime(range.to)}`),
  );
  const close = makeIconButton({ label: 'Close', icon: 'close', key: 'Esc', act: () => dialog.close() });
  head.append(makeElement('span', { className: 'grow' }), place, previous, next, close);
  dialog.append(head, rows);
  dialog.addEventListener('close', () => {
    request.cancel();
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  draw();
  request.ask(0);
}

function makeTable(body: HTMLElement): HTMLElement {
  const heads = [
    makeElement('th', { scope: 'col', className: 'number' }, 'Time'),
    makeElement('th', { scope: 'col' }, 'Series'),
    makeElement('th', { scope: 'col', className: 'number' }, 'Value'),
    makeElement('th', { scope: 'col' }, 'Text'),
  ];
  return makeElement('table', {}, makeElement('thead', {}, makeElement('tr', {}, ...heads)), body);
}

function makeRow(
  [seconds = '', key = '', value = '', label = '']: readonly string[],
  nameOf: (key: string) => string,
): HTMLElement {
  return makeElement(
    'tr',
    {},
    makeElement('td', { className: 'number' }, formatTime(Number(seconds), 4)),
    makeElement('td', { title: key }, nameOf(key)),
    makeElement('td', { className: 'number' }, value.replace('-', '−')),
    makeElement('td', {}, label),
  );
}
