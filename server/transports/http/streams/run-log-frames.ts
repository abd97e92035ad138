import type { CtsError, RunLogEntry } from '#protocol';

/** Most text of one piece: what a reader that stops reading leaves behind is at most this and its socket's buffer. */
const PIECE_CHARS = 128 * 1024;

/** Lines of a log as they were sent last, to be sent again to whoever follows the same run. */
interface EncodedBatch {
  readonly last: RunLogEntry;
  readonly length: number;
  readonly pieces: readonly Uint8Array[];
}

/** Ends the stream of a log: the run has ended, and every line was sent. */
export const END_FRAME = 'event: end\ndata: [DONE]\n\n';

/** Shows that an idle stream is alive. */
export const HEARTBEAT_FRAME = ': keepalive\n\n';

/** First of all frames: the headers go out at once, and a browser that loses the stream comes back after a second. */
export const FIRST_FRAME = 'retry: 1000\n\n';

/**
 * Writes lines as server-sent events. A thousand readers are handed the same entries: they are encoded once and shared.
 */
export class RunLogEncoder {
  /** By the first entry; a batch is the same when it ends with the same entry, and lines have no gaps. */
  readonly #batches = new WeakMap<RunLogEntry, EncodedBatch>();

  /** Pieces that are sent one after the other; they are shared, so nobody may write to them. */
  encode(entries: readonly RunLogEntry[]): readonly Uint8Array[] {
    const first = entries[0];
    const last = entries.at(-1);
    if (first === undefined || last === undefined) return [];
    const known = this.#batches.get(first);
    if (known?.last === last && known.length === entries.length) return known.pieces;
    const pieces = encodePieces(entries);
    this.#batches.set(first, { last, length: entries.length, pieces });
    return pieces;
  }
}

/** Tells a reader why its stream breaks off: as an event, and as a line for those who only know lines. */
export function describeFailureFrame({ code, message }: CtsError, timestamp: string): string {
  return `event: error\ndata: ${JSON.stringify({ timestamp, level: 'ERROR', message, source: 'service', code })}\n\n`;
}

function encodePieces(entries: readonly RunLogEntry[]): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let text = '';
  for (const entry of entries) {
    text += encodeEntry(entry);
    if (text.length < PIECE_CHARS) continue;
    pieces.push(Buffer.from(text));
    text = '';
  }
  return text === '' ? pieces : [...pieces, Buffer.from(text)];
}

function encodeEntry({ sequence, timestamp, level, message, source }: RunLogEntry): string {
  return `id: ${String(sequence)}\ndata: ${JSON.stringify({ timestamp, level, message, source })}\n\n`;
}
