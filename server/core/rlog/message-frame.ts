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
// Real ones have a handful of segments, and hostile bytes could have a long table read at every byte.
const SEARCH_MAX_SEGMENTS = 64;
// Fewer bytes tell nothing: a segment table, a root pointer and what it points to.
const LIKELY_BYTES = 24;

/** Why no message was taken at a place: none can be there, or the bytes at hand do not tell. */
export type Likelihood = 'message' | 'none' | 'unknown';

/**
 * Tells whether an event's message begins at byte `at`, any byte, of a window that may hold garbage: its root must be a
 * small struct at the very start of the first segment or of a far pointer's target, and what follows the message must be
 * the start of another such message, a zero word or the end of the log.
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

/** Tells whether the bytes at a place are clearly the start of an event's message, wherever that ends. */
export function isLikelyStart(view: DataView, { at, filled }: SearchPlace): boolean {
  return typeof likelyEnd(view, at, filled) === 'number';
}

function likelyEnd(view: DataView, at: number, filled: number): number | 'none' | 'unknown' {
  if (at + LIKELY_BYTES > filled) return 'unknown';
  const segmentCount = view.getUint32(at, true) + 1;
  if (segmentCount > SEARCH_MAX_SEGMENTS) return 'none';
  const root = at + segmentTableBytes(segmentCount);
  if (root + 8 > filled) return 'unknown';
  const low = view.getUint32(root, true);
  const isFar = (low & 3) === 2;
  const isDoubleFar = isFar && (low & 4) !== 0;
  if (!isFar && likelyRootBytes(view, root) === 0) return 'none';

  // What tells the root's size: the root pointer itself, or in a far pointer's pad the first or the second word.
  const tagSegment = isFar ? view.getUint32(root + 4, true) : 0;
  let tag = Infinity;
  let end = root;
  for (let i = 0; i < segmentCount; i++) {
    if (i === tagSegment) tag = isFar ? end + (low >>> 3) * 8 + (isDoubleFar ? 8 : 0) : end;
    end += view.getUint32(at + 4 + 4 * i, true) * 8;
  }
  if (end - at > MAX_MESSAGE_BYTES || tag + 8 > end) return 'none';
  if (tag + 8 > filled) return 'unknown';
  const rootBytes = likelyRootBytes(view, tag);
  const room = end - (isDoubleFar ? root : tag + 8);
  return rootBytes > 0 && rootBytes <= room ? end : 'none';
}

/** Size of the struct that the word at `at` points to, right behind it; 0 when that can be no event's root. */
function likelyRootBytes(view: DataView, at: number): number {
  const dataWords = view.getUint16(at + 4, true);
  const pointerCount = view.getUint16(at + 6, true);
  // Event has had two words and one pointer since 2016; room is left for a newer one.
  const isLikely = dataWords >= 2 && dataWords <= 8 && pointerCount >= 1 && pointerCount <= 4;
  return isLikely && view.getUint32(at, true) === 0 ? 8 * (dataWords + pointerCount) : 0;
}

function isZeroWord(bytes: Uint8Array, at: number): boolean {
  for (let i = at; i < at + 8; i++) if (bytes[i] !== 0) return false;
  return true;
}
