import { connectCharts } from './chart-cursors.ts';
import { addCodeButtons, addCommandButton } from './copy-buttons.ts';
import { makeElement } from './element.ts';
import { makeScrollersFocusable } from './scrollers.ts';
import { addFilter } from './table-filter.ts';
import { makeSortable } from './table-sorting.ts';
import { addThemeButton } from './theme-button.ts';

// The page says everything without this script; here it becomes convenient.
const tools = makeElement('div', { className: 'tools' });
document.querySelector('header')?.append(tools);
addCommandButton(tools);
addThemeButton(tools);
addCodeButtons();
for (const table of document.querySelectorAll<HTMLTableElement>('table.data')) {
  makeSortable(table);
  addFilter(table);
}
connectCharts();
makeScrollersFocusable();
