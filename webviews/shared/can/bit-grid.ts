import './bit-grid.css';
import type { DbcSignalInfo } from '#protocol';
import { makeElement, setText } from '../element.ts';
import { formatCount } from '../number-text.ts';
import { clamp } from '../time-range.ts';
import { describeBitParts, labelBit, shortenCount } from './bit-words.ts';
import { findOwners, letterOf, seriesClassOf } from './signal-bits.ts';

/** What the grid shows. */
export interface BitGridContent {
  readonly bytes: Uint8Array;
  /** Changes of each bit, as DBC counts. */
  readonly toggles: Uint32Array;
  readonly signals: readonly DbcSignalInfo[];
}

/** What the grid tells. */
export interface BitGridOptions {
  /** Enter on a bit: its signal, or the bits that were selected for a new one. */
  readonly onEnter: (first: number, last: number, owner: number | null) => void;
  readonly onSelect?: (bit: number) => void;
}

interface BitCell {
  readonly element: HTMLElement;
  readonly value: HTMLElement;
  readonly count: HTMLElement;
  /** All of it, for those who listen. */
  readonly words: HTMLElement;
  /** What it shows: what stays the same is not written again. */
  key: string;
}

/** The bits of a message, eight to a row, bit 7 at the left: value, changes, owner. */
export class BitGrid {
  readonly element = makeElement('div', { className: 'bit-grid', attributes: { role: 'grid' } });
  /** The line that spells out both numberings of the bit under pointer or focus. */
  readonly words = makeElement('div', { className: 'pane-head dense bit-words' });
  /** From never to the most changes. */
  readonly legend = makeElement('span', { className: 'heat-legend' });
  readonly #options: BitGridOptions;
  #content: BitGridContent = { bytes: new Uint8Array(), toggles: new Uint32Array(), signals: [] };
  #owners: ReadonlyMap<number, number> = new Map();
  #cells: BitCell[] = [];
  #byteTexts: HTMLElement[] = [];
  #selected = 7;
  #most = NaN;
  #spelled = '';
  /** Where a new signal begins, while one is being selected. */
  #anchor: number | null = null;
  #shape = '';

  constructor(options: BitGridOptions) {
    this.#options = options;
    this.element.addEventListener('click', ({ target }) => {
      const bit = this.#bitOf(target);
      if (bit !== null) this.#select(bit, null);
    });
    this.element.addEventListener('pointerover', ({ target }) => {
      this.#spell(this.#bitOf(target) ?? this.#selected);
    });
    this.element.addEventListener('pointerleave', () => {
      this.#spell(this.#selected);
    });
    this.element.addEventListener('keydown', (event) => {
      if (!event.ctrlKey && !event.altKey && !event.metaKey && this.#press(event)) event.preventDefault();
    });
  }

  /** Shows a message. What stays the same is not touched: this is called for every frame of a replay. */
  show(name: string, content: BitGridContent): void {
    const count = Math.max(content.bytes.length, Math.ceil(content.toggles.length / 8));
    const shape = JSON.stringify([
      name,
      count,
      content.signals.map((s) => [s.name, s.startBit, s.length, s.byteOrder]),
    ]);
    this.#content = content;
    if (shape !== this.#shape) this.#build(name, count, shape);
    this.#fill();
  }

  /** Focuses the selected bit. */
  focus(): void {
    this.#cellOf(this.#selected)?.focus();
  }

  selected(): number {
    return this.#selected;
  }

  #build(name: string, byteCount: number, shape: string): void {
    this.#shape = shape;
    this.#owners = findOwners(this.#content.signals);
    this.#selected = clamp(this.#selected, 0, Math.max(0, byteCount * 8 - 1));
    this.#anchor = null;
    this.#cells = [];
    this.#byteTexts = [];
    this.element.setAttribute('aria-label', `Bits of ${name}`);
    const rows = Array.from({ length: byteCount }, (_, byte) => this.#makeRow(byte));
    this.element.replaceChildren(makeHead(), ...rows);
  }

  #makeRow(byte: number): HTMLElement {
    const text = makeElement('b');
    this.#byteTexts.push(text);
    const head = makeElement(
      'div',
      { className: 'bit-byte', attributes: { role: 'rowheader' } },
      makeElement('span', {}, `Byte ${String(byte)}`),
      text,
      makeElement('span', {}, String(byte * 8)),
    );
    const cells = [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => this.#makeCell(byte * 8 + bit));
    return makeElement('div', { className: 'bit-row', attributes: { role: 'row' } }, head, ...cells);
  }

  #makeCell(bit: number): HTMLElement {
    const owner = this.#owners.get(bit);
    const names = ['bit', ...(owner === undefined ? [] : ['is-owned', seriesClassOf(owner)])];
    const cell = makeElement('div', {
      className: names.join(' '),
      attributes: { role: 'gridcell' },
      dataset: { bit: String(bit) },
    });
    if (owner !== undefined && this.#content.signals[owner]?.startBit === bit)
      cell.append(makeElement('i', { ariaHidden: 'true' }, letterOf(owner)));
    const value = makeElement('span', { ariaHidden: 'true' });
    const count = makeElement('small', { ariaHidden: 'true' });
    const words = makeElement('span', { className: 'unseen' });
    cell.append(value, count, words);
    this.#cells[bit] = { element: cell, value, count, words, key: '' };
    return cell;
  }

  #fill(): void {
    const { toggles, bytes } = this.#content;
    const most = toggles.reduce((top, count) => Math.max(top, count), 0);
    this.#byteTexts.forEach((text, byte) => {
      setText(
        text,
        byte < bytes.length ? (bytes[byte] ?? 0).toString(16).toUpperCase().padStart(2, '0') : '–',
      );
    });
    this.#cells.forEach((cell, bit) => {
      this.#fillCell(cell, bit, most);
    });
    if (most !== this.#most) this.legend.replaceChildren('never', makeElement('i'), `${formatCount(most)}×`);
    this.#most = most;
    this.#spell(this.#selected);
  }

  #fillCell(cell: BitCell, bit: number, most: number): void {
    const { toggles, bytes, signals } = this.#content;
    const count = toggles[bit] ?? 0;
    const byte = bytes[bit >> 3];
    const value = ((byte ?? 0) >> (bit & 7)) & 1;
    const isSelected = bit === this.#selected;
    const isNew = this.#isInNew(bit);
    const key = `${byte === undefined ? '' : value}|${count}|${most}|${String(isSelected)}|${String(isNew)}`;
    if (key === cell.key) return;
    cell.key = key;
    const { element } = cell;
    setText(cell.value, byte === undefined ? '' : String(value));
    setText(cell.count, count === 0 ? '' : shortenCount(count));
    element.classList.toggle('is-never', count === 0);
    element.classList.toggle('is-zero', value === 0);
    element.classList.toggle('is-new', isNew);
    const share = count === 0 ? 0 : Math.log1p(count) / Math.log1p(most);
    element.style.setProperty('--toggled', share.toFixed(2));
    element.setAttribute('aria-selected', String(isSelected));
    element.tabIndex = isSelected ? 0 : -1;
    const owner = signals[this.#owners.get(bit) ?? -1] ?? null;
    setText(cell.words, labelBit({ bit, toggles: count, owner }, value));
  }

  #isInNew(bit: number): boolean {
    if (this.#anchor === null || this.#anchor === this.#selected) return false;
    const [a, b] = [orderOf(this.#anchor), orderOf(this.#selected)];
    const order = orderOf(bit);
    return order >= Math.min(a, b) && order <= Math.max(a, b);
  }

  #spell(bit: number): void {
    const owner = this.#content.signals[this.#owners.get(bit) ?? -1] ?? null;
    const toggles = this.#content.toggles[bit] ?? 0;
    const key = `${this.#shape}|${bit}|${toggles}`;
    if (key === this.#spelled) return;
    this.#spelled = key;
    const parts = describeBitParts({ bit, toggles, owner }).map(({ text, isValue }) =>
      isValue ? makeElement('span', {}, text) : text,
    );
    this.words.replaceChildren(
      makeElement('b', {}, `Byte ${String(bit >> 3)}, bit ${String(bit & 7)}`),
      makeElement('span', { className: 'dim clip' }, ...parts),
    );
  }

  #select(bit: number, anchor: number | null): void {
    this.#selected = bit;
    this.#anchor = anchor;
    this.#fill();
    this.focus();
    this.#options.onSelect?.(bit);
  }

  #press({ key, shiftKey }: KeyboardEvent): boolean {
    if (key === 'Enter') {
      const owner = this.#owners.get(this.#selected) ?? null;
      this.#options.onEnter(
        this.#anchor ?? this.#selected,
        this.#selected,
        this.#anchor === null ? owner : null,
      );
      return true;
    }
    const bit = this.#selected;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: orderOf(orderOf(bit) - 1),
      ArrowRight: orderOf(orderOf(bit) + 1),
      ArrowUp: bit - 8,
      ArrowDown: bit + 8,
      Home: bit | 7,
      End: bit & ~7,
    };
    const next = moves[key];
    if (next === undefined) return false;
    if (next < 0 || next >= this.#cells.length) return true;
    this.#select(next, shiftKey ? (this.#anchor ?? bit) : null);
    return true;
  }

  #cellOf(bit: number): HTMLElement | undefined {
    return this.#cells[bit]?.element;
  }

  #bitOf(target: EventTarget | null): number | null {
    const cell = target instanceof Element ? target.closest<HTMLElement>('.bit') : null;
    return cell === null ? null : Number(cell.dataset['bit']);
  }
}

/** Bits in the order of the frame and as DBC counts: the way there is the way back. */
function orderOf(bit: number): number {
  return bit < 0 ? -1 : (bit & ~7) + 7 - (bit & 7);
}

function makeHead(): HTMLElement {
  const corner = makeElement(
    'span',
    { className: 'bit-head', attributes: { role: 'columnheader' } },
    makeElement('span', {}, 'DBC +'),
    makeElement('span', {}, 'in order +'),
  );
  const heads = [7, 6, 5, 4, 3, 2, 1, 0].map((bit) =>
    makeElement(
      'span',
      { className: 'bit-head', attributes: { role: 'columnheader' } },
      makeElement('b', {}, String(bit)),
      makeElement('span', {}, String(7 - bit)),
    ),
  );
  return makeElement('div', { className: 'bit-row', attributes: { role: 'row' } }, corner, ...heads);
}
