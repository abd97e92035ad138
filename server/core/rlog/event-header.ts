import { MULTI_SEGMENT, NOT_VALID, type MutableEventBatch } from './event-batch.ts';
import type { LogWindow } from './log-window.ts';
import { createStructSpan, MessageView, OK, type StructSpan } from './message-view.ts';

/** What a message turned out to be. */
export type HeaderOutcome = 'event' | 'empty' | 'unreadable';

// The Event struct: u64 logMonoTime, u16 union tag, then `valid` as one bit stored inverted, and one pointer.
// Source: log.capnp of openpilot, as compiled into `core/schema/tables`.
const TAG_BYTE = 8;
const VALID_BYTE = 10;

/** Reads the head of each event, what every service has in common, into the columns of a batch. */
export class EventHeaderReader {
  readonly #view: MessageView;
  readonly #root: StructSpan = createStructSpan();

  constructor(window: LogWindow) {
    this.#view = new MessageView(window);
  }

  /** Appends the event of the message from byte `start` to `end` as the next row of `batch`, if it is readable. */
  append(batch: MutableEventBatch, start: number, end: number): HeaderOutcome {
    const { words } = batch.window;
    if (words[start >> 2] !== 0) return this.#appendFollowed(batch, start, end);
    if (end - start < 16) return 'empty';

    // The common case by far: one segment, and the root struct lies at a near pointer's target.
    const low = words[(start >> 2) + 2]!;
    const high = words[(start >> 2) + 3]!;
    if (low === 0 && high === 0) return 'empty';
    if ((low & 3) !== 0) return this.#appendFollowed(batch, start, end);
    const data = start + 16 + (low >> 2) * 8;
    const dataBytes = (high & 0xffff) * 8;
    const pointerCount = high >>> 16;
    if (data < start + 8 || data + dataBytes + pointerCount * 8 > end) return 'unreadable';
    appendRow(batch, { start, end, data, dataBytes });
    batch.pointer[batch.length - 1] = pointerCount > 0 ? data + dataBytes : 0;
    return 'event';
  }

  #appendFollowed(batch: MutableEventBatch, start: number, end: number): HeaderOutcome {
    const root = this.#root;
    if (!this.#view.open(batch.window, start)) return 'unreadable';
    const found = this.#view.followRoot(root);
    if (found !== OK) return found === 0 ? 'empty' : 'unreadable';
    appendRow(batch, { start, end, data: root.data, dataBytes: root.dataBytes });
    batch.flags[batch.length - 1]! |= MULTI_SEGMENT;
    return 'event';
  }
}

/** Bytes of the window: where a message lies, and the data section of its root. */
interface EventPlace {
  readonly start: number;
  readonly end: number;
  readonly data: number;
  readonly dataBytes: number;
}

function appendRow(batch: MutableEventBatch, { start, end, data, dataBytes }: EventPlace): void {
  const { words, bytes } = batch.window;
  const row = batch.length++;
  batch.start[row] = start;
  batch.end[row] = end;
  const hasTime = dataBytes >= 8;
  batch.monoTimeWords[2 * row] = hasTime ? words[data >> 2]! : 0;
  batch.monoTimeWords[2 * row + 1] = hasTime ? words[(data >> 2) + 1]! : 0;
  const hasTag = dataBytes > 8;
  batch.tag[row] = hasTag ? bytes[data + TAG_BYTE]! | (bytes[data + TAG_BYTE + 1]! << 8) : 0;
  batch.flags[row] = hasTag && (bytes[data + VALID_BYTE]! & 1) !== 0 ? NOT_VALID : 0;
}
