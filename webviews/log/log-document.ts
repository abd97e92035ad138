import type { PageFailure, SessionState } from '#protocol';
import type { Answer, PageBeginning, PageHost, RequestOptions } from '../shared/host/page-host.ts';
import {
  createListeners,
  createStore,
  type Readable,
  type Store,
  type Unsubscribe,
} from '../shared/store.ts';
import { clamp, fitRange, isSameRange, type TimeRange } from '../shared/time-range.ts';
import type { TabId, TabTarget } from './log-tab.ts';
import { type Overview, OverviewFeed } from './overview-feed.ts';
import { RangeHistory } from './range-history.ts';
import { readRememberedState } from './remembered-state.ts';
import { type LogInput, SessionLink, type SessionMethod, type SessionParams } from './session-link.ts';

export type { LogInput, SessionMethod, SessionParams } from './session-link.ts';

/** Columns of the speed that the time bar draws. */
const SPEED_COLUMNS = 2000;
/** Revisions of a log that is being read are told at most this often. */
const REVISION_EVERY_MS = 400;

/** One open log, and how it is looked at: the one cursor and the one range that all tabs share. */
export class LogDocument {
  readonly host: PageHost;
  readonly input: LogInput;
  /** How far the log is read; null until it is open. */
  readonly state: Readable<SessionState | null>;
  /** Why the log could not be opened at all; null where it could. */
  readonly failure: Readable<PageFailure | null>;
  /** Grows with everything that changes what may be asked: then tabs ask anew. Not the engine's own number. */
  readonly revision: Readable<number>;
  /** From 0 to the end, as far as it is known. */
  readonly whole: Readable<TimeRange>;
  /** Seconds; always within the whole log. */
  readonly cursor: Store<number>;
  /** What is looked at; always within the whole log, never empty. */
  readonly range: Store<TimeRange>;
  /** Whether selecting a row moves the cursor. */
  readonly follow: Store<boolean>;
  readonly tab: Store<TabId>;
  /** What the log holds, as far as it is read; null until that is known. */
  readonly overview: Readable<Overview | null>;
  readonly #link: SessionLink;
  readonly #revision = createStore(0);
  readonly #whole = createStore<TimeRange>({ from: 0, to: 0 }, isSameRange);
  readonly #targets = createListeners<TabTarget>();
  readonly #feet = createListeners<undefined>();
  readonly #announcements = createListeners<string>();
  readonly #history: RangeHistory;
  #parts: Record<string, unknown>;
  /** Of a log that is not read that far yet. */
  #awaited: { readonly cursor: number; readonly range: TimeRange | null };
  #isWhole: boolean;
  #told = { revision: -1, at: -Infinity };
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(host: PageHost, input: LogInput, remembered: string | null) {
    const { tab, cursor, range, isFollowing, parts } = readRememberedState(remembered);
    this.host = host;
    this.input = input;
    this.#link = new SessionLink(host, input);
    this.state = this.#link.state;
    this.failure = this.#link.failure;
    this.revision = this.#revision;
    this.whole = this.#whole;
    this.cursor = this.#limit(createStore(0), (value) => this.#fitCursor(value));
    this.range = this.#limit(createStore<TimeRange>({ from: 0, to: 0 }, isSameRange), (value) =>
      fitRange(value, this.#whole.get()),
    );
    this.follow = createStore(isFollowing);
    this.tab = createStore(tab);
    this.#history = new RangeHistory(this.range.get());
    const feed = new OverviewFeed(() => this.ask('sessions/overview', { columns: SPEED_COLUMNS }));
    this.overview = feed.overview;
    this.#revision.subscribe(() => {
      feed.renew();
    });
    this.#parts = Object.assign(Object.create(null), parts) as Record<string, unknown>;
    this.#awaited = { cursor, range };
    this.#isWhole = range === null;
    this.#watch();
  }

  /** Opens the log, or reads it anew. */
  open(): Promise<void> {
    return this.#link.open();
  }

  /** Reads no further, so that what is there can be looked at in peace. */
  stop(): Promise<void> {
    return this.#link.stop();
  }

  /** Reads on. */
  resume(): Promise<void> {
    return this.#link.resume();
  }

  /** Asks the engine about this log, whatever has become of the session. */
  ask<Method extends SessionMethod>(
    method: Method,
    params: SessionParams<Method>,
    options?: RequestOptions,
  ): Promise<Answer<Method>> {
    return this.#link.ask(method, params, options);
  }

  /** Notes the present range, at the end of a drag or zoom, for Alt+← and Alt+→. */
  noteRange(): void {
    this.#history.add(this.range.get());
  }

  /** Walks the history of ranges. */
  walkRanges(step: -1 | 1): void {
    const range = this.#history.walk(step);
    if (range !== null) this.range.set(range);
  }

  /** Looks at the whole log. */
  showWhole(): void {
    this.range.set(this.#whole.get());
    this.noteRange();
  }

  /** Shows something in a tab, which becomes the one that is seen. */
  show(target: TabTarget): void {
    this.tab.set(target.tab);
    this.#targets.tell(target);
  }

  /** Tells a tab what it is to show. */
  onShow<Id extends TabId>(
    tab: Id,
    listener: (target: Extract<TabTarget, { readonly tab: Id }>) => void,
  ): Unsubscribe {
    return this.#targets.add((target) => {
      if (target.tab === tab) listener(target as Extract<TabTarget, { readonly tab: Id }>);
    });
  }

  /** What a tab gave to be remembered the last time: anything, or undefined. */
  remembered(part: string): unknown {
    return this.#parts[part];
  }

  /** Remembers something of a tab: filters, columns, series. */
  remember(part: string, value: unknown): void {
    this.#parts[part] = value;
    this.#keep();
  }

  /** The text of the foot has changed. */
  tellFoot(): void {
    this.#feet.tell(undefined);
  }

  onFoot(listener: () => void): Unsubscribe {
    return this.#feet.add(listener);
  }

  /** Says something to those who listen to the page, when they pause. */
  announce(text: string): void {
    this.#announcements.tell(text);
  }

  onAnnouncement(listener: (text: string) => void): Unsubscribe {
    return this.#announcements.add(listener);
  }

  /** What may be asked has changed by other means than reading: other databases, for example. */
  tellRevision(): void {
    this.#revision.set(this.#revision.get() + 1);
  }

  #watch(): void {
    this.#link.opened.add(() => {
      this.#told = { revision: -1, at: -Infinity };
    });
    this.state.subscribe((state) => {
      if (state !== null) this.#takeState(state);
    });
    for (const store of [this.cursor, this.range, this.follow, this.tab]) {
      store.subscribe(() => {
        this.#keep();
      });
    }
    let wasGone = false;
    this.host.onBackend((backend) => {
      if (backend === 'ready' && (wasGone || this.failure.get() !== null)) void this.open();
      wasGone = backend !== 'ready';
    });
  }

  #takeState(state: SessionState): void {
    const end = Math.max(state.seconds, state.phase === 'reading' ? (state.expectedSeconds ?? 0) : 0);
    this.#whole.set({ from: 0, to: end });
    const { cursor, range } = this.#awaited;
    const isOver = state.phase !== 'reading';
    if (range !== null && (isOver || range.to <= state.seconds)) this.#takeAwaitedRange(range);
    else if (this.#isWhole || range !== null) this.range.set(this.#whole.get());
    if (cursor > 0 && (isOver || cursor <= state.seconds)) this.#takeAwaitedCursor(cursor);
    this.#takeRevision(state);
  }

  #takeAwaitedRange(range: TimeRange): void {
    this.#awaited = { ...this.#awaited, range: null };
    this.range.set(range);
    this.noteRange();
  }

  #takeAwaitedCursor(cursor: number): void {
    this.#awaited = { ...this.#awaited, cursor: 0 };
    this.cursor.set(cursor);
  }

  /** Tells a new revision: at once, but while the log is read not too often. */
  #takeRevision({ revision, phase }: SessionState): void {
    clearTimeout(this.#waiting);
    if (revision === this.#told.revision) return;
    const now = performance.now();
    const wait = phase === 'reading' ? this.#told.at + REVISION_EVERY_MS - now : 0;
    if (wait > 0) {
      this.#waiting = setTimeout(() => {
        const state = this.state.get();
        if (state !== null) this.#takeRevision(state);
      }, wait);
      return;
    }
    this.#told = { revision, at: now };
    this.tellRevision();
  }

  #fitCursor(seconds: number): number {
    const { from, to } = this.#whole.get();
    return Number.isFinite(seconds) ? clamp(seconds, from, to) : from;
  }

  /** A store that keeps to what the log allows. */
  #limit<Value>(store: Store<Value>, fit: (value: Value) => Value): Store<Value> {
    return {
      get: store.get,
      subscribe: store.subscribe,
      set: (value) => {
        store.set(fit(value));
      },
    };
  }

  #keep(): void {
    const range = this.range.get();
    this.#isWhole = isSameRange(range, this.#whole.get());
    this.host.remember({
      tab: this.tab.get(),
      cursor: this.#awaited.cursor > 0 ? this.#awaited.cursor : this.cursor.get(),
      range: this.#awaited.range ?? (this.#isWhole ? null : range),
      isFollowing: this.follow.get(),
      parts: this.#parts,
    });
  }
}

/** Makes the document of a page that was opened on a log. */
export function createLogDocument(host: PageHost, { input, state }: PageBeginning): LogDocument {
  if (input.page !== 'log') throw new TypeError(`A page of logs was opened on "${input.page}".`);
  return new LogDocument(host, input, state);
}
