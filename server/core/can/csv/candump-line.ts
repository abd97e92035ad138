import { isBlank, readDigit } from './candump-digits.ts';
import { readCandumpTime } from './candump-time.ts';

/** Most bytes of a frame of CAN FD. */
const MAX_BYTES = 64;
const MAX_CLASSIC_BYTES = 8;
const MAX_STANDARD_ID = 0x7ff;
const MAX_EXTENDED_ID = 0x1fff_ffff;
/** Bit of an id of 8 digits by which SocketCAN marks what is no frame but news of an error. */
const ERROR_FLAG = 0x2000_0000;
/** Most characters of a line that are shown in a reason. */
const SHOWN = 40;

const HASH = 0x23;
const OPEN = 0x28;
const CLOSE = 0x29;
const POINT = 0x2e;
const COLON = 0x3a;
const LETTER_R = 0x52;
const UNDERSCORE = 0x5f;
/** Stands between bytes that `candump -S` has turned round. */
const SWAP = 0x60;
const CASE = 0x20;

/** What a line of candump is. */
export type CandumpKind = 'data' | 'remote' | 'error' | 'nothing';

/**
 * One line of candump, read into the same memory again and again. Forms, by example:
 *
 * ```
 * (1436509052.249713) vcan0 044#2A366C2BBA             candump -l, -L; also 2A.36.6C, and T or R behind (-x)
 * (1436509052.449847) vcan0 0F6#7ADFE07BD2_B           with a raw length code (-8)
 * (1436509053.650713) vcan0 0C3#R4                     a remote frame, with its length or without
 * (1436509053.650713) vcan0 12345678##1A0B1            CAN FD: one digit of flags, then up to 64 bytes
 *  (2015-07-10 08:17:32.249713)  can0  123   [4]  11 22 33 44   'abcd'      any of -ta -td -tz -tA, -a
 *   can0  RX - -  12345678   [2]  remote request                            -x
 *   can0  123   [2]  44`33   or   00010001 00100010                         -S, -i
 *   can0  20000004   [8]  00 01 00 00 00 00 00 00   ERRORFRAME
 * 123#11223344                                                              as cansend takes it
 * ```
 *
 * Source: can-utils, candump.c and lib.c.
 */
export class CandumpLine {
  kind: CandumpKind = 'nothing';
  /** NaN where the line has no time. */
  seconds = NaN;
  /** Where the name of the interface stands in the text; empty where there is none. */
  nameStart = 0;
  nameEnd = 0;
  arbitrationId = 0;
  /** The payload is the first `byteLength` of these. */
  readonly bytes = new Uint8Array(MAX_BYTES);
  byteLength = 0;
  #text = '';
  #at = 0;
  #end = 0;

  /**
   * Reads the line from `start` to `end` of a text, without its line break.
   *
   * @returns Why it cannot be read; undefined when it was.
   */
  read(text: string, start: number, end: number): string | undefined {
    this.#text = text;
    this.#at = start;
    this.#end = end;
    this.kind = 'nothing';
    this.seconds = NaN;
    this.byteLength = 0;
    this.nameStart = this.nameEnd = start;
    this.#skipBlanks();
    if (this.#isAtEnd() || this.#peek() === HASH) return undefined;
    return this.#readTime() ?? this.#readFrame();
  }

  #readTime(): string | undefined {
    if (this.#peek() !== OPEN) return undefined;
    let close = this.#at;
    while (close < this.#end && this.#text.charCodeAt(close) !== CLOSE) close++;
    if (close === this.#end) return `the time is not closed: ${this.#show(this.#at, this.#end)}`;
    this.seconds = readCandumpTime(this.#text, this.#at + 1, close);
    if (Number.isNaN(this.seconds)) return `${this.#show(this.#at, close + 1)} is no time`;
    this.#at = close + 1;
    return undefined;
  }

  #readFrame(): string | undefined {
    let start = this.#startWord();
    let end = this.#findWordEnd(start);
    let hash = this.#findHash(start, end);
    if (hash >= 0) return this.#readCompact(start, hash, end);
    this.nameStart = start;
    this.nameEnd = end;
    this.#at = end;
    start = this.#startWord();
    end = this.#findWordEnd(start);
    hash = this.#findHash(start, end);
    return hash >= 0 ? this.#readCompact(start, hash, end) : this.#readColumns(start, end);
  }

  /** `id#data`, from `start` to `end`. */
  #readCompact(start: number, hash: number, end: number): string | undefined {
    const reason = this.#readId(start, hash);
    if (reason !== undefined) return reason;
    let at = hash + 1;
    let mostBytes = MAX_CLASSIC_BYTES;
    const code = at < end ? this.#text.charCodeAt(at) : 0;
    if ((code & ~CASE) === LETTER_R) return this.#endAs('remote', 0);
    if (code === HASH) {
      if (at + 1 >= end || readDigit(this.#text, at + 1) < 0)
        return `one digit of flags was expected behind ##: ${this.#show(start, end)}`;
      mostBytes = MAX_BYTES;
      at += 2;
    }
    return this.#readDigits(at, end, mostBytes);
  }

  /** Two digits a byte, points between them or not; what stands behind `_` is a length code. */
  #readDigits(start: number, end: number, mostBytes: number): string | undefined {
    let at = start;
    let count = 0;
    while (at < end) {
      const code = this.#text.charCodeAt(at);
      if (code === UNDERSCORE && count === MAX_CLASSIC_BYTES) break;
      if (code === POINT) {
        at++;
        continue;
      }
      if (code === COLON) return `${this.#show(start, end)} is a frame of CAN XL, which is not read`;
      if (count === mostBytes) return `more than ${String(mostBytes)} bytes: ${this.#show(start, end)}`;
      const byte = at + 1 < end ? (readDigit(this.#text, at) << 4) | readDigit(this.#text, at + 1) : -1;
      if (byte < 0) return `not two hexadecimal digits a byte: ${this.#show(start, end)}`;
      this.bytes[count++] = byte;
      at += 2;
    }
    return this.#endAs(this.kind, count);
  }

  /** `id [length] bytes`, or with `RX` or `TX` and two flags before. */
  #readColumns(start: number, end: number): string | undefined {
    let idStart = start;
    let idEnd = end;
    if (this.#isWord(start, end, 'RX') || this.#isWord(start, end, 'TX')) {
      for (let words = 0; words < 3; words++) {
        this.#at = idEnd;
        idStart = this.#startWord();
        idEnd = this.#findWordEnd(idStart);
      }
    }
    this.#at = idEnd;
    const lengthStart = this.#startWord();
    const lengthEnd = this.#findWordEnd(lengthStart);
    const length = this.#readLength(lengthStart, lengthEnd);
    if (length < 0) return `${this.#show(this.nameStart, this.#end)} is no frame`;
    if (length > MAX_BYTES)
      return `more than ${String(MAX_BYTES)} bytes: ${this.#show(lengthStart, lengthEnd)}`;
    this.#at = lengthEnd;
    return this.#readId(idStart, idEnd) ?? this.#readColumnBytes(length);
  }

  /** `[8]` or `[08]`; `{B}`, a raw length code, stands for 8 bytes. -1 for anything else. */
  #readLength(start: number, end: number): number {
    const open = this.#text[start];
    if (end - start < 3) return -1;
    if (open === '{' && this.#text[end - 1] === '}') return MAX_CLASSIC_BYTES;
    if (open !== '[' || this.#text[end - 1] !== ']' || end - start > 6) return -1;
    let length = 0;
    for (let at = start + 1; at < end - 1; at++) {
      const digit = readDigit(this.#text, at);
      if (digit < 0 || digit > 9) return -1;
      length = 10 * length + digit;
    }
    return length;
  }

  #readColumnBytes(length: number): string | undefined {
    let isSwapped = false;
    for (let count = 0; count < length; count++) {
      const start = this.#startWord();
      if (count === 0 && this.#isRemote(start)) return this.#endAs('remote', 0);
      const end = this.#findByteEnd(start);
      const byte = this.#readByte(start, end);
      if (byte < 0) return `not the data of [${String(length)}]: ${this.#show(this.nameStart, this.#end)}`;
      this.bytes[count] = byte;
      isSwapped ||= end < this.#end && this.#text.charCodeAt(end) === SWAP;
      // Over the sign between two bytes; a blank is passed over anyway.
      this.#at = count + 1 < length ? Math.min(end + 1, this.#end) : end;
    }
    if (length === 0 && this.#isRemote(this.#startWord())) return this.#endAs('remote', 0);
    if (isSwapped) this.bytes.subarray(0, length).reverse();
    return this.#endAs(this.kind, length);
  }

  /** Two hexadecimal or eight binary digits; -1 for anything else. */
  #readByte(start: number, end: number): number {
    if (end - start === 2) return (readDigit(this.#text, start) << 4) | readDigit(this.#text, start + 1);
    if (end - start !== 8) return -1;
    let byte = 0;
    for (let at = start; at < end; at++) {
      const bit = readDigit(this.#text, at);
      if (bit !== 0 && bit !== 1) return -1;
      byte = 2 * byte + bit;
    }
    return byte;
  }

  /** Ids of 29 bits have 8 digits. */
  #readId(start: number, end: number): string | undefined {
    const digits = end - start;
    let id = 0;
    for (let at = start; at < end; at++) {
      const nibble = readDigit(this.#text, at);
      if (nibble < 0 || digits > 8) return `${this.#show(start, end)} is no id`;
      id = 16 * id + nibble;
    }
    const isError = digits === 8 && id >= ERROR_FLAG && id < 2 * ERROR_FLAG;
    const most = digits <= 3 ? MAX_STANDARD_ID : MAX_EXTENDED_ID;
    if (digits === 0 || (id > most && !isError)) return `${this.#show(start, end)} is no id`;
    this.kind = isError ? 'error' : 'data';
    this.arbitrationId = id;
    return undefined;
  }

  /** Nothing was wrong. */
  #endAs(kind: CandumpKind, byteLength: number): string | undefined {
    this.kind = kind;
    this.byteLength = byteLength;
    return undefined;
  }

  #isRemote(start: number): boolean {
    return this.#text.startsWith('remote request', start) && start < this.#end;
  }

  #isWord(start: number, end: number, word: string): boolean {
    return end - start === word.length && this.#text.startsWith(word, start);
  }

  #startWord(): number {
    this.#skipBlanks();
    return this.#at;
  }

  #skipBlanks(): void {
    while (this.#at < this.#end && isBlank(this.#text.charCodeAt(this.#at))) this.#at++;
  }

  #findWordEnd(start: number): number {
    let at = start;
    while (at < this.#end && !isBlank(this.#text.charCodeAt(at))) at++;
    return at;
  }

  #findByteEnd(start: number): number {
    let at = start;
    for (; at < this.#end; at++) {
      const code = this.#text.charCodeAt(at);
      if (isBlank(code) || code === SWAP) break;
    }
    return at;
  }

  #findHash(start: number, end: number): number {
    for (let at = start; at < end; at++) if (this.#text.charCodeAt(at) === HASH) return at;
    return -1;
  }

  #peek(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #isAtEnd(): boolean {
    return this.#at >= this.#end;
  }

  /** Part of the line as it may stand in a message: in quotes, without control characters, and short. */
  #show(start: number, end: number): string {
    const isLong = end - start > SHOWN;
    return JSON.stringify(this.#text.slice(start, isLong ? start + SHOWN : end) + (isLong ? '…' : ''));
  }
}
