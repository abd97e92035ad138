import type { LogWindow } from './log-window.ts';
import { MAX_SEGMENTS, segmentTableBytes } from './message-view.ts';

/** Largest message that is believed: a log's largest, initData, reaches 18 MB; libcapnp reads none above 64 MiB. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/** The bytes at hand do not hold the whole segment table. */
export const UNKNOWN_END = -1;
/** The bytes are no segment table. */
export const NO_MESSAGE = -2;

/**
 * Finds the byte just past the message whose segment table begins at byte `start`, a multiple of 8 below `filled`.
 *
 * A message is framed by its number of segments minus one (u32), the size of each in words (u32 each) and padding to a
 * whole word; the segments follow. All little-endian. Source: Cap'n Proto encoding spec, "Serialization Over a Stream".
 *
 * @param filled Bytes of the window that hold log.
 * @returns The end, which may lie past `filled`; or UNKNOWN_END, or NO_MESSAGE.
 */
export function messageEnd(window: LogWindow, start: number, filled: number): number {
  if (start + 8 > filled) return UNKNOWN_END;
  const { words } = window;
  const table = start >> 2;
  const segmentCount = (words[table]! >>> 0) + 1;
  if (segmentCount > MAX_SEGMENTS) return NO_MESSAGE;
  let end = start + segmentTableBytes(segmentCount);
  if (segmentCount > 1 && end > filled) return UNKNOWN_END;
  for (let i = 1; i <= segmentCount; i++) end += (words[table + i]! >>> 0) * 8;
  return end - start > MAX_MESSAGE_BYTES ? NO_MESSAGE : end;
}

// What a message found by searching must look like, beyond being framed: garbage must not pass for an event.
const SEARCH_MAX_SEGMENTS = 1 << 11;

/** Why no message was taken at a place: none can be there, or the bytes at hand do not tell. */
export type Likelihood = 'message' | 'none' | 'unknown';

/**
 * Tells whether an event's message begins at byte `at`, any byte, of a window that may hold garbage: its root must be a
 * small struct at the very start of the first segment (or reached by a far pointer, in a message of several), and what
 * follows it must be the start of another such message or the end of the log.
 */
export function weighMessageAt(bytes: Uint8Array, view: DataView, place: SearchPlace): Likelihood {
  const end = likelyEnd(view, place.at, place.filled);
  if (end === 'none') return 'none';
  if (end === 'unknown' || end > place.filled) return place.isLast ? 'none' : 'unknown';
  const next = likelyEnd(view, end, place.filled);
  if (next === 'none') return isZeroWord(bytes, end) ? 'message' : 'none';
  return next === 'unknown' && !place.isLast ? 'unknown' : 'message';
}

/** A byte of the window to be weighed. */
export interface SearchPlace {
  readonly at: number;
  /** Bytes of the window that hold log. */
  readonly filled: number;
  /** Whether the log ends at `filled`. */
  readonly isLast: boolean;
}

function likelyEnd(view: DataView, at: number, filled: number): number | 'none' | 'unknown' {
  if (at + 24 > filled) return 'unknown';
  const segmentCount = view.getUint32(at, true) + 1;
  if (segmentCount > SEARCH_MAX_SEGMENTS) return 'none';
  const body = at + segmentTableBytes(segmentCount);
  if (body + 8 > filled) return 'unknown';
  if (!isLikelyRoot(view, body, { segmentCount, firstWords: view.getUint32(at + 4, true) })) return 'none';
  let end = body;
  for (let i = 1; i <= segmentCount; i++) end += view.getUint32(at + 4 * i, true) * 8;
  return end - at > MAX_MESSAGE_BYTES ? 'none' : end;
}

interface RootPlace {
  readonly segmentCount: number;
  readonly firstWords: number;
}

// Event has had two words and one pointer since 2016; room is left for a newer one.
function isLikelyRoot(view: DataView, at: number, { segmentCount, firstWords }: RootPlace): boolean {
  const low = view.getUint32(at, true);
  const high = view.getUint32(at + 4, true);
  if ((low & 3) === 2) return segmentCount > 1 && high < segmentCount;
  const dataWords = high & 0xffff;
  const pointerCount = high >>> 16;
  const isSmall = dataWords >= 2 && dataWords <= 8 && pointerCount >= 1 && pointerCount <= 4;
  return low === 0 && isSmall && dataWords + pointerCount < firstWords;
}

function isZeroWord(bytes: Uint8Array, at: number): boolean {
  for (let i = at; i < at + 8; i++) if (bytes[i] !== 0) return false;
  return true;
}
