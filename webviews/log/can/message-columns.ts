import type { MessageRow } from '#protocol';
import { fillByteCells } from '../../shared/can/byte-cells.ts';
import type { ShownPayload } from '../../shared/can/byte-change.ts';
import { makeElement, setClass, setText, setTitle } from '../../shared/element.ts';
import { makeFilterField } from '../../shared/filter-field.ts';
import {
  formatArbitrationId,
  formatCount,
  formatFixed,
  formatPercent,
  NO_VALUE,
} from '../../shared/number-text.ts';
import type { GridColumn } from '../../shared/virtual-grid.ts';
import { type FilterColumn, findFilterProblem, type MessageFilters } from './message-filters.ts';

/** A row of the table: a message, and its place among all. */
export interface ShownMessage {
  readonly place: number;
  readonly message: MessageRow;
}

/** What the columns are made with. */
export interface MessageColumnsOptions {
  readonly filters: () => MessageFilters;
  readonly onFilter: (column: FilterColumn, text: string) => void;
  readonly payloadOf: (row: ShownMessage) => ShownPayload | null;
}

/** Columns of the CAN table, and the fields of its filter row by column. */
export interface MessageColumns {
  readonly columns: readonly GridColumn<ShownMessage>[];
  /** Writes texts into the filter row. */
  setFilters(filters: MessageFilters): void;
  focusFilter(): void;
}

const PLACEHOLDERS: Readonly<Record<FilterColumn, string>> = {
  bus: 'bus',
  id: '1D0–3FF',
  name: 'name or node',
  frames: '> 100',
  rate: '≥ 1',
  data: 'bytes, e.g. ?? 24 00',
  changes: '> 0',
};

/** Makes the columns of the CAN table. */
export function makeMessageColumns({ filters, onFilter, payloadOf }: MessageColumnsOptions): MessageColumns {
  const fields = new Map<FilterColumn, ReturnType<typeof makeFilterField>>();
  const makeField = (column: FilterColumn): HTMLElement => {
    const field = makeFilterField({
      label: `Filter ${column}`,
      placeholder: PLACEHOLDERS[column],
      value: filters().texts[column],
      isInRow: true,
      onChange: (text) => {
        onFilter(column, text);
        return findFilterProblem(column, text);
      },
    });
    if (column === 'id' || column === 'data') field.element.classList.add('mono');
    fields.set(column, field);
    return field.element;
  };
  const columns: readonly GridColumn<ShownMessage>[] = [
    { id: 'bus', title: 'Bus', width: '34px', isSortable: true, filter: makeField('bus'), fill: fillBus },
    {
      ...{ id: 'id', title: 'Id', width: 'var(--id, 56px)', isMono: true, isSortable: true },
      filter: makeField('id'),
      fill: fillId,
    },
    {
      ...{ id: 'name', title: 'Name', width: 'minmax(96px, 1fr)', isSortable: true },
      filter: makeField('name'),
      fill: fillName,
    },
    {
      ...{ id: 'frames', title: 'Frames', width: '62px', align: 'right', isSortable: true },
      filter: makeField('frames'),
      fill: (cell, { message }) => {
        setText(cell, formatCount(message.frames));
      },
    },
    {
      ...{ id: 'rate', title: 'Hz', width: '58px', align: 'right', isSortable: true },
      filter: makeField('rate'),
      fill: (cell, { message }) => {
        setText(cell, message.rateHz === null ? NO_VALUE : formatFixed(message.rateHz, 1));
      },
    },
    {
      ...{ id: 'data', title: 'Data', width: 'var(--data, 206px)' },
      filter: makeField('data'),
      fill: (cell, row) => {
        fillByteCells(cell, payloadOf(row));
      },
    },
    {
      ...{ id: 'changes', title: 'Changes', width: '52px', align: 'right', isSortable: true },
      hint: 'Share of frames that differ from the one before',
      filter: makeField('changes'),
      fill: (cell, { message }) => {
        setText(cell, message.frames > 1 ? formatPercent(message.changedShare) : NO_VALUE);
      },
    },
  ];
  return {
    columns,
    setFilters: ({ texts }) => {
      for (const [column, field] of fields) field.set(texts[column]);
    },
    focusFilter: () => fields.get('id')?.focus(),
  };
}

function fillBus(cell: HTMLElement, { message: { bus, carBus, origin } }: ShownMessage): void {
  setClass(cell, origin === 'received' ? 'grid-cell' : 'grid-cell dim');
  const word = origin === 'received' ? '' : origin === 'sent' ? ' sent' : ' rej.';
  const text = `${String(origin === 'received' ? bus : carBus)}${word}`;
  if (cell.textContent !== text) {
    cell.replaceChildren(
      text.slice(0, text.length - word.length),
      ...(word === '' ? [] : [makeElement('small', { className: 'caption' }, word)]),
    );
  }
  setTitle(cell, origin === 'received' ? '' : `Logged as bus ${String(bus)}`);
}

function fillId(cell: HTMLElement, { message }: ShownMessage): void {
  const text = formatArbitrationId(message.arbitrationId);
  setText(cell, text);
  setTitle(cell, `${text} · ${String(message.arbitrationId)}`);
}

function fillName(cell: HTMLElement, { message: { name, node } }: ShownMessage): void {
  const small = node === null || node === 'XXX' || node === 'Vector__XXX' ? '' : node;
  const key = `${name ?? ''}\n${small}`;
  if (cell.dataset['key'] === key) return;
  cell.dataset['key'] = key;
  cell.title = name ?? '';
  cell.replaceChildren(
    name === null ? makeElement('span', { className: 'dim' }, 'not in DBC') : name,
    ...(small === '' ? [] : [' ', makeElement('span', { className: 'dim caption' }, small)]),
  );
}
