import type { LogWindow } from './log-window.ts';

/** The pointer is not set: there is nothing to read. */
export const NULL = 0;
/** The target lies where it may, and its place is told. */
export const OK = 1;
/** The pointer cannot be trusted, or the message's budget is used up. */
export const BAD = 2;
/** What following a pointer gave. */
export type Followed = typeof NULL | typeof OK | typeof BAD;

/** Most segments a message may have: its table alone would fill 4 MiB. */
export const MAX_SEGMENTS = 1 << 20;

/**
 * Words that reading one message may touch, counted again when pointers share a target. 64 MiB, as libcapnp's default:
 * without it a message of 40 bytes can claim half a billion elements of no size.
 */
export const MESSAGE_BUDGET_WORDS = 8 * 1024 * 1024;

/** Where a struct lies. Scratch: overwritten by the call that is given it. Offsets are bytes of the window. */
export interface StructSpan {
  segment: number;
  /** First byte of the data section. */
  data: number;
  /** Size of the data section in bytes; fields past it have their defaults. */
  dataBytes: number;
  /** First byte of the pointer section. */
  pointers: number;
  pointerCount: number;
}

/** Where a list lies. Scratch: overwritten by the call that is given it. Offsets are bytes of the window. */
export interface ListSpan {
  segment: number;
  /** First byte of the first element. */
  start: number;
  /** Number of elements. */
  length: number;
  /** Cap'n Proto's code: 0 void, 1 bit, 2 to 5 one to eight bytes, 6 pointer, 7 structs. */
  elementSize: number;
  /** Distance between elements in bits. */
  stepBits: number;
  /** Size of an element's data section in bytes; for `elementSize` 7. */
  dataBytes: number;
  /** Pointers of an element, which follow its data; for `elementSize` 7 and 6. */
  pointerCount: number;
}

/** Makes a span to be filled. */
export function createStructSpan(): StructSpan {
  return { segment: 0, data: 0, dataBytes: 0, pointers: 0, pointerCount: 0 };
}

/** Makes a span to be filled. */
export function createListSpan(): ListSpan {
  return { segment: 0, start: 0, length: 0, elementSize: 0, stepBits: 0, dataBytes: 0, pointerCount: 0 };
}

/** Bits between elements by element size code; 7 is told by the list's own tag. */
const STEP_BITS = [0, 1, 8, 16, 32, 64, 64] as const;

/**
 * Follows the pointers of one message in place, without copying or allocating. One view serves any number of messages,
 * one after the other.
 *
 * Nothing in the message is believed: every target is checked against its segment, and every step is charged to
 * `budgetWords`. Source: Cap'n Proto encoding spec, "Pointers", "Inter-Segment Pointers", "Lists".
 */
export class MessageView {
  window: LogWindow;
  segmentCount = 0;
  /** Words that may still be read; negative once they are used up. */
  budgetWords = 0;

  /** First byte of each segment, and just past the last segment; segments lie one after the other. */
  #bounds = new Uint32Array(9);

  // What the last resolved pointer says: its two halves, and where its content lies.
  #low = 0;
  #high = 0;
  #segment = 0;
  #content = 0;

  constructor(window: LogWindow) {
    this.window = window;
  }

  /**
   * Turns to the message whose segment table begins at byte `start`. The message must lie whole in the window.
   *
   * @returns False when the table is not one: too many segments, or segments that do not fit in the window.
   */
  open(window: LogWindow, start: number): boolean {
    this.window = window;
    this.budgetWords = MESSAGE_BUDGET_WORDS;
    const { words, bytes } = window;
    const table = start >> 2;
    this.segmentCount = (words[table]! >>> 0) + 1;
    if (this.segmentCount > MAX_SEGMENTS) return false;
    if (this.#bounds.length <= this.segmentCount) this.#bounds = new Uint32Array(2 * this.segmentCount);
    let at = start + segmentTableBytes(this.segmentCount);
    for (let i = 0; i < this.segmentCount; i++) {
      this.#bounds[i] = at;
      at += (words[table + 1 + i]! >>> 0) * 8;
      if (at > bytes.length) return false;
    }
    this.#bounds[this.segmentCount] = at;
    return true;
  }

  /** Byte at which a segment begins. */
  segmentStart(segment: number): number {
    return this.#bounds[segment]!;
  }

  /** Finds the message's root struct. */
  followRoot(into: StructSpan): Followed {
    if (this.#bounds[1]! - this.#bounds[0]! < 8) return NULL;
    return this.followStruct(0, this.#bounds[0]!, into);
  }

  /** Finds the struct that the pointer at byte `pointerAt` of a segment leads to. */
  followStruct(segment: number, pointerAt: number, into: StructSpan): Followed {
    const found = this.#resolve(segment, pointerAt);
    if (found !== OK) return found;
    if ((this.#low & 3) !== 0) return BAD;
    const dataBytes = (this.#high & 0xffff) * 8;
    const pointerCount = this.#high >>> 16;
    const sizeBytes = dataBytes + pointerCount * 8;
    if (!this.#fits(sizeBytes) || !this.#charge(sizeBytes / 8 + 1)) return BAD;
    into.segment = this.#segment;
    into.data = this.#content;
    into.dataBytes = dataBytes;
    into.pointers = this.#content + dataBytes;
    into.pointerCount = pointerCount;
    return OK;
  }

  /** Finds the list (or text, or data: lists of bytes) that the pointer at byte `pointerAt` of a segment leads to. */
  followList(segment: number, pointerAt: number, into: ListSpan): Followed {
    const found = this.#resolve(segment, pointerAt);
    if (found !== OK) return found;
    if ((this.#low & 3) !== 1) return BAD;
    const elementSize = this.#high & 7;
    into.segment = this.#segment;
    into.elementSize = elementSize;
    return elementSize === 7 ? this.#structList(into) : this.#plainList(into, elementSize);
  }

  #plainList(into: ListSpan, elementSize: number): Followed {
    const length = this.#high >>> 3;
    const stepBits = STEP_BITS[elementSize]!;
    const sizeBytes = Math.ceil((length * stepBits) / 64) * 8;
    const words = stepBits === 0 ? length : sizeBytes / 8;
    if (!this.#fits(sizeBytes) || !this.#charge(words + 1)) return BAD;
    into.start = this.#content;
    into.length = length;
    into.stepBits = stepBits;
    into.dataBytes = elementSize === 6 ? 0 : stepBits >> 3;
    into.pointerCount = elementSize === 6 ? 1 : 0;
    return OK;
  }

  /** A list of structs begins with a tag that looks like a struct pointer; its offset is the number of elements. */
  #structList(into: ListSpan): Followed {
    const contentBytes = (this.#high >>> 3) * 8;
    if (!this.#fits(contentBytes + 8)) return BAD;
    const tag = this.#content >> 2;
    const low = this.window.words[tag]!;
    const high = this.window.words[tag + 1]!;
    const length = low >>> 2;
    const dataBytes = (high & 0xffff) * 8;
    const pointerCount = high >>> 16;
    const stepBytes = dataBytes + pointerCount * 8;
    if ((low & 3) !== 0 || length * stepBytes > contentBytes) return BAD;
    if (!this.#charge((stepBytes === 0 ? length : contentBytes / 8) + 1)) return BAD;
    into.start = this.#content + 8;
    into.length = length;
    into.stepBits = stepBytes * 8;
    into.dataBytes = dataBytes;
    into.pointerCount = pointerCount;
    return OK;
  }

  /** Reads the pointer at `pointerAt` and finds where its content lies, through landing pads where there are any. */
  #resolve(segment: number, pointerAt: number): Followed {
    const { words } = this.window;
    const low = words[pointerAt >> 2]!;
    const high = words[(pointerAt >> 2) + 1]!;
    if (low === 0 && high === 0) return NULL;
    if ((low & 3) !== 2) {
      this.#setNear(segment, pointerAt);
      return OK;
    }
    const padSegment = high >>> 0;
    if (padSegment >= this.segmentCount) return BAD;
    const pad = this.#bounds[padSegment]! + (low >>> 3) * 8;
    const isDouble = (low & 4) !== 0;
    if (pad + (isDouble ? 16 : 8) > this.#bounds[padSegment + 1]! || !this.#charge(2)) return BAD;
    if (isDouble) return this.#resolveDouble(pad);
    if ((words[pad >> 2]! & 3) === 2) return BAD;
    this.#setNear(padSegment, pad);
    return OK;
  }

  /** A pad of two words: a far pointer to the content, then a tag that says what the content is. */
  #resolveDouble(pad: number): Followed {
    const { words } = this.window;
    const low = words[pad >> 2]!;
    const segment = words[(pad >> 2) + 1]! >>> 0;
    if ((low & 7) !== 2 || segment >= this.segmentCount) return BAD;
    this.#segment = segment;
    this.#content = this.#bounds[segment]! + (low >>> 3) * 8;
    this.#low = words[(pad >> 2) + 2]!;
    this.#high = words[(pad >> 2) + 3]!;
    return OK;
  }

  /** A near pointer's offset counts words from the pointer's own end, and may be negative. */
  #setNear(segment: number, pointerAt: number): void {
    const { words } = this.window;
    this.#low = words[pointerAt >> 2]!;
    this.#high = words[(pointerAt >> 2) + 1]!;
    this.#segment = segment;
    this.#content = pointerAt + 8 + (this.#low >> 2) * 8;
  }

  #fits(sizeBytes: number): boolean {
    const from = this.#bounds[this.#segment]!;
    return this.#content >= from && this.#content + sizeBytes <= this.#bounds[this.#segment + 1]!;
  }

  #charge(words: number): boolean {
    this.budgetWords -= words;
    return this.budgetWords >= 0;
  }
}

/** Size in bytes of the table that precedes `segmentCount` segments: counts of 4 bytes, padded to whole words. */
export function segmentTableBytes(segmentCount: number): number {
  return 4 + 4 * segmentCount + (segmentCount % 2 === 0 ? 4 : 0);
}
