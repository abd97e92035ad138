import type { EventField } from '#protocol';
import { makeElement, makeIconButton } from '../../shared/element.ts';
import { makeIcon } from '../../shared/icons.ts';
import { formatValue } from '../../shared/number-text.ts';

/** How a field is shown. */
export interface FieldRowOptions {
  readonly isOpen: boolean;
  /** Whether it is said how the field differs from the event before. */
  readonly marksChange: boolean;
  readonly onTurn: () => void;
  readonly onPlot: () => void;
}

/** Makes the row of a field: name, value and change, type, a button that plots it. */
export function makeFieldRow(field: EventField, options: FieldRowOptions): HTMLElement {
  const row = makeElement('div', {
    className: 'field-row',
    attributes: { role: 'treeitem', 'aria-level': String(field.depth + 1) },
  });
  if (field.hasChildren) row.setAttribute('aria-expanded', String(options.isOpen));
  row.append(makeName(field, options), makeValue(field, options), makeType(field), makePlot(field, options));
  return row;
}

function makeName(
  { name, depth, hasChildren }: EventField,
  { isOpen, onTurn }: FieldRowOptions,
): HTMLElement {
  const sign = hasChildren ? makeIcon(isOpen ? 'down' : 'right') : makeElement('i');
  const element = makeElement(
    'span',
    { className: 'field-name' },
    sign,
    makeElement('span', { className: 'clip', title: name }, name),
  );
  element.style.setProperty('--depth', String(depth));
  sign.addEventListener('click', onTurn);
  element.addEventListener('dblclick', onTurn);
  return element;
}

function makeValue({ value, change }: EventField, { marksChange }: FieldRowOptions): HTMLElement {
  const text = value.replace(/^-(?=[\d.])/, '−');
  const element = makeElement(
    'span',
    { className: 'mono clip', title: text.slice(0, 2000) },
    text.slice(0, 400),
  );
  if (value === 'empty') element.classList.add('dim');
  if (marksChange && change !== null && change !== 0) element.append(makeChange(change));
  return element;
}

function makeChange(change: number): HTMLElement {
  return makeElement(
    'span',
    { className: 'field-change', title: 'Change since the event of this service before' },
    `${change > 0 ? '▴' : '▾'}${formatValue(Math.abs(change))}`,
  );
}

function makeType({ type }: EventField): HTMLElement {
  return makeElement('span', { className: 'dim caption clip', title: type }, type);
}

function makePlot({ isPlottable, name, path }: EventField, { onPlot }: FieldRowOptions): HTMLElement {
  if (!isPlottable) return makeElement('span');
  const button = makeIconButton({ label: `Plot ${name}`, icon: 'plot', key: 'P', act: onPlot });
  button.title = `Plot ${path} (P)`;
  button.tabIndex = -1;
  return button;
}
