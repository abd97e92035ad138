import type { ByteStream } from './byte-stream.ts';
import { createEventBatch, type EventBatch, type MutableEventBatch } from './event-batch.ts';
import { allocateWindow, type LogWindow, viewAsWindow } from './log-window.ts';
import { MAX_MESSAGE_BYTES } from './message-frame.ts';
import {
  MAX_LOOK_BACK_BYTES,
  MessageScanner,
  type MessageCounts,
  type WindowFill,
} from './message-scanner.ts';

/** Bytes of log in memory at a time. Two to four MiB stay in the processor's cache and make the calls few. */
const WINDOW_BYTES = 2 * 1024 * 1024;

/** Bytes that are moved to whole words at a time, at first, where messages lie off them; see `walkWindow`. */
const REALIGNED_BYTES = 4 * 1024;

/** How a log is walked. */
export interface ScanOptions {
  /** Stop at the first bytes that are no message, as libcapnp's readers do, instead of searching on. */
  readonly stopAtGarbage?: boolean;
  readonly signal?: AbortSignal;
  /** Size of the window in bytes, at least 8; it grows for a message that is larger. */
  readonly windowBytes?: number;
}

/** The events of a log, window by window. What was found on the way stands in `counts`. */
export interface EventBatches extends AsyncIterable<EventBatch> {
  readonly counts: MessageCounts;
}

/**
 * Walks a log once, from its first byte to its last, in memory bounded by the window.
 *
 * Each batch is borrowed: it is overwritten when the next one is asked for.
 */
export function streamEventBatches(stream: ByteStream, options: ScanOptions = {}): EventBatches {
  const scanner = new MessageScanner(options.stopAtGarbage ?? false);
  return { counts: scanner, [Symbol.asyncIterator]: () => walkStream(stream, scanner, options) };
}

async function* walkStream(
  stream: ByteStream,
  scanner: MessageScanner,
  options: ScanOptions,
): AsyncGenerator<EventBatch, void, undefined> {
  let window = allocateWindow(options.windowBytes ?? WINDOW_BYTES);
  const batch = createEventBatch(window);
  let filled = 0;
  while (!scanner.isDone) {
    if (filled === window.bytes.length) window = growWindow(window);
    const fill = await fillWindow(stream, window, filled);
    options.signal?.throwIfAborted();
    const consumed = yield* walkWindow(window, fill, { scanner, batch });
    if (fill.failure !== undefined) throw fill.failure;
    filled = keepRest(window, consumed, fill.filled);
  }
}

/** What filling a window gave. */
interface FilledWindow extends WindowFill {
  /** Why reading failed, when it did: then the log ends here, and what was read before it is still walked. */
  readonly failure?: Error;
}

/** Reads until the window is full or the log ends. */
async function fillWindow(stream: ByteStream, window: LogWindow, from: number): Promise<FilledWindow> {
  let filled = from;
  try {
    while (filled < window.bytes.length) {
      const count = await stream.read(window.bytes.subarray(filled));
      if (count === 0) return { filled, isLast: true };
      filled += count;
    }
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    return { filled, isLast: true, failure };
  }
  return { filled, isLast: false };
}

/** Moves the last event and the unfinished message behind it to the window's start; returns their size. */
function keepRest(window: LogWindow, consumed: number, filled: number): number {
  window.bytes.copyWithin(0, consumed, filled);
  return filled - consumed;
}

function growWindow(window: LogWindow): LogWindow {
  // The last event, a message of the largest size, and room for the start of the next one.
  const largest = MAX_LOOK_BACK_BYTES + MAX_MESSAGE_BYTES + 64;
  const grown = allocateWindow(
    Math.min(2 * window.bytes.length, Math.max(largest, window.bytes.length + 64)),
  );
  grown.bytes.set(window.bytes);
  return grown;
}

/** Walks a log that lies in memory as one piece of less than 2 GiB, in place. */
export function* scanEventBatches(
  log: Uint8Array,
  scanner: MessageScanner = new MessageScanner(false),
): Generator<EventBatch, void, undefined> {
  const window = viewAsWindow(log);
  const batch = createEventBatch(window);
  yield* walkWindow(window, { filled: window.bytes.length, isLast: true }, { scanner, batch });
}

interface Walk {
  readonly scanner: MessageScanner;
  readonly batch: MutableEventBatch;
}

/**
 * Walks what a window holds; returns the byte from which on more of the log is needed.
 *
 * Behind garbage the messages may lie off the whole words. They are walked in copies then: of few bytes at first, of
 * more while the messages follow each other. Garbage between all of them must not have the window copied each time.
 */
function* walkWindow(
  window: LogWindow,
  { filled, isLast }: WindowFill,
  { scanner, batch }: Walk,
): Generator<EventBatch, number, undefined> {
  let piece = window;
  let from = 0;
  let to = filled;
  let copy = allocateWindow(0);
  let copyBytes = REALIGNED_BYTES;
  for (;;) {
    scanner.begin(piece, { filled: to - from, isLast: isLast && to === filled });
    while (scanner.scan(batch)) yield batch;
    const { consumed, isDone, isMisplaced } = scanner;
    from += consumed;
    if (isDone || (to === filled && !isMisplaced)) return from;
    if (isMisplaced) copyBytes = REALIGNED_BYTES;
    else if (consumed === 0 || copyBytes < WINDOW_BYTES) copyBytes *= 2;
    if (from % 8 === 0) {
      to = filled;
      piece = viewAsWindow(window.bytes.subarray(from));
    } else {
      to = Math.min(filled, from + copyBytes);
      piece = copy = copyBytesInto(copy, window.bytes.subarray(from, to));
    }
  }
}

/** Copies bytes to the start of a window: of the one at hand, or of a new one where they do not fit. */
function copyBytesInto(window: LogWindow, bytes: Uint8Array): LogWindow {
  const target = window.bytes.length < bytes.length ? allocateWindow(bytes.length) : window;
  target.bytes.set(bytes);
  return target;
}
