import { formatSeconds } from '../../text/seconds-text.ts';
import type { CanFrames } from '../frame-columns.ts';

/** First line of the file. */
export const CSV_HEADER = 'window,segment,timestamp,address,bus,data_hex\r\n';

/** The stretch of time to mark, in seconds after the first `can` event; both ends belong to it. */
export interface TimeWindow {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Text of a row without its payload: time (32), address (11), bus (4) and what stands between them. */
const ROW_BYTES = 80;
const HEX = encodeAscii('0123456789ABCDEF');
/** Both digits of every byte, as the two characters lie in memory. */
const DIGITS = Uint16Array.from({ length: 256 }, (_, byte) => HEX[byte >> 4]! | (HEX[byte & 15]! << 8));
const COMMA = 0x2c;

/**
 * Writes CAN frames as rows of CSV into one buffer that is used again and again.
 *
 * A row is `1,<pre|window|post>,<seconds, 6 decimals>,0x<address>,<bus>,<payload>`, ended by CR LF; hexadecimal digits are
 * upper case, addresses have at least three. Source: rlog-to-csv of comma-tools.
 */
export class CanCsvWriter {
  readonly #window: TimeWindow | undefined;
  #buffer: Uint8Array;
  /** The buffer, for stores of several bytes at any place. */
  #view: DataView;
  #filled = 0;
  /** `1,<segment>,<seconds>,` of the frames of one event. */
  #prefix: Uint8Array = new Uint8Array(0);
  #prefixBytes = 0;
  readonly #busText = Array.from({ length: 256 }, (_, bus) => encodeAscii(`${String(bus)},`));

  /**
   * @param window Rows inside it are `window`, before it `pre`, after it `post`; without one all are `pre`.
   * @param bufferBytes How much text is gathered before it is taken.
   */
  constructor(window: TimeWindow | undefined, bufferBytes = 1 << 20) {
    this.#window = window;
    this.#buffer = new Uint8Array(bufferBytes);
    this.#view = new DataView(this.#buffer.buffer);
  }

  /**
   * Writes rows from `from` on, until the frames are written or the buffer is full.
   *
   * @param timeZero `monoTime` in nanoseconds that is second 0.
   * @returns The row to go on with, after `take`.
   */
  write(frames: CanFrames, from: number, timeZero: bigint): number {
    const { dataStart, length } = frames;
    let row = from;
    for (; row < length; row++) {
      const textBytes = ROW_BYTES + 2 * (dataStart[row + 1]! - dataStart[row]!);
      if (this.#filled + textBytes > this.#buffer.length && !this.#makeRoom(textBytes)) break;
      // Frames of one event share its time: the text is made once for all of them.
      if (row === from || !isSameTime(frames.monoTimeWords, row))
        this.#makePrefix(frames.monoTime[row]!, timeZero);
      this.#writeRow(frames, row);
    }
    return row;
  }

  /** The text written since the last call; valid until the next `write`. */
  take(): Uint8Array {
    const text = this.#buffer.subarray(0, this.#filled);
    this.#filled = 0;
    return text;
  }

  /** A row larger than the whole buffer gets a larger buffer; any other waits until the text is taken. */
  #makeRoom(textBytes: number): boolean {
    if (this.#filled > 0) return false;
    this.#buffer = new Uint8Array(textBytes);
    this.#view = new DataView(this.#buffer.buffer);
    return true;
  }

  #writeRow({ arbitrationId, bus, data, dataStart }: CanFrames, row: number): void {
    const buffer = this.#buffer;
    const view = this.#view;
    const prefix = this.#prefix;
    const prefixBytes = this.#prefixBytes;
    let at = this.#filled;
    for (let i = 0; i < prefixBytes; i++) buffer[at++] = prefix[i]!;
    buffer[at++] = 0x30;
    buffer[at++] = 0x78;
    const id = arbitrationId[row]!;
    let shift = id > 0xfff ? 28 - (Math.clz32(id) & ~3) : 8;
    for (; shift >= 0; shift -= 4) buffer[at++] = HEX[(id >>> shift) & 15]!;
    buffer[at++] = COMMA;
    const busText = this.#busText[bus[row]!]!;
    for (let i = 0; i < busText.length; i++) buffer[at++] = busText[i]!;
    const end = dataStart[row + 1]!;
    for (let i = dataStart[row]!; i < end; i++, at += 2) view.setUint16(at, DIGITS[data[i]!]!, true);
    buffer[at++] = 0x0d;
    buffer[at++] = 0x0a;
    this.#filled = at;
  }

  #makePrefix(time: bigint, timeZero: bigint): void {
    const nanoseconds = time - timeZero;
    const segment = this.#segmentAt(Number(nanoseconds) / 1e9);
    this.#prefix = encodeAscii(`1,${segment},${formatSeconds(nanoseconds)},`);
    this.#prefixBytes = this.#prefix.length;
  }

  #segmentAt(seconds: number): 'pre' | 'window' | 'post' {
    if (this.#window === undefined || seconds < this.#window.startSeconds) return 'pre';
    return seconds <= this.#window.endSeconds ? 'window' : 'post';
  }
}

/** Whether a row has the time of the row before it. */
function isSameTime(monoTimeWords: Uint32Array, row: number): boolean {
  const at = 2 * row;
  return monoTimeWords[at] === monoTimeWords[at - 2] && monoTimeWords[at + 1] === monoTimeWords[at - 1];
}

function encodeAscii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
