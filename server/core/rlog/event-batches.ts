import type { ByteStream } from './byte-stream.ts';
import { createEventBatch, type EventBatch } from './event-batch.ts';
import { allocateWindow, type LogWindow, viewAsWindow } from './log-window.ts';
import { MAX_MESSAGE_BYTES } from './message-frame.ts';
import { MessageScanner, type MessageCounts } from './message-scanner.ts';

/** Bytes of log in memory at a time. Two to four MiB stay in the processor's cache and make the calls few. */
export const WINDOW_BYTES = 2 * 1024 * 1024;

/** How a log is walked. */
export interface ScanOptions {
  /** Stop at the first bytes that are no message, as libcapnp's readers do, instead of searching on. */
  readonly stopAtGarbage?: boolean;
  readonly signal?: AbortSignal;
  /** Size of the window in bytes; it grows for a message that is larger. */
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
    filled = await fillWindow(stream, window, filled);
    options.signal?.throwIfAborted();
    scanner.begin(window, { filled, isLast: filled < window.bytes.length });
    while (scanner.scan(batch)) yield batch;
    filled = keepRest(window, scanner.consumed, filled);
  }
}

/** Reads until the window is full or the log ends. */
async function fillWindow(stream: ByteStream, window: LogWindow, from: number): Promise<number> {
  let filled = from;
  while (filled < window.bytes.length) {
    const count = await stream.read(window.bytes.subarray(filled));
    if (count === 0) return filled;
    filled += count;
  }
  return filled;
}

/** Moves the bytes of the unfinished message to the window's start and returns how many there are. */
function keepRest(window: LogWindow, consumed: number, filled: number): number {
  window.bytes.copyWithin(0, consumed, filled);
  return filled - consumed;
}

function growWindow(window: LogWindow): LogWindow {
  // A message of the largest size that begins anywhere in its first word, and room for the start of the next one.
  const largest = MAX_MESSAGE_BYTES + 64;
  const grown = allocateWindow(
    Math.min(2 * window.bytes.length, Math.max(largest, window.bytes.length + 64)),
  );
  grown.bytes.set(window.bytes);
  return grown;
}

/** Walks a log that lies in memory as one piece, in place. */
export function* scanEventBatches(
  log: Uint8Array,
  scanner: MessageScanner = new MessageScanner(false),
): Generator<EventBatch, void, undefined> {
  let window = viewAsWindow(log);
  const batch = createEventBatch(window);
  for (;;) {
    scanner.begin(window, { filled: window.bytes.length, isLast: true });
    while (scanner.scan(batch)) yield batch;
    if (scanner.isDone) return;
    // Behind garbage the messages may no longer lie on whole words: the rest is moved there, once for each such place.
    window = viewAsWindow(window.bytes.slice(scanner.consumed));
  }
}
