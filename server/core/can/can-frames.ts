import type { Problem } from '#protocol';
import { type EventBatch, MULTI_SEGMENT } from '../rlog/event-batch.ts';
import type { LogWindow } from '../rlog/log-window.ts';
import { createListSpan, MessageView, OK, BAD, type ListSpan } from '../rlog/message-view.ts';
import type { CanFrameColumns } from './frame-columns.ts';

// The struct CanData of log.capnp: u32 address at byte 0, u8 src at byte 6, the payload at pointer 0. Older writers had
// smaller structs, newer ones may have larger: the step comes from the list.
const ADDRESS_BYTE = 0;
const BUS_BYTE = 6;

/** Reads the frames of `can` and `sendcan` events into columns. */
export class CanFrameReader {
  /** Events whose list of frames could not be read, wholly or in part. */
  damagedEvents = 0;
  /** Frames left out because their payload could not be read. */
  damagedFrames = 0;
  /** Events read, with frames or without. */
  events = 0;
  /** `monoTime` of the first event read. */
  firstMonoTime: bigint | undefined;

  readonly #tag: number;
  readonly #list: ListSpan = createListSpan();
  readonly #payload: ListSpan = createListSpan();
  #view: MessageView | undefined;
  /** Where the payloads of the event at hand must end in their column. */
  #payloadLimit = 0;

  /** @param tag Union tag of the service whose events carry the frames. */
  constructor(tag: number) {
    this.#tag = tag;
  }

  /** Appends the frames of all events of the service in the batch, in file order. A bad frame costs that frame. */
  append(batch: EventBatch, into: CanFrameColumns): void {
    const { tag, length } = batch;
    for (let row = 0; row < length; row++) {
      if (tag[row] !== this.#tag) continue;
      this.#noteEvent(batch, row);
      if (this.#appendEvent(batch, row, into)) this.damagedEvents++;
    }
  }

  /** What was found amiss since the last call. */
  takeProblems(): readonly Problem[] {
    const count = this.damagedEvents;
    const frames = this.damagedFrames;
    this.damagedEvents = 0;
    this.damagedFrames = 0;
    if (count === 0) return [];
    const lost = frames > 0 ? `: ${String(frames)} frames without a readable payload are left out` : '';
    const message = `${String(count)} events hold frames that cannot be read${lost}`;
    return [{ code: 'FRAMES_UNREADABLE', count, message }];
  }

  #noteEvent(batch: EventBatch, row: number): void {
    if (this.events++ === 0) this.firstMonoTime = batch.monoTime[row];
  }

  /** Returns whether anything of the event was damaged. */
  #appendEvent(batch: EventBatch, row: number, into: CanFrameColumns): boolean {
    const pointer = batch.pointer[row]!;
    if ((batch.flags[row]! & MULTI_SEGMENT) !== 0) return this.#appendFollowed(batch, row, into);
    if (pointer === 0) return false;
    const { words } = batch.window;
    const low = words[pointer >> 2]!;
    const high = words[(pointer >> 2) + 1]!;
    if (low === 0 && high === 0) return false;
    // The common case: a near pointer to a list of structs. Everything else is followed with all checks.
    if ((low & 3) !== 1 || (high & 7) !== 7) return this.#appendFollowed(batch, row, into);
    const tagAt = pointer + 8 + (low >> 2) * 8;
    const contentEnd = tagAt + 8 + (high >>> 3) * 8;
    const start = batch.start[row]! + 8;
    const end = batch.end[row]!;
    if (tagAt < start || contentEnd > end) return true;
    const tagLow = words[tagAt >> 2]!;
    const tagHigh = words[(tagAt >> 2) + 1]!;
    const list = this.#list;
    list.start = tagAt + 8;
    list.length = tagLow >>> 2;
    list.dataBytes = (tagHigh & 0xffff) * 8;
    list.pointerCount = tagHigh >>> 16;
    const step = list.dataBytes + 8 * list.pointerCount;
    const isWhole = step > 0 && list.dataBytes >= 8 && list.pointerCount > 0;
    if ((tagLow & 3) !== 0 || list.start + list.length * step > contentEnd) return true;
    if (!isWhole) return this.#appendFollowed(batch, row, into);
    return this.#appendNear({ batch, row, list, step, start, end }, into);
  }

  /** Appends frames that all lie in one segment, from byte `start` to `end` of the window. */
  #appendNear({ batch, row, list, step, start, end }: NearFrames, into: CanFrameColumns): boolean {
    const { words, bytes } = batch.window;
    into.reserveRows(list.length);
    into.reserveData(end - start);
    const { bus, arbitrationId, dataStart, data, dataWords, monoTimeWords } = into;
    const timeLow = batch.monoTimeWords[2 * row]!;
    const timeHigh = batch.monoTimeWords[2 * row + 1]!;
    let out = into.length;
    let to = dataStart[out]!;
    // Payloads may share bytes in a hostile event: together they get no more than the event has.
    const limit = to + (end - start);
    let damaged = 0;
    let at = list.start;
    for (let i = 0; i < list.length; i++, at += step) {
      const pointer = at + list.dataBytes;
      const low = words[pointer >> 2]!;
      const high = words[(pointer >> 2) + 1]!;
      let from = 0;
      let byteLength = 0;
      if (low !== 0 || high !== 0) {
        if ((low & 3) === 2) return this.#appendFollowed(batch, row, into);
        from = pointer + 8 + (low >> 2) * 8;
        byteLength = high >>> 3;
        const isBytes = (low & 3) === 1 && (high & 7) === 2;
        if (!isBytes || from < start || from + byteLength > end || to + byteLength > limit) {
          damaged++;
          continue;
        }
      }
      arbitrationId[out] = words[(at + ADDRESS_BYTE) >> 2]!;
      bus[out] = bytes[at + BUS_BYTE]!;
      monoTimeWords[2 * out] = timeLow;
      monoTimeWords[2 * out + 1] = timeHigh;
      // Payloads begin at whole words of the event and are padded: four bytes at a time where they go to one as well.
      if ((to & 3) === 0) {
        for (let byte = 0; byte < byteLength; byte += 4)
          dataWords[(to + byte) >> 2] = words[(from + byte) >> 2]!;
      } else {
        for (let byte = 0; byte < byteLength; byte++) data[to + byte] = bytes[from + byte]!;
      }
      to += byteLength;
      dataStart[++out] = to;
    }
    into.length = out;
    this.damagedFrames += damaged;
    return damaged > 0;
  }

  /** Appends the frames of an event of several segments or of an unusual layout, every pointer followed and checked. */
  #appendFollowed(batch: EventBatch, row: number, into: CanFrameColumns): boolean {
    const view = (this.#view ??= new MessageView(batch.window));
    const root = { segment: 0, data: 0, dataBytes: 0, pointers: 0, pointerCount: 0 };
    if (!view.open(batch.window, batch.start[row]!) || view.followRoot(root) !== OK) return true;
    if (root.pointerCount === 0) return false;
    const list = this.#list;
    const found = view.followList(root.segment, root.pointers, list);
    if (found !== OK) return found === BAD;
    // A list of bits cannot stand for a list of structs; source: Cap'n Proto encoding spec, "Lists".
    if (list.elementSize === 1) return true;
    // Frames of no size cost nothing to write, and payloads may share bytes: neither may be more than the event is.
    const eventBytes = batch.end[row]! - batch.start[row]!;
    if (list.stepBits === 0 && list.length * 8 > eventBytes) return true;
    this.#payloadLimit = into.dataStart[into.length]! + eventBytes;
    const damagedBefore = this.damagedFrames;
    into.reserveRows(list.length);
    for (let i = 0; i < list.length; i++) {
      if (!this.#appendFollowedFrame(view, i, into)) {
        this.damagedFrames++;
        continue;
      }
      into.monoTimeWords[2 * into.length] = batch.monoTimeWords[2 * row]!;
      into.monoTimeWords[2 * into.length + 1] = batch.monoTimeWords[2 * row + 1]!;
      into.length++;
    }
    return this.damagedFrames > damagedBefore;
  }

  #appendFollowedFrame(view: MessageView, index: number, into: CanFrameColumns): boolean {
    const list = this.#list;
    const payload = this.#payload;
    const at = list.start + index * (list.stepBits >> 3);
    payload.length = 0;
    if (list.pointerCount > 0) {
      const found = view.followList(list.segment, at + list.dataBytes, payload);
      if (found === BAD || (found === OK && payload.elementSize !== 2)) return false;
      if (found !== OK) payload.length = 0;
    }
    const row = into.length;
    const to = into.dataStart[row]!;
    if (to + payload.length > this.#payloadLimit) return false;
    into.arbitrationId[row] = readAddress(view.window, at, list.dataBytes);
    into.bus[row] = list.dataBytes > BUS_BYTE ? view.window.bytes[at + BUS_BYTE]! : 0;
    into.reserveData(payload.length);
    for (let byte = 0; byte < payload.length; byte++)
      into.data[to + byte] = view.window.bytes[payload.start + byte]!;
    into.dataStart[row + 1] = to + payload.length;
    return true;
  }
}

/** A list of frames whose message has one segment. */
interface NearFrames {
  readonly batch: EventBatch;
  readonly row: number;
  readonly list: ListSpan;
  /** Bytes from one frame to the next. */
  readonly step: number;
  /** Where the segment lies in the window. */
  readonly start: number;
  readonly end: number;
}

/** An element smaller than the address cannot hold one: the field has its default. */
function readAddress(window: LogWindow, at: number, dataBytes: number): number {
  return dataBytes >= ADDRESS_BYTE + 4 ? window.view.getUint32(at + ADDRESS_BYTE, true) : 0;
}
