import type { Problem } from '#protocol';
import { BATCH_ROWS, type MutableEventBatch } from './event-batch.ts';
import { EventHeaderReader, type HeaderOutcome } from './event-header.ts';
import { allocateWindow, type LogWindow } from './log-window.ts';
import { isLikelyStart, messageEnd, NO_MESSAGE, UNKNOWN_END, weighMessageAt } from './message-frame.ts';
import { ProblemLog } from './problem-log.ts';

/** A file in whose first bytes, so many, no message is found is no log. */
const PROBE_BYTES = 4 * 1024 * 1024;
/** Garbage after which searching for another message is given up. */
const MAX_GARBAGE_BYTES = 64 * 1024 * 1024;
/** Bytes of a log that looking back may go over once more: hostile events could each be inside of the one before. */
const MAX_REPEATED_BYTES = 256 * 1024 * 1024;
/** How far back an event may lie inside which searching begins: one whose size is wrong swallows what follows it. */
export const MAX_LOOK_BACK_BYTES = 32 * 1024 * 1024;

/** What walking a log has found so far; complete when the walk is over. */
export interface MessageCounts {
  /** Readable events. */
  readonly events: number;
  /** Framed messages: readable, unreadable and empty ones. */
  readonly messages: number;
  readonly emptyMessages: number;
  readonly unreadableEvents: number;
  /** Bytes of the decompressed log that were walked and belong to no message, a cut one aside. */
  readonly garbageBytes: number;
  /** Bytes of the decompressed log that were walked: all, unless it was not worth reading to its end. */
  readonly bytes: number;
  /** Whether the log ends inside a message. While searching for whole messages behind it: whether it seems to. */
  readonly isCut: boolean;
  listProblems(): readonly Problem[];
}

/** How much of a window holds log. */
export interface WindowFill {
  /** Bytes of the window that hold log. */
  readonly filled: number;
  /** Whether the log ends at `filled`. */
  readonly isLast: boolean;
}

/** Why a walk over framed messages halted. */
type Halt = 'full' | 'more' | 'garbage' | 'cut';

/**
 * Walks the messages of a log, a window at a time, and turns them into batches of events. Where bytes are no message it
 * searches for the next one, so that one damaged message costs one message.
 *
 * Usage: `begin` with a window, `scan` until it returns false, and unless `isDone` by then, `begin` again with a window
 * that starts `consumed` bytes later and holds more of the log, or the same bytes at whole words if `isMisplaced`.
 */
export class MessageScanner implements MessageCounts {
  events = 0;
  emptyMessages = 0;
  unreadableEvents = 0;
  garbageBytes = 0;
  isCut = false;
  /** Whether the walk is over: the log's end is reached, or the rest of it is not worth reading. */
  isDone = false;

  readonly #stopAtGarbage: boolean;
  readonly #problems = new ProblemLog();
  #window: LogWindow = allocateWindow(0);
  #header = new EventHeaderReader(this.#window);
  #fill: WindowFill = { filled: 0, isLast: false };
  /** Offset of the window's first byte in the log. */
  #windowStart = 0;
  #at = 0;
  /** Where the last event's message began, or -1 when there is none to look back at. */
  #lastEvent = -1;
  /** First byte of the log that is no message, while searching for the next one. */
  #garbageStart: number | undefined;
  #emptyRun = { start: 0, end: 0, count: 0 };
  #isStopped = false;
  #repeatedBytes = 0;

  constructor(stopAtGarbage: boolean) {
    this.#stopAtGarbage = stopAtGarbage;
  }

  get messages(): number {
    return this.events + this.emptyMessages + this.unreadableEvents;
  }

  get bytes(): number {
    return this.#windowStart + this.#at;
  }

  /** Whether the message to come was found off the window's whole words, where it cannot be read. */
  get isMisplaced(): boolean {
    return this.#garbageStart === undefined && this.#at % 8 !== 0;
  }

  /** Bytes of the window that are done with; behind them lies the last event, or the message to come. */
  get consumed(): number {
    return this.#mayLookBack() ? this.#lastEvent : this.#at;
  }

  /** Turns to a window whose first byte is the byte of the log up to which the last one was consumed. */
  begin(window: LogWindow, fill: WindowFill): void {
    const { consumed } = this;
    this.#windowStart += consumed;
    this.#lastEvent = this.#mayLookBack() ? 0 : -1;
    this.#at -= consumed;
    this.#window = window;
    this.#fill = fill;
  }

  /** Fills `batch` with the next events of the window. Returns false when the window holds no more whole ones. */
  scan(batch: MutableEventBatch): boolean {
    batch.window = this.#window;
    batch.windowStart = this.#windowStart;
    batch.length = 0;
    while (!this.#isStopped) {
      if (this.#garbageStart !== undefined && !this.#search()) break;
      const halt = this.#walk(batch);
      if (halt === 'full' || halt === 'more') break;
      this.#enterGarbage(halt);
    }
    const isOver = this.#isStopped || (this.#fill.isLast && !this.isMisplaced);
    if (batch.length === 0 && isOver) this.#finish();
    return batch.length > 0;
  }

  listProblems(): readonly Problem[] {
    return this.#problems.list();
  }

  #walk(batch: MutableEventBatch): Halt {
    const { filled, isLast } = this.#fill;
    if (this.isMisplaced) return 'more';
    while (batch.length < BATCH_ROWS) {
      const end = messageEnd(this.#window, this.#at, filled);
      if (end === NO_MESSAGE) return 'garbage';
      if (end === UNKNOWN_END || end > filled) return isLast && this.#at < filled ? 'cut' : 'more';
      const outcome = this.#header.append(batch, this.#at, end);
      if (outcome === 'event') {
        this.events++;
        this.#lastEvent = this.#at;
      } else {
        this.#noteMessage(outcome, end);
      }
      this.#at = end;
    }
    return 'full';
  }

  #noteMessage(outcome: HeaderOutcome, end: number): void {
    const start = this.#windowStart + this.#at;
    if (outcome === 'unreadable') {
      this.unreadableEvents++;
      this.#problems.add('EVENT_UNREADABLE', () => ({
        atByte: start,
        byteLength: end - this.#at,
        message: `the message at byte ${String(start)} has a root that points outside of it: skipped`,
      }));
      return;
    }
    this.emptyMessages++;
    const run = this.#emptyRun;
    if (run.end !== start) {
      this.#tellEmptyRun();
      this.#emptyRun = { start, end: this.#windowStart + end, count: 1 };
      return;
    }
    run.end = this.#windowStart + end;
    run.count++;
  }

  #enterGarbage(halt: 'garbage' | 'cut'): void {
    const at = this.#windowStart + this.#at;
    this.isCut = halt === 'cut';
    this.#garbageStart = at;
    this.#isStopped = this.#stopAtGarbage;
    if (this.#isStopped) {
      if (this.isCut) this.#at = this.#fill.filled;
      return;
    }
    // The last event's size may be what is wrong: whole messages may lie inside what it claims.
    const isBlamed = this.#mayLookBack() && !(this.isCut && this.#isLikelyStart());
    if (isBlamed) this.#repeatedBytes += this.#at - this.#lastEvent;
    this.#at = isBlamed ? this.#lastEvent + 8 : this.#at + 1;
    this.#lastEvent = -1;
  }

  #isLikelyStart(): boolean {
    return isLikelyStart(this.#window.view, { ...this.#fill, at: this.#at });
  }

  #mayLookBack(): boolean {
    const isNear = this.#lastEvent >= 0 && this.#at - this.#lastEvent <= MAX_LOOK_BACK_BYTES;
    return isNear && this.#repeatedBytes < MAX_REPEATED_BYTES;
  }

  /** Looks for the next message from `#at` on. Returns whether there is one; else `#at` is where to go on looking. */
  #search(): boolean {
    const { bytes, view } = this.#window;
    const { filled, isLast } = this.#fill;
    const hopelessAt = this.#hopelessAt();
    // Unless the log ends here, the last three bytes cannot be told yet.
    const end = Math.min(isLast ? filled : filled - 3, hopelessAt);
    for (const place = { filled, isLast, at: this.#at }; place.at < end; place.at++) {
      // No message of a log has more than 65,536 segments: most bytes are told by these two alone.
      if (bytes[place.at + 2] !== 0 || bytes[place.at + 3] !== 0) continue;
      const likelihood = weighMessageAt(bytes, view, place);
      if (likelihood === 'none') continue;
      this.#at = place.at;
      if (likelihood === 'message') this.#leaveGarbage();
      return likelihood === 'message';
    }
    this.#at = Math.max(this.#at, end);
    this.#isStopped = this.#at >= hopelessAt;
    return false;
  }

  /** Byte of the window at which searching is given up. */
  #hopelessAt(): number {
    const maxGarbageBytes = this.events === 0 ? PROBE_BYTES : MAX_GARBAGE_BYTES;
    return (this.#garbageStart ?? 0) + maxGarbageBytes - this.#windowStart;
  }

  #leaveGarbage(): void {
    this.isCut = false;
    const garbageStart = Math.min(this.#garbageStart ?? 0, this.bytes);
    this.#tellGarbage(garbageStart, this.bytes);
    this.#garbageStart = undefined;
  }

  #tellGarbage(from: number, to: number): void {
    this.garbageBytes += to - from;
    this.#problems.add('GARBAGE', () => ({
      atByte: from,
      byteLength: to - from,
      message:
        to > from
          ? `${String(to - from)} bytes at byte ${String(from)} are no message: skipped`
          : `the message before byte ${String(from)} claims more bytes than it has: read on where the next one begins`,
    }));
  }

  #tellStop(from: number): void {
    const message = `the bytes from byte ${String(from)} on are no message: reading stopped there`;
    this.#problems.add('GARBAGE', () => ({ atByte: from, message }));
  }

  #tellEmptyRun(): void {
    const { start, end, count } = this.#emptyRun;
    if (count === 0) return;
    const where = end === this.bytes ? 'at the end of the log' : `at byte ${String(start)}`;
    this.#problems.add('EMPTY_MESSAGES', () => ({
      atByte: start,
      byteLength: end - start,
      count,
      message: `${String(count)} empty messages (${String(end - start)} bytes) ${where}: ignored`,
    }));
    this.#emptyRun = { start: 0, end: 0, count: 0 };
  }

  /** Tells what can be told only once the walk is over. */
  #finish(): void {
    if (this.isDone) return;
    this.isDone = true;
    const from = this.#garbageStart;
    this.#tellEmptyRun();
    if (from === undefined) return;
    if (this.isCut) this.#tellCut(from, this.bytes);
    else if (this.#stopAtGarbage) this.#tellStop(from);
    else this.#tellGarbage(from, this.bytes);
  }

  #tellCut(from: number, to: number): void {
    const at = String(from);
    this.#problems.add('LOG_CUT', () => ({
      atByte: from,
      byteLength: to - from,
      message: `the log ends inside the message at byte ${at}: its last ${String(to - from)} bytes are dropped`,
    }));
  }
}
