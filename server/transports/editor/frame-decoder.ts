import { CtsError } from '#protocol';

/** Of one message. Beyond it, a header is not believed. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** A header is one or two short lines. */
const MAX_HEADER_BYTES = 4096;
const HEADER_END = Buffer.from('\r\n\r\n');
/** How every header begins. JSON cannot hold it with a bare line break, so within a message it is never meant. */
const HEADER_START = /content-length: *\d{1,10} *\r\n/i;
/** More than the longest match of `HEADER_START`. */
const OVERLAP = 64;

/** What a stream of messages yields. */
export interface DecodedFrames {
  /** Takes the next message, as JSON said it. */
  readonly onMessage: (message: unknown) => void;
  /** Hears that bytes were no message; reading goes on behind them. */
  readonly onBroken: (failure: CtsError) => void;
}

/**
 * Takes messages of the language server protocol out of a stream of bytes.
 *
 * A broken header or body costs what it covers: the decoder looks for the next header and goes on from there. It never
 * waits for bytes that a wrong length promises once another header has come, and holds one message at most.
 */
export class FrameDecoder {
  readonly #listener: DecodedFrames;
  readonly #pieces: Buffer[] = [];
  #heldBytes = 0;
  /** The last bytes that are held: a header may have begun in them. */
  #end: Buffer = Buffer.alloc(0);
  /** Of the message whose header has been read. */
  #bodyBytes: number | undefined;
  #isLost = false;

  constructor(listener: DecodedFrames) {
    this.#listener = listener;
  }

  /** Takes the next bytes as they came. */
  add(piece: Buffer): void {
    const recent = Buffer.concat([this.#end, piece]);
    this.#end = recent.subarray(-OVERLAP);
    this.#pieces.push(piece);
    this.#heldBytes += piece.length;
    const isWaiting = this.#bodyBytes !== undefined && this.#heldBytes < this.#bodyBytes;
    if (!isWaiting || findHeader(recent) >= 0) this.#decode(Buffer.concat(this.#pieces));
  }

  #decode(held: Buffer): void {
    let rest: Buffer | undefined = held;
    let left = held;
    while (rest !== undefined) {
      left = rest;
      rest = this.#bodyBytes === undefined ? this.#readHeader(rest) : this.#readBody(rest, this.#bodyBytes);
    }
    this.#pieces.length = 0;
    if (left.length > 0) this.#pieces.push(left);
    this.#heldBytes = left.length;
    this.#end = left.subarray(-OVERLAP);
  }

  /** @returns What is behind the header; undefined when it is not whole. */
  #readHeader(bytes: Buffer): Buffer | undefined {
    const end = bytes.subarray(0, MAX_HEADER_BYTES).indexOf(HEADER_END);
    if (end < 0)
      return bytes.length < MAX_HEADER_BYTES ? undefined : this.#skip(bytes, 'a header has no end');
    const [length, ...others] = readLengths(bytes.toString('latin1', 0, end));
    if (others.length > 0) return this.#skip(bytes.subarray(end), 'a header tells two lengths');
    if (length === undefined || length > MAX_MESSAGE_BYTES)
      return this.#skip(bytes, 'a header tells no length of a message');
    this.#bodyBytes = length;
    this.#isLost = false;
    return bytes.subarray(end + HEADER_END.length);
  }

  /** @returns What is behind the body; undefined when it is not whole. */
  #readBody(bytes: Buffer, length: number): Buffer | undefined {
    const body = bytes.subarray(0, length);
    const start = findHeader(body);
    if (start < 0 && bytes.length < length) return undefined;
    this.#bodyBytes = undefined;
    const message = start < 0 ? parse(body) : undefined;
    if (message !== undefined) this.#listener.onMessage(message.value);
    else this.#report('INVALID_JSON', 'A message is no JSON, or shorter than its header says');
    return bytes.subarray(start < 0 ? length : start);
  }

  /** Goes on at the next header; keeps the end, where one may have begun. */
  #skip(bytes: Buffer, reason: string): Buffer | undefined {
    if (!this.#isLost) this.#report('INVALID_REQUEST', `The stream of messages is broken: ${reason}`);
    this.#isLost = true;
    const next = findHeader(bytes.subarray(1));
    if (next >= 0) return bytes.subarray(1 + next);
    return bytes.length > OVERLAP ? bytes.subarray(bytes.length - OVERLAP) : undefined;
  }

  #report(code: 'INVALID_JSON' | 'INVALID_REQUEST', message: string): void {
    this.#listener.onBroken(new CtsError(code, message));
  }
}

/** Where a header begins; -1 where none does. Bytes stay bytes: one character each. */
function findHeader(bytes: Buffer): number {
  return bytes.includes('ontent-') || bytes.includes('ONTENT-')
    ? bytes.toString('latin1').search(HEADER_START)
    : -1;
}

function readLengths(header: string): readonly number[] {
  const lines = header.split('\r\n');
  return lines.flatMap((line) => /^content-length: *(\d{1,10}) *$/i.exec(line)?.[1] ?? []).map(Number);
}

function parse(body: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body.toString('utf8')) as unknown };
  } catch {
    return undefined;
  }
}
