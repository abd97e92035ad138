import './can-tab.css';
import type { MessageRow, MessageTable } from '#protocol';
import { makeBannerStack } from '../../shared/banners.ts';
import type { PageHost } from '../../shared/host/page-host.ts';
import { describeFailure } from '../../shared/host/request-failure.ts';
import type { KeyBinding } from '../../shared/keys.ts';
import { formatAmount, formatArbitrationId } from '../../shared/number-text.ts';
import { quoteWord } from '#protocol';
import type { LogDocument } from '../log-document.ts';
import type { LogTab } from '../log-tab.ts';
import { createLatestRequest } from '../rows/latest-request.ts';
import { makeHiddenRows, makeUnreadRows } from '../rows/no-rows.ts';
import { makeHiddenNotice, makeNoCan } from './can-notices.ts';
import { layOutCan } from './can-layout.ts';
import { CAN_KEYS } from './can-keys.ts';
import { CanDatabases } from './can-databases.ts';
import { listDatabases, measureDecoded } from './decoded-share.ts';
import { CanSnapshot } from './can-snapshot.ts';
import { type CanSwitches, makeCanToolbar } from './can-toolbar.ts';
import { keyOf, MessageList } from './message-list.ts';
import { MessagePane } from './message-detail.ts';
import { ALL_MESSAGES, describeFilters, type MessageFilters } from './message-filters.ts';
import { readCanChoice, type RememberedCan } from './remembered-can.ts';

/** Makes the tab of CAN: every message of every bus at the cursor, and one of them in detail. */
export function createCanTab(document: LogDocument, host: PageHost): LogTab {
  return new CanTab(document, host);
}

class CanTab implements LogTab {
  readonly id = 'can';
  readonly title = 'CAN';
  readonly element: HTMLElement;
  readonly keys = CAN_KEYS;
  readonly bindings: readonly KeyBinding[];
  readonly #document: LogDocument;
  readonly #list: MessageList;
  readonly #pane: MessagePane;
  readonly #banners = makeBannerStack();
  readonly #toolbar = makeCanToolbar({
    onBus: (bus) => {
      this.#choose({ filters: { ...this.#choice.filters, bus } });
    },
    onSwitch: (name) => {
      this.#turn(name);
    },
    onDatabases: () => {
      this.#databases.open();
    },
  });
  readonly #databases: CanDatabases;
  readonly #snapshot;
  readonly #table;
  #choice: RememberedCan;
  #messages: MessageTable | null = null;
  #failure: string | null = null;
  #isSeen = false;

  constructor(document: LogDocument, host: PageHost) {
    this.#document = document;
    this.#choice = readCanChoice(document.remembered('can'));
    this.#list = this.#makeList();
    this.#databases = new CanDatabases(document, host, () => {
      this.#draw();
    });
    this.#pane = new MessagePane({
      document,
      host,
      onClose: () => {
        this.#choose({ selected: null });
      },
    });
    this.#snapshot = createLatestRequest({
      ask: (atSeconds: number, signal) => document.ask('sessions/canAt', { atSeconds }, { signal }),
      take: (blocks) => {
        this.#takeSnapshot(new CanSnapshot(blocks));
      },
    });
    this.#table = createLatestRequest({
      ask: (_asked: undefined, signal) => document.ask('sessions/messages', {}, { signal }),
      take: (table) => {
        this.#takeTable(table);
      },
      onFailure: (error) => {
        this.#failure = describeFailure(error).message;
        this.#list.grid.refresh();
      },
    });
    this.bindings = this.#bind();
    const content = [this.#toolbar.element, this.#banners.element, this.#list.grid.element];
    this.element = layOutCan(content, this.#pane.element, () => this.#list.grid.focus());
    this.#listen();
  }

  show(): void {
    this.#isSeen = true;
    this.#table.ask(undefined);
    void this.#databases.read();
  }

  hide(): void {
    this.#isSeen = false;
    this.#table.cancel();
    this.#snapshot.cancel();
    this.#pane.hide();
  }

  footText(): string {
    const frames = this.#messages === null ? '' : `${formatAmount(this.#messages.frames, 'frame')} · `;
    return frames + this.command();
  }

  focusFilter(): void {
    this.#list.focusFilter();
  }

  async step(direction: -1 | 1): Promise<number | null> {
    const selected = this.#list.selected()?.message ?? this.#list.first();
    if (selected === undefined) return null;
    const { bus, arbitrationId } = selected;
    const atSeconds = this.#document.cursor.get();
    const { seconds } = await this.#document.ask('sessions/findFrame', {
      ...{ bus, arbitrationId, atSeconds, step: direction },
    });
    return seconds;
  }

  command(): string {
    const path = quoteWord(this.#document.input.path, 'posix');
    const selected = this.#list.selected()?.message;
    const message = selected === undefined ? '' : ` --message ${formatArbitrationId(selected.arbitrationId)}`;
    return `cts dbc decode ${path}${message}`;
  }

  #makeList(): MessageList {
    return new MessageList({
      filters: () => this.#choice.filters,
      sort: this.#choice.sort,
      onFilter: (column, text) => {
        const { filters } = this.#choice;
        this.#choose({ filters: { ...filters, texts: { ...filters.texts, [column]: text } } });
      },
      onSort: (sort) => {
        this.#choice = { ...this.#choice, sort };
        this.#document.remember('can', this.#choice);
      },
      onSelect: (message) => {
        this.#choose({ selected: keyOf(message) });
      },
      onOpen: () => {
        this.#pane.bits.focus();
      },
      makeEmpty: () => this.#makeEmpty(),
    });
  }

  #bind(): readonly KeyBinding[] {
    return [
      { key: 'S', act: () => this.#suppress() },
      {
        key: 'Shift+S',
        act: () => {
          this.#list.suppressed.clear();
          this.#list.grid.refresh();
        },
      },
      { key: 'H', act: () => this.#turn('hasHeat') },
      { key: 'C', act: () => this.#turn('isColoured') },
      { key: 'D', act: () => this.#turn('isNamedOnly') },
      { key: 'P', act: () => this.#pane.plotAll() },
    ];
  }

  #listen(): void {
    const { cursor, range, revision } = this.#document;
    cursor.subscribe((seconds) => {
      if (this.#isSeen) this.#snapshot.ask(seconds);
    });
    range.subscribe(() => {
      if (this.#isSeen) this.#pane.renewSignals();
    });
    revision.subscribe(() => {
      if (this.#isSeen) this.show();
    });
    this.#document.onShow('can', ({ bus, arbitrationId }) => {
      if (bus === undefined || arbitrationId === undefined) return;
      this.#clearFilters();
      this.#choose({ selected: keyOf({ bus, arbitrationId }) });
      this.#list.select(this.#choice.selected);
    });
  }

  /** Something was chosen: keeps it, and shows what follows from it. */
  #choose(changes: Partial<RememberedCan>): void {
    this.#choice = { ...this.#choice, ...changes };
    this.#document.remember('can', this.#choice);
    if (changes.filters !== undefined) this.#list.filter();
    if (changes.selected !== undefined) this.#list.select(changes.selected);
    this.#draw();
  }

  #turn(name: keyof CanSwitches): void {
    const { filters, switches } = this.#choice;
    if (name === 'isNamedOnly') this.#choose({ filters: { ...filters, isNamedOnly: !filters.isNamedOnly } });
    else this.#choose({ switches: { ...switches, [name]: !switches[name] } });
  }

  #clearFilters(): void {
    const filters: MessageFilters = ALL_MESSAGES;
    this.#list.setFilters(filters);
    this.#choose({ filters });
  }

  #takeTable(table: MessageTable): void {
    const isFirst = this.#messages === null;
    this.#failure = null;
    this.#messages = table;
    this.#list.show(table.messages);
    // Later ones leave the list where it was scrolled to.
    if (isFirst) this.#list.select(this.#choice.selected);
    this.#snapshot.ask(this.#document.cursor.get());
    this.#draw();
    this.#pane.renew();
  }

  /** Messages only become more while a log is read: as many are the same ones, others would show foreign bytes. */
  #takeSnapshot(snapshot: CanSnapshot): void {
    if (snapshot.count !== this.#messages?.messages.length) {
      this.#table.ask(undefined);
      return;
    }
    this.#list.showSnapshot(snapshot);
    this.#drawDetail();
  }

  #draw(): void {
    const { filters, switches } = this.#choice;
    const messages = this.#messages?.messages ?? [];
    this.#toolbar.show({
      ...switches,
      ...{ messages, bus: filters.bus, isNamedOnly: filters.isNamedOnly },
      databases: listDatabases(this.#messages),
      decodedShare: measureDecoded(this.#messages),
    });
    this.#list.grid.element.classList.toggle('is-uncoloured', !switches.isColoured);
    this.#pane.element.classList.toggle('is-cold', !switches.hasHeat);
    this.#drawBanners();
    this.#drawDetail();
    this.#document.tellFoot();
  }

  #drawDetail(): void {
    if (!this.#isSeen) return;
    const selected = this.#list.selected();
    this.element.classList.toggle('is-closed', selected === null);
    if (selected === null) this.#pane.clear();
    else this.#pane.show(selected.message, this.#list.payloadOf(selected.place));
  }

  #drawBanners(): void {
    const selected = this.#list.isSelectedHidden() && this.#list.count() > 0 ? this.#list.selected() : null;
    const hidden =
      selected === null
        ? []
        : [
            makeHiddenNotice(selected.message, () => {
              this.#clearFilters();
            }),
          ];
    this.#banners.show([...this.#databases.listNotices(this.#choice.filters.bus), ...hidden]);
  }

  /** The byte of the selected bit, where the bits have the focus; else whatever toggles in the selected message. */
  #suppress(): void {
    const selected = this.#list.selected();
    if (selected === null) return;
    const key = keyOf(selected.message);
    const payload = this.#list.payloadOf(selected.place);
    if (this.#pane.bits.element.contains(document.activeElement))
      this.#list.suppressed.turn(key, this.#pane.bits.selected() >> 3);
    else if (payload !== null) this.#list.suppressed.addToggling(key, payload);
    this.#list.grid.refresh();
  }

  #makeEmpty(): HTMLElement | null {
    if (this.#failure !== null) return makeUnreadRows('messages', this.#failure);
    const messages: readonly MessageRow[] | undefined = this.#messages?.messages;
    if (messages === undefined) return null;
    if (messages.length === 0) return makeNoCan(this.#document);
    return makeHiddenRows({
      one: 'message',
      filters: describeFilters(this.#choice.filters),
      hidden: messages.length,
      clear: () => {
        this.#clearFilters();
      },
    });
  }
}
