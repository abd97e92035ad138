import { CtsError } from '#protocol';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;

/** A longer line is no row of anything CTS reads: most likely a quote that is never closed, or no CSV at all. */
const LINE_LIMIT = 1 << 20;
const FILE_LIMIT = 2 ** 31;
const MIB = 2 ** 20;

/**
 * Reads CSV row by row from bytes that come in pieces. Feed a piece, take rows until there is none, and so on; `end` the
 * text, and take the last ones.
 *
 * Cells are separated by commas and may stand in quotes, where commas, line ends and doubled quotes are text. Lines end
 * with LF, CR LF or CR. Blank lines are no rows, a byte order mark is no text. Source: Python's csv module, whose lenient
 * reading of stray quotes is the same.
 */
export class CsvReader {
  /** Line of the file on which the row at hand begins, from 1. */
  line = 0;
  /** Cells of the row at hand. */
  cellCount = 0;
  /** Cell `i` of the row at hand is `bytes.subarray(cellStart[i], cellEnd[i])`, valid until the next `readRow` or `feed`. */
  bytes: Uint8Array;
  cellStart = new Uint32Array(16);
  cellEnd = new Uint32Array(16);

  readonly #name: string;
  readonly #maxBytes: number;
  #buffer = new Uint8Array(1 << 17);
  /** Text of a row with quotes, without them. */
  #unquoted = new Uint8Array(1024);
  #at = 0;
  #filled = 0;
  #totalBytes = 0;
  #nextLine = 1;
  #isBegun = false;
  #isEnded = false;
  /** The last row ended with a CR; a LF that follows belongs to it. */
  #skipsLineFeed = false;

  /**
   * @param name What failures call the file.
   * @param maxBytes How large it may be.
   */
  constructor(name: string, maxBytes = FILE_LIMIT) {
    this.#name = name;
    this.#maxBytes = maxBytes;
    this.bytes = this.#buffer;
  }

  /**
   * Adds bytes; they are the caller's again at once. The row at hand is gone.
   *
   * @throws {CtsError} CSV_UNREADABLE for more than 2 GiB, or `maxBytes`.
   */
  feed(piece: Uint8Array): void {
    this.#totalBytes += piece.length;
    if (this.#totalBytes > this.#maxBytes) throw this.#createTooLarge();
    this.#buffer.copyWithin(0, this.#at, this.#filled);
    this.#filled -= this.#at;
    this.#at = 0;
    const needed = this.#filled + piece.length;
    if (needed > this.#buffer.length) this.#buffer = grow(this.#buffer, needed);
    this.#buffer.set(piece, this.#filled);
    this.#filled = needed;
  }

  /** Says that no more bytes come: what is left is the last row, with a line end or without. */
  end(): void {
    this.#isEnded = true;
  }

  /**
   * Goes to the next row.
   *
   * @returns False where the next row is not there as a whole: `feed` more, or after `end` there is none.
   * @throws {CtsError} CSV_UNREADABLE for a line of more than 1 MiB, and for text in UTF-16.
   */
  readRow(): boolean {
    if (!this.#isBegun && !this.#begin()) return false;
    do if (!this.#scanRow()) return false;
    while (this.cellCount === 0);
    return true;
  }

  /** Text of a cell, read as UTF-8; undefined where the row ends before it. */
  copyText(cell: number): string | undefined {
    if (cell >= this.cellCount) return undefined;
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      this.bytes.subarray(this.cellStart[cell], this.cellEnd[cell]),
    );
  }

  /** Texts of all cells of the row. */
  copyTexts(): string[] {
    return Array.from({ length: this.cellCount }, (_, cell) => this.copyText(cell) ?? '');
  }

  /** Looks for a byte order mark; returns false while there are too few bytes to tell. */
  #begin(): boolean {
    if (this.#filled < 3 && !this.#isEnded) return false;
    const [first, second, third] = this.#buffer;
    const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    if (this.#filled >= 2 && isUtf16)
      throw new CtsError('CSV_UNREADABLE', `${this.#name} is written in UTF-16; CSV is read as UTF-8`, {
        actions: ['Save it again, with the encoding UTF-8.'],
      });
    if (this.#filled >= 3 && first === 0xef && second === 0xbb && third === 0xbf) this.#at = 3;
    this.#isBegun = true;
    return true;
  }

  #scanRow(): boolean {
    const bytes = this.#buffer;
    const end = this.#filled;
    if (this.#skipsLineFeed && this.#at < end) {
      if (bytes[this.#at] === LINE_FEED) this.#at++;
      this.#skipsLineFeed = false;
    }
    this.bytes = bytes;
    this.cellCount = 0;
    let from = this.#at;
    for (let at = from; at < end; at++) {
      const byte = bytes[at]!;
      // Letters, digits and most signs lie above the comma.
      if (byte > COMMA) continue;
      if (byte === COMMA) {
        this.#addCell(from, at);
        from = at + 1;
      } else if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
        if (at > this.#at) this.#addCell(from, at);
        return this.#endRow(at, 1);
      } else if (byte === QUOTE && at === from) return this.#scanQuotedRow();
    }
    if (!this.#isWhole()) return false;
    this.#addCell(from, end);
    return this.#endRow(end, 1);
  }

  /** Reads a row that has quotes, cell by cell into a buffer without them. */
  #scanQuotedRow(): boolean {
    const bytes = this.#buffer;
    const end = this.#filled;
    if (this.#unquoted.length < end - this.#at) this.#unquoted = grow(this.#unquoted, end - this.#at);
    const text = (this.bytes = this.#unquoted);
    this.cellCount = 0;
    let lines = 1;
    let from = 0;
    let to = 0;
    let isQuoted = false;
    let isCellStart = true;
    for (let at = this.#at; at < end; at++) {
      const byte = bytes[at]!;
      if (isQuoted) {
        if (byte !== QUOTE) {
          if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED)) lines++;
          text[to++] = byte;
        } else if (at + 1 < end && bytes[at + 1] === QUOTE) text[to++] = bytes[at++]!;
        else isQuoted = false;
      } else if (byte === QUOTE && isCellStart) {
        isQuoted = true;
        isCellStart = false;
      } else if (byte === COMMA) {
        this.#addCell(from, to);
        from = to;
        isCellStart = true;
      } else if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
        this.#addCell(from, to);
        return this.#endRow(at, lines);
      } else {
        text[to++] = byte;
        isCellStart = false;
      }
    }
    if (!this.#isWhole()) return false;
    this.#addCell(from, to);
    return this.#endRow(end, lines);
  }

  #addCell(start: number, end: number): void {
    const cell = this.cellCount++;
    if (cell === this.cellStart.length) {
      this.cellStart = new Uint32Array(this.cellStart.buffer.transfer(8 * cell));
      this.cellEnd = new Uint32Array(this.cellEnd.buffer.transfer(8 * cell));
    }
    this.cellStart[cell] = start;
    this.cellEnd[cell] = end;
  }

  /** The row ends with the line end at `at`, or with the text. */
  #endRow(at: number, lines: number): boolean {
    this.#checkLine(at);
    this.line = this.#nextLine;
    this.#nextLine += lines;
    this.#skipsLineFeed = this.#buffer[at] === CARRIAGE_RETURN;
    this.#at = Math.min(at + 1, this.#filled);
    return true;
  }

  /** Whether what has no line end is the last row: it may go on in the next piece. */
  #isWhole(): boolean {
    this.#checkLine(this.#filled);
    return this.#isEnded && this.#at < this.#filled;
  }

  #createTooLarge(): CtsError {
    const size = `${String(this.#maxBytes / MIB)} MiB`;
    return new CtsError(
      'CSV_UNREADABLE',
      `${this.#name} is larger than ${size}, the most that is read as CSV`,
      {
        actions: ['Cut it into parts, or give the log that it was made of.'],
      },
    );
  }

  #checkLine(end: number): void {
    if (end - this.#at <= LINE_LIMIT) return;
    const where = `${this.#name}, line ${String(this.#nextLine)}`;
    throw new CtsError('CSV_UNREADABLE', `${where}: the line is longer than 1 MiB, which no row of CSV is`, {
      details: { line: this.#nextLine },
      actions: ['Check that the file is CSV, and that a quote which opens on this line is closed.'],
    });
  }
}

function grow(buffer: Uint8Array<ArrayBuffer>, byteLength: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer.buffer.transfer(Math.max(byteLength, 2 * buffer.length)));
}
