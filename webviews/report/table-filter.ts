import { makeElement } from './element.ts';

/** Tables with more rows have a field that filters them. */
const MANY_ROWS = 20;

/** Puts a field above a long table that hides rows without all of its words. */
export function addFilter(table: HTMLTableElement): void {
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  if (rows.length <= MANY_ROWS) return;
  const field = makeElement('input', { type: 'search', placeholder: 'Filter rows', autocomplete: 'off' });
  field.ariaLabel = `Filter rows of ${table.caption?.textContent ?? 'the table'}`;
  const count = makeElement('span', { role: 'status' }, `${String(rows.length)} rows`);
  const texts = rows.map((row) => foldText([...row.cells].map((cell) => cell.textContent).join(' ')));
  field.addEventListener('input', () => {
    const shown = filterRows(rows, texts, field.value);
    count.textContent =
      shown === rows.length ? `${String(shown)} rows` : `${String(shown)} of ${String(rows.length)} rows`;
  });
  const place = table.closest('.scroll') ?? table;
  place.before(makeElement('div', { className: 'filter' }, field, count));
}

/** @returns How many rows are shown. */
function filterRows(rows: readonly HTMLTableRowElement[], texts: readonly string[], filter: string): number {
  const words = foldText(filter)
    .split(' ')
    .filter((word) => word !== '');
  let shown = 0;
  rows.forEach((row, i) => {
    row.hidden = !words.every((word) => texts[i]?.includes(word));
    if (!row.hidden) shown++;
  });
  return shown;
}

/** What is typed finds what is written: thin spaces are left out, a minus is a minus. */
function foldText(text: string): string {
  return text.toLowerCase().replaceAll('\u202f', '').replaceAll('−', '-').replaceAll('\u00a0', ' ');
}
