import './byte-cells.css';
import { makeElement, setClass, setText } from '../element.ts';
import { type ShownPayload, unpackChange } from './byte-change.ts';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
/** Bytes of CAN-FD that a row has room for; the rest is told as an ellipsis, and shown in the bit grid. */
const MOST_CELLS = 8;

/** Writes a payload into a cell of a row; elements are used again. Null: no frame yet. */
export function fillByteCells(cell: HTMLElement, payload: ShownPayload | null): void {
  const row = takeRow(cell);
  if (payload === null || payload.bytes.length === 0) {
    const words = makeElement('span', { className: 'dim' }, payload === null ? '' : '0 bytes');
    row.replaceChildren(words);
    return;
  }
  const count = Math.min(payload.bytes.length, MOST_CELLS);
  const hasRest = payload.bytes.length > MOST_CELLS;
  takeCells(row, count + (hasRest ? 1 : 0));
  for (let place = 0; place < count; place += 1) {
    const element = row.children[place];
    if (element === undefined) continue;
    setText(element, HEX[payload.bytes[place] ?? 0] ?? '');
    setClass(element, nameClass(payload.changes[place] ?? 0));
  }
  const rest = row.children[count];
  if (rest === undefined) return;
  setText(rest, '…');
  setClass(rest, 'byte-cell is-same');
}

/** Makes the legend of the colours. */
export function makeByteLegend(): HTMLElement {
  const parts = (['rising', 'falling', 'toggling'] as const).map((kind) =>
    makeElement('span', {}, makeElement('i', { className: `byte-cell is-${kind} is-0` }), kind),
  );
  return makeElement(
    'div',
    { className: 'byte-legend', attributes: { 'aria-label': 'Byte colours' } },
    ...parts,
  );
}

function nameClass(packed: number): string {
  const { kind, age } = unpackChange(packed);
  return kind === 'none' ? 'byte-cell is-same' : `byte-cell is-${kind} is-${String(age)}`;
}

function takeRow(cell: HTMLElement): HTMLElement {
  const [known] = cell.children;
  if (known instanceof HTMLElement && known.classList.contains('byte-cells')) return known;
  const row = makeElement('span', { className: 'byte-cells' });
  cell.replaceChildren(row);
  return row;
}

function takeCells(row: HTMLElement, count: number): void {
  if (row.firstElementChild?.classList.contains('dim') === true) row.replaceChildren();
  while (row.children.length > count) row.lastElementChild?.remove();
  while (row.children.length < count) row.append(makeElement('span'));
}
