/** What a cell sorts by: a number, a text, or nothing. */
export type CellValue = number | string | undefined;

const collator = new Intl.Collator('en', { numeric: true });

/** Reads a cell as the page writes it: times by their link, numbers with thin spaces, a real minus and a unit. */
export function readCell(cell: HTMLTableCellElement | undefined): CellValue {
  const text = cell?.textContent.trim() ?? '';
  if (cell === undefined || text === '' || text === '–') return undefined;
  if (!cell.classList.contains('num')) return text;
  const place = cell.querySelector('a.time')?.getAttribute('href')?.slice('#t='.length);
  return readNumber(place ?? text);
}

/** Orders values; cells without one stand last, whatever the direction. */
export function compareCells(left: CellValue, right: CellValue, direction: 1 | -1): number {
  if (left === undefined || right === undefined)
    return Number(left === undefined) - Number(right === undefined);
  if (typeof left === 'number' && typeof right === 'number') return direction * (left - right || 0);
  return direction * collator.compare(String(left), String(right));
}

function readNumber(text: string): number | string {
  const plain = text.replace('−', '-').replaceAll('\u202f', '').replace('∞', 'Infinity');
  const number = /^[-+]?(?:Infinity|[\d.]+(?:e[-+−]?\d+)?)/.exec(plain.replace('e−', 'e-'))?.[0];
  return number === undefined ? text : Number(number);
}
