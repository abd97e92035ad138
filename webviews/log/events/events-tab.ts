import './events-tab.css';
import type { EventField, EventRow, EventRows, EventTree } from '#protocol';
import type { PageHost } from '../../shared/host/page-host.ts';
import { describeFailure } from '../../shared/host/request-failure.ts';
import type { KeyBinding } from '../../shared/keys.ts';
import { formatCount } from '../../shared/number-text.ts';
import { hasSelectedText } from '../../shared/selected-text.ts';
import type { LogDocument } from '../log-document.ts';
import type { LogTab, TabTarget } from '../log-tab.ts';
import { createLatestRequest } from '../rows/latest-request.ts';
import { makeUnreadRows } from '../rows/no-rows.ts';
import { TimeList } from '../rows/time-list.ts';
import { writeEventsCommand } from './event-command.ts';
import { EVENT_COLUMNS } from './event-columns.ts';
import { ALL_EVENTS, type EventChoice, readEventChoice, toEventFilter } from './event-filter.ts';
import { type EventToolbar, makeEventToolbar } from './event-toolbar.ts';
import { EVENTS_KEYS } from './events-keys.ts';
import { layOutEvents } from './events-layout.ts';
import { makeHiddenEvents } from './hidden-events.ts';
import { makeFieldsPane } from './fields-pane.ts';
import type { ServiceCount } from './service-choice.ts';

/** Makes the tab of events: every event in the order of time, and the fields of the selected one. */
export function createEventsTab(document: LogDocument, host: PageHost): LogTab {
  return new EventsTab(document, host);
}

class EventsTab implements LogTab {
  readonly id = 'events';
  readonly title = 'Events';
  readonly element: HTMLElement;
  readonly keys = EVENTS_KEYS;
  readonly bindings: readonly KeyBinding[];
  readonly #document: LogDocument;
  readonly #host: PageHost;
  readonly #list: TimeList<EventRow>;
  readonly #toolbar: EventToolbar;
  readonly #fields = makeFieldsPane({
    onPlot: (field) => {
      this.#plot(field);
    },
    onStep: (direction) => void this.#step(direction),
    onCopy: () => {
      this.#copy();
    },
    onLeave: () => {
      this.#list.grid.focus();
    },
  });
  readonly #event;
  #choice: EventChoice;
  #searchedSeconds: number | null = null;
  #shown: EventTree | null = null;
  #failure: string | null = null;
  #isSeen = false;
  /** Asks again while a text is still being searched. */
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(document: LogDocument, host: PageHost) {
    this.#document = document;
    this.#host = host;
    this.#choice = readEventChoice(document.remembered('events'));
    this.#list = this.#makeList();
    this.#toolbar = makeEventToolbar({
      document,
      choice: () => this.#choice,
      services: () => this.#services(),
      onChange: (choice) => {
        this.#choose(choice);
      },
    });
    this.#event = createLatestRequest<number, EventTree>({
      ask: (index, signal) => document.ask('sessions/event', { index }, { signal }),
      take: (event) => {
        this.#shown = event;
        this.#fields.show(event);
      },
      onFailure: (error) => {
        this.#takeFailure(error);
      },
    });
    this.bindings = this.#bind();
    this.element = layOutEvents([this.#toolbar.element, this.#list.grid.element], this.#fields.element);
    this.#list.grid.element.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowRight' || this.#shown === null) return;
      event.preventDefault();
      this.#fields.focus();
    });
    document.onShow('events', (target) => void this.#showTarget(target));
    document.overview.subscribe(() => {
      this.#drawCount();
    });
  }

  show(): void {
    this.#isSeen = true;
    this.#list.show();
    this.#drawCount();
  }

  hide(): void {
    this.#isSeen = false;
    clearTimeout(this.#again);
    this.#list.hide();
  }

  footText(): string {
    const total = formatCount(this.#list.count());
    const place = this.#list.selectedPlace();
    const row = place ?? Math.max(0, this.#list.cursorPlace() - 1);
    return this.#list.count() === 0 ? '' : `event ${formatCount(row + 1)} of ${total}`;
  }

  focusFilter(): void {
    this.#toolbar.focus();
  }

  async step(direction: -1 | 1): Promise<number | null> {
    const place = this.#list.cursorPlace();
    const at = direction === 1 ? place : place - 2;
    if (at < 0) return null;
    const { rows } = await this.#fetch(at, 1);
    return rows[0]?.seconds ?? null;
  }

  command(): string {
    const { input, range } = this.#document;
    return writeEventsCommand(input.path, { ...range.get(), filter: this.#filter() });
  }

  #makeList(): TimeList<EventRow> {
    return new TimeList<EventRow>({
      label: 'Events',
      document: this.#document,
      columns: EVENT_COLUMNS,
      rowClass: ({ isReadable }) => (isReadable ? '' : 'is-quiet'),
      fetch: (from, count, signal) => this.#fetch(from, count, signal),
      find: async (atSeconds, signal) => {
        const found = await this.#document.ask(
          'sessions/findEvent',
          { filter: this.#filter(), atSeconds },
          { signal },
        );
        return found.row;
      },
      makeEmpty: () => {
        if (this.#failure !== null) return makeUnreadRows('events', this.#failure);
        return this.#searchedSeconds === null ? this.#makeHidden() : null;
      },
      onFailure: (error) => {
        this.#takeFailure(error);
      },
      onSelect: ({ index }) => {
        this.#event.ask(index);
        this.#document.tellFoot();
      },
      onOpen: () => {
        this.#fields.focus();
      },
      onChange: () => {
        this.#drawCount();
      },
    });
  }

  #bind(): readonly KeyBinding[] {
    return [
      { key: 'P', act: () => this.#plotSelected() },
      { key: 'X', act: () => this.#hideSelected() },
      { key: 'Alt+ArrowUp', act: () => void this.#step(-1) },
      { key: 'Alt+ArrowDown', act: () => void this.#step(1) },
      { key: 'Ctrl+C', act: () => (hasSelectedText() ? false : this.#copy()) },
    ];
  }

  async #fetch(from: number, count: number, signal?: AbortSignal): Promise<EventRows> {
    const window = await this.#document.ask(
      'sessions/events',
      { filter: this.#filter(), from, count },
      signal === undefined ? {} : { signal },
    );
    this.#failure = null;
    this.#searchedSeconds = window.searchedSeconds;
    if (window.searchedSeconds !== null) this.#askAgain();
    return window;
  }

  /** A text filter goes on in the engine: what it has found until then is shown twice a second. */
  #askAgain(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      if (this.#isSeen) this.#list.renew();
    }, 500);
  }

  #filter() {
    return toEventFilter(this.#choice, this.#listServices());
  }

  #choose(choice: EventChoice): void {
    this.#choice = choice;
    this.#document.remember('events', choice);
    this.#list.clear();
    this.#drawCount();
    if (this.#shown !== null) void this.#findShown(this.#shown.index);
  }

  /** The event whose fields are seen stays selected where it passes the filter. */
  async #findShown(index: number): Promise<void> {
    const row = await this.#find(index);
    if (row >= 0 && this.#shown?.index === index) this.#list.select(row);
  }

  /** The row of an event; -1 where the filter leaves it out. */
  async #find(index: number): Promise<number> {
    return (await this.#document.ask('sessions/findEvent', { filter: this.#filter(), index })).row;
  }

  async #showTarget(target: Extract<TabTarget, { readonly tab: 'events' }>): Promise<void> {
    const { services, index } = target;
    if (services !== undefined) {
      const hidden = this.#listServices().filter((name) => !services.includes(name));
      this.#choose({ ...ALL_EVENTS, hidden });
    }
    if (index !== undefined) {
      this.#event.ask(index);
      await this.#findShownOrAll(index);
    }
  }

  async #findShownOrAll(index: number): Promise<void> {
    if ((await this.#find(index)) < 0) this.#clearFilters();
    const row = await this.#find(index);
    if (row >= 0) this.#list.select(row);
  }

  #drawCount(): void {
    this.#toolbar.draw(this.#list.count(), this.#searchedSeconds);
    this.#document.tellFoot();
  }

  async #step(direction: -1 | 1): Promise<void> {
    const index = direction === 1 ? this.#shown?.next : this.#shown?.previous;
    if (index === null || index === undefined) return;
    this.#event.ask(index);
    const row = await this.#find(index);
    if (row >= 0) this.#list.select(row);
  }

  #plotSelected(): void {
    const field = this.#fields.selected();
    if (field?.isPlottable === true) this.#plot(field);
  }

  #plot({ path }: EventField): void {
    this.#document.show({ tab: 'signals', series: [path] });
  }

  #hideSelected(): void {
    const service = this.#list.selectedRow()?.service;
    if (service === undefined || this.#choice.hidden.includes(service)) return;
    this.#choose({ ...this.#choice, hidden: [...this.#choice.hidden, service] });
  }

  #copy(): void {
    const event = this.#shown;
    if (event === null) return;
    const command = writeEventsCommand(this.#document.input.path, { filter: { services: [event.service] } });
    const text = event.json ?? command;
    void this.#host.act({ action: 'copyText', text });
    this.#document.announce(event.json === null ? 'Too large to copy: copied the command' : 'Copied as JSON');
  }

  #makeHidden(): HTMLElement | null {
    return makeHiddenEvents(this.#choice, this.#services(), () => {
      this.#clearFilters();
    });
  }

  #clearFilters(): void {
    this.#choose(ALL_EVENTS);
    this.#toolbar.setText('');
  }

  #services(): readonly ServiceCount[] {
    return this.#document.overview.get()?.info.services ?? [];
  }

  #listServices(): readonly string[] {
    return this.#services().map(({ service }) => service);
  }

  #takeFailure(error: unknown): void {
    this.#failure = describeFailure(error).message;
    this.#list.grid.refresh();
  }
}
