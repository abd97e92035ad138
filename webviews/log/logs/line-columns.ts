import type { LogLine } from '#protocol';
import { makeTonedIcon } from '../../shared/chips.ts';
import { setText } from '../../shared/element.ts';
import { formatTime } from '../../shared/time-text.ts';
import type { GridColumn } from '../../shared/virtual-grid.ts';

/** The columns of log text. Only warnings and errors have an icon: a column of icons says nothing. */
export const LINE_COLUMNS: readonly GridColumn<LogLine>[] = [
  { id: 'level', title: '', width: '20px', fill: fillLevel },
  {
    ...{ id: 'time', title: 'Time ↑', width: '72px', align: 'right' },
    fill: (cell, { seconds, level }) => {
      cell.classList.toggle('dim', level !== 'error');
      setText(cell, formatTime(seconds));
    },
  },
  {
    ...{ id: 'source', title: 'Source', width: '132px' },
    fill: (cell, { source }) => {
      cell.classList.toggle('dim', source === 'androidLog');
      setText(cell, source);
    },
  },
  {
    ...{ id: 'where', title: 'Where', width: 'var(--where, 124px)' },
    fill: (cell, { where, detail }) => {
      cell.classList.add('dim');
      const text = where === '' && detail !== null ? 'traceback' : where;
      setText(cell, text);
      cell.title = text;
    },
  },
  {
    ...{ id: 'text', title: 'Text', width: 'minmax(0, 1fr)' },
    fill: (cell, { text }) => {
      setText(cell, text);
    },
  },
];

function fillLevel(cell: HTMLElement, { level }: LogLine): void {
  if (cell.dataset['level'] === level) return;
  cell.dataset['level'] = level;
  cell.title = level;
  cell.replaceChildren(...(level === 'error' || level === 'warning' ? [makeTonedIcon(level)] : []));
}
