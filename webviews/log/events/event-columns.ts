import type { EventRow } from '#protocol';
import { makeElement, setText } from '../../shared/element.ts';
import { formatBytes, formatCount, formatFixed, NO_VALUE } from '../../shared/number-text.ts';
import { formatTime } from '../../shared/time-text.ts';
import type { GridColumn } from '../../shared/virtual-grid.ts';

/** Services that people look for first wear a colour; the name beside it says the same. */
const SERVICE_SERIES: ReadonlyMap<string, string> = new Map([
  ['can', 'series1'],
  ['sendcan', 'series2'],
  ['carState', 'series3'],
  ['carControl', 'series4'],
  ['carOutput', 'series4'],
  ['controlsState', 'series4'],
  ['selfdriveState', 'series5'],
  ['errorLogMessage', 'series6'],
]);

/** The columns of events. */
export const EVENT_COLUMNS: readonly GridColumn<EventRow>[] = [
  {
    ...{ id: 'index', title: 'Index', width: '60px', align: 'right' },
    fill: (cell, { index }) => {
      cell.classList.add('dim');
      setText(cell, formatCount(index));
    },
  },
  {
    ...{ id: 'time', title: 'Time ↑', width: '76px', align: 'right' },
    fill: (cell, { seconds }) => {
      setText(cell, formatTime(seconds, 4));
    },
  },
  {
    ...{ id: 'delta', title: 'Δ ms', width: '56px', align: 'right', hint: 'After the row above' },
    fill: (cell, { deltaMs }) => {
      cell.classList.add('dim');
      setText(cell, deltaMs === null ? '' : `+${formatFixed(deltaMs, 2)}`);
    },
  },
  { id: 'service', title: 'Service', width: '168px', fill: fillService },
  {
    ...{ id: 'content', title: 'Content', width: 'minmax(0, 1fr)' },
    fill: (cell, { content, isReadable }) => {
      cell.classList.add('dim');
      setText(cell, isReadable ? writeMinus(content) || NO_VALUE : 'cannot be read');
    },
  },
  {
    ...{ id: 'size', title: 'Size', width: '58px', align: 'right' },
    fill: (cell, { sizeBytes }) => {
      cell.classList.add('dim');
      setText(cell, formatBytes(sizeBytes));
    },
  },
];

function fillService(cell: HTMLElement, { service }: EventRow): void {
  const [bar] = cell.children;
  const series = SERVICE_SERIES.get(service) ?? '';
  if (!(bar instanceof HTMLElement)) {
    cell.replaceChildren(makeElement('i', { className: `service-bar ${series}` }), service);
    return;
  }
  bar.className = `service-bar ${series}`;
  if (bar.nextSibling !== null) bar.nextSibling.nodeValue = service;
}

/** Negative numbers wear a real minus, hyphens within words stay. */
function writeMinus(content: string): string {
  return content.replace(/(^|\s)-(?=\d)/g, '$1−');
}
