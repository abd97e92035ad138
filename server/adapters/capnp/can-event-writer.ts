const WORD_BYTES = 8;

/** Frame header, root pointer, Event (2 words and 1 pointer) and the tag of the frame list. */
const PRELUDE_BYTES = 6 * WORD_BYTES;
/** One CanData: 1 data word and the pointer to its payload. */
const CAN_DATA_BYTES = 2 * WORD_BYTES;

const STRUCT_EVENT_HIGH = 2 | (1 << 16); // 2 data words, 1 pointer
const STRUCT_CAN_DATA_HIGH = 1 | (1 << 16);
const POINTER_LIST = 1;
const LIST_OF_BYTES = 2;
const LIST_OF_STRUCTS = 7;

/** Union tags of the two services that carry frames. */
const SERVICE_TAG = { can: 4, sendcan: 16 } as const;

/** Frames in columns, as in the reader's batches but for their times. */
export interface CanBatch {
  readonly length: number;
  /** Panda bus number as logged. */
  readonly bus: Uint8Array;
  readonly arbitrationId: Uint32Array;
  /** Payload of frame `i` is `data.subarray(dataStart[i], dataStart[i + 1])`. Has `length + 1` entries. */
  readonly dataStart: Uint32Array;
  readonly data: Uint8Array;
}

/** One `can` or `sendcan` event. */
export interface CanEventToWrite {
  /** Nanoseconds since boot. */
  readonly logMonoTime: bigint;
  readonly service: 'can' | 'sendcan';
  readonly frames: CanBatch;
}

/**
 * Returns a `can` or `sendcan` event as a framed message of one segment, written word by word: the same bytes that
 * {@link EventWriter} gives with a long enough segment, about ten times faster.
 *
 * ```
 * word 0   frame header: no further segment, words of segment 0
 *      1   pointer to Event
 *      2   logMonoTime
 *      3   union tag (u16), valid (bit 16, inverted: 0 = true)
 *      4   pointer to the list of CanData
 *      5   tag of the list: count, size of an element
 *      6…  per frame: address (u32), busTime (u16), src (u8), 0; then the pointer to dat
 *      …   payloads, each padded to a whole word
 * ```
 */
export function writeCanEvent({ logMonoTime, service, frames }: CanEventToWrite): Uint8Array {
  const bytes = new Uint8Array(countBytes(frames));
  const view = new DataView(bytes.buffer);
  writePrelude(view, logMonoTime, SERVICE_TAG[service]);
  writeListPointers(view, frames.length);

  let payload = PRELUDE_BYTES + frames.length * CAN_DATA_BYTES;
  for (let i = 0; i < frames.length; i++) {
    const start = frames.dataStart[i] ?? 0;
    const end = frames.dataStart[i + 1] ?? start;
    const at = PRELUDE_BYTES + i * CAN_DATA_BYTES;
    view.setUint32(at, frames.arbitrationId[i] ?? 0, true);
    view.setUint8(at + 6, frames.bus[i] ?? 0);
    writeDataPointer(view, at + WORD_BYTES, { target: payload, length: end - start });
    bytes.set(frames.data.subarray(start, end), payload);
    payload += toWholeWords(end - start);
  }
  return bytes;
}

function countBytes(frames: CanBatch): number {
  let bytes = PRELUDE_BYTES + frames.length * CAN_DATA_BYTES;
  for (let i = 0; i < frames.length; i++) {
    bytes += toWholeWords((frames.dataStart[i + 1] ?? 0) - (frames.dataStart[i] ?? 0));
  }
  return bytes;
}

function writePrelude(view: DataView, logMonoTime: bigint, tag: number): void {
  view.setUint32(4, view.byteLength / WORD_BYTES - 1, true);
  view.setUint32(12, STRUCT_EVENT_HIGH, true);
  view.setBigUint64(16, logMonoTime, true);
  view.setUint16(24, tag, true);
}

/** The list's content follows the pointer at once, so its offset is 0. */
function writeListPointers(view: DataView, count: number): void {
  view.setUint32(32, POINTER_LIST, true);
  view.setUint32(36, LIST_OF_STRUCTS | ((2 * count) << 3), true);
  view.setUint32(40, count << 2, true);
  view.setUint32(44, STRUCT_CAN_DATA_HIGH, true);
}

/** A list pointer counts its offset in words from the word behind it. */
function writeDataPointer(
  view: DataView,
  at: number,
  list: { readonly target: number; readonly length: number },
): void {
  const offsetWords = (list.target - at) / WORD_BYTES - 1;
  view.setUint32(at, POINTER_LIST | (offsetWords << 2), true);
  view.setUint32(at + 4, LIST_OF_BYTES | (list.length << 3), true);
}

function toWholeWords(bytes: number): number {
  return Math.ceil(bytes / WORD_BYTES) * WORD_BYTES;
}
