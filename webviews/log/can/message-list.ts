import type { MessageRow } from '#protocol';
import { describePayload, type ShownPayload } from '../../shared/can/byte-change.ts';
import { formatArbitrationId } from '../../shared/number-text.ts';
import { type GridSort, makeVirtualGrid, type VirtualGrid } from '../../shared/virtual-grid.ts';
import type { CanSnapshot } from './can-snapshot.ts';
import { makeMessageColumns, type MessageColumns, type ShownMessage } from './message-columns.ts';
import {
  compileFilters,
  dependsOnPayload,
  type FilterColumn,
  type MessageFilters,
  nameBus,
} from './message-filters.ts';
import { sortMessages } from './message-order.ts';
import { SuppressedBytes } from './suppressed-bytes.ts';

/** What the list of messages tells. */
export interface MessageListOptions {
  readonly filters: () => MessageFilters;
  readonly sort: GridSort;
  readonly onFilter: (column: FilterColumn, text: string) => void;
  readonly onSort: (sort: GridSort) => void;
  readonly onSelect: (message: MessageRow) => void;
  readonly onOpen: () => void;
  readonly makeEmpty: () => HTMLElement | null;
}

const NO_BYTES = new Uint8Array();

/** Messages of all buses, filtered and sorted, with their payloads at the cursor. */
export class MessageList {
  readonly grid: VirtualGrid;
  readonly suppressed = new SuppressedBytes();
  readonly #options: MessageListOptions;
  readonly #columns: MessageColumns;
  #messages: readonly MessageRow[] = [];
  #snapshot: CanSnapshot | null = null;
  /** Places of the messages that pass the filters, in their order. */
  #shown: readonly number[] = [];
  #sort: GridSort;
  #selected: string | null = null;

  constructor(options: MessageListOptions) {
    this.#options = options;
    this.#sort = options.sort;
    this.#columns = makeMessageColumns({
      filters: options.filters,
      onFilter: options.onFilter,
      payloadOf: ({ place }) => this.payloadOf(place),
    });
    this.grid = this.#makeGrid();
  }

  /** All messages, in the engine's order. */
  show(messages: readonly MessageRow[]): void {
    this.#messages = messages;
    this.grid.element.classList.toggle('has-long-ids', messages.some(isExtended));
    this.grid.element.classList.toggle(
      'has-long-frames',
      messages.some(({ maxBytes }) => maxBytes > 8),
    );
    this.filter();
  }

  /** Payloads at another time: rows stay where they are, unless the filter looks at bytes. */
  showSnapshot(snapshot: CanSnapshot | null): void {
    this.#snapshot = snapshot;
    if (dependsOnPayload(this.#options.filters())) this.filter();
    else this.grid.refresh();
  }

  /** The filters have changed. The selection survives, also where the message is hidden. */
  filter(): void {
    const test = compileFilters(this.#options.filters());
    const places = [...this.#messages.keys()].filter((place) => {
      const message = this.#messages[place];
      return message !== undefined && test({ message, bytes: this.payloadOf(place)?.bytes ?? NO_BYTES });
    });
    this.#shown = sortMessages(places, this.#messages, this.#sort);
    this.#showSelection();
    this.grid.refresh();
  }

  /** Writes the filters into their fields. */
  setFilters(filters: MessageFilters): void {
    this.#columns.setFilters(filters);
  }

  focusFilter(): void {
    this.#columns.focusFilter();
  }

  /** How many messages the filters admit. */
  count(): number {
    return this.#shown.length;
  }

  /** Payload and changes of a message at the cursor, without those that are suppressed. */
  payloadOf(place: number): ShownPayload | null {
    const message = this.#messages[place];
    const payload = this.#snapshot?.payloadOf(place) ?? null;
    return message === undefined ? null : this.suppressed.quieten(keyOf(message), payload);
  }

  /** The selected message, shown or hidden. */
  selected(): ShownMessage | null {
    const place = this.#messages.findIndex((message) => keyOf(message) === this.#selected);
    const message = this.#messages[place];
    return message === undefined ? null : { place, message };
  }

  /** Whether the filters hide the selected message. */
  isSelectedHidden(): boolean {
    const selected = this.selected();
    return selected !== null && !this.#shown.includes(selected.place);
  }

  /** Selects a message from outside; null: none. */
  select(key: string | null): void {
    this.#selected = key;
    this.#showSelection();
    const line = this.#selectedLine();
    if (line >= 0) this.grid.reveal(line, 'center');
  }

  /** The first message that is shown. */
  first(): MessageRow | undefined {
    return this.#messages[this.#shown[0] ?? -1];
  }

  #makeGrid(): VirtualGrid {
    const { onSort, onSelect, onOpen, makeEmpty } = this.#options;
    const grid = makeVirtualGrid<ShownMessage>({
      label: 'Messages',
      columns: this.#columns.columns,
      rows: { count: () => this.#shown.length, at: (line) => this.#rowIn(line) },
      sort: this.#sort,
      onSort: (sort) => {
        this.#sort = sort;
        this.grid.showSort(sort);
        onSort(sort);
        this.filter();
      },
      rowClass: ({ message }) => (message.changedShare === 0 ? 'is-quiet' : ''),
      describe: (row) => this.#describe(row),
      onSelect: (_line, row) => {
        if (row === undefined) return;
        this.#selected = keyOf(row.message);
        onSelect(row.message);
      },
      onOpen,
      makeEmpty,
    });
    grid.element.classList.add('message-grid');
    return grid;
  }

  #rowIn(line: number): ShownMessage | undefined {
    const place = this.#shown[line];
    const message = place === undefined ? undefined : this.#messages[place];
    return place === undefined || message === undefined ? undefined : { place, message };
  }

  #describe({ place, message }: ShownMessage): string {
    const payload = this.payloadOf(place);
    const data = payload === null ? 'no frame yet' : `data ${describePayload(payload)}`;
    const name = message.name ?? 'not in DBC';
    return `${nameBus(message.bus)}, ${formatArbitrationId(message.arbitrationId)}, ${name}, ${data}`;
  }

  #selectedLine(): number {
    const selected = this.selected();
    return selected === null ? -1 : this.#shown.indexOf(selected.place);
  }

  #showSelection(): void {
    const line = this.#selectedLine();
    this.grid.select(line < 0 ? null : line);
  }
}

/** Identifiers of 29 bits need more room. */
function isExtended({ arbitrationId }: MessageRow): boolean {
  return arbitrationId > 0x7ff;
}

/** Names a message among all buses. */
export function keyOf({ bus, arbitrationId }: Pick<MessageRow, 'bus' | 'arbitrationId'>): string {
  return `${String(bus)}:${String(arbitrationId)}`;
}
