import type { Run } from '#protocol';
import { makeTonedIcon } from '../shared/chips.ts';
import { setText } from '../shared/element.ts';
import type { GridColumn } from '../shared/virtual-grid.ts';
import { describeProgress, formatMoment, STATE_WORDS } from './run-words.ts';

/** The columns of runs. */
export const RUN_COLUMNS: readonly GridColumn<Run>[] = [
  {
    ...{ id: 'state', title: '', width: '20px' },
    fill: (cell, { state }) => {
      const { word, tone } = STATE_WORDS[state];
      cell.title = word;
      cell.replaceChildren(makeTonedIcon(tone));
    },
  },
  {
    ...{ id: 'tool', title: 'Tool', width: 'minmax(0, 1fr)' },
    fill: (cell, { name, toolId }) => {
      setText(cell, name ?? toolId);
    },
  },
  {
    ...{ id: 'input', title: 'Input', width: 'minmax(0, 1.4fr)' },
    fill: (cell, { inputName }) => {
      cell.classList.add('dim');
      setText(cell, inputName ?? '');
    },
  },
  {
    ...{ id: 'created', title: 'Asked for', width: 'var(--created, 160px)' },
    fill: (cell, { createdAt }) => {
      cell.classList.add('dim');
      setText(cell, formatMoment(createdAt));
    },
  },
  {
    ...{ id: 'end', title: 'Time or state', width: '96px', align: 'right' },
    fill: (cell, run) => {
      setText(cell, describeProgress(run));
    },
  },
];
