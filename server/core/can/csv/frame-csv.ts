import { CtsError } from '#protocol';
import { CsvReader } from '../../table/csv-reader.ts';
import {
  MAX_TEXT_PAYLOAD,
  PayloadCellReader,
  readAddressCell,
  readBusCell,
  readSecondsCell,
  readSegmentCell,
  UNREADABLE,
} from './frame-cells.ts';
import { SegmentColumn } from './frame-segments.ts';
import { FrameTable } from '../frame-table.ts';

/** How much of a cell's text a failure repeats. */
const MAX_QUOTED = 60;
const BLANK = 0x20;
const ABSENT = -1;

/**
 * Reads CSV with a frame a row, labelled pre, window or post, as rlog-to-csv writes it and people edit it. Append pieces of
 * the file, then finish.
 *
 * Columns are found by the names in the first row and may stand in any order: `segment` (or `seg`, where `segment` has no
 * label), `timestamp` in seconds, `address`, `bus` (0 where there is no such column), `data_hex` (or `data`). Other
 * columns, cells beyond the header and blank lines are passed over; a missing payload is empty. Source of the forms of
 * each cell: can-bitwatch of comma-tools.
 */
export class FrameCsvReader {
  readonly table = new FrameTable();
  /** Segment of each row of the table; see `SEGMENT_NAMES`. */
  readonly segments = new SegmentColumn();

  readonly #name: string;
  readonly #rows: CsvReader;
  #columns: FrameColumns | undefined;
  readonly #payload = new PayloadCellReader();
  readonly #payloadRange: [start: number, end: number] = [0, 0];
  readonly #head = { seconds: 0, bus: 0, arbitrationId: 0 };

  /** @param name What failures call the file. */
  constructor(name: string) {
    this.#name = name;
    this.#rows = new CsvReader(name);
  }

  /** Whether there is a column for payloads. Without one, or without rows, all payloads are empty. */
  get hasPayloads(): boolean {
    return this.#columns !== undefined && (this.#columns.dataHex !== ABSENT || this.#columns.data !== ABSENT);
  }

  /**
   * Reads what the piece completes; its bytes are the caller's again at once.
   *
   * @throws {CtsError} CSV_UNREADABLE, with line, column and cell, and what was expected there.
   */
  append(piece: Uint8Array): void {
    this.#rows.feed(piece);
    while (this.#rows.readRow()) this.#takeRow();
  }

  /**
   * Reads the last row.
   *
   * @throws {CtsError} CSV_UNREADABLE, as `append`.
   */
  finish(): void {
    this.#rows.end();
    while (this.#rows.readRow()) this.#takeRow();
    this.#checkHeader();
  }

  /** Other columns are told of also where no row asks for them. */
  #checkHeader(): void {
    if (this.#columns === undefined) return;
    const { segment, seg, timestamp, address } = this.#columns;
    if (segment === ABSENT && seg === ABSENT) throw this.#refuseHeader('segment');
    if (timestamp === ABSENT) throw this.#refuseHeader('timestamp');
    if (address === ABSENT) throw this.#refuseHeader('address');
  }

  #takeRow(): void {
    if (this.#columns === undefined)
      this.#columns = new FrameColumns(this.#rows.copyTexts(), this.#rows.line);
    else if (!this.#isBlank()) this.#takeFrame(this.#columns);
  }

  #takeFrame(columns: FrameColumns): void {
    const segment = this.#readSegment(columns);
    this.#head.seconds = this.#readSeconds(columns);
    this.#head.arbitrationId = this.#readAddress(columns);
    this.#head.bus = columns.bus === ABSENT ? 0 : this.#readBus(columns.bus);
    this.#payloadRange[1] = this.#readPayload(columns);
    this.table.push(this.#head, this.#payload.bytes, this.#payloadRange);
    this.segments.push(segment);
  }

  /** A line of blanks is a blank line to people. */
  #isBlank(): boolean {
    const { bytes, cellCount, cellEnd } = this.#rows;
    if (cellCount > 1) return false;
    for (let at = this.#rows.cellStart[0]!; at < cellEnd[0]!; at++) if (bytes[at]! > BLANK) return false;
    return true;
  }

  #readSegment({ segment, seg }: FrameColumns): number {
    const { bytes, cellStart, cellEnd } = this.#rows;
    for (const column of [segment, seg]) {
      if (!this.#hasCell(column)) continue;
      const read = readSegmentCell(bytes, cellStart[column]!, cellEnd[column]!);
      if (read !== UNREADABLE) return read;
    }
    const column = segment === ABSENT ? seg : segment;
    const name = segment === ABSENT && seg !== ABSENT ? 'seg' : 'segment';
    throw this.#refuse(column, name, 'pre, window or post is expected');
  }

  #readSeconds({ timestamp }: FrameColumns): number {
    const { bytes, cellStart, cellEnd } = this.#rows;
    const seconds = this.#hasCell(timestamp)
      ? readSecondsCell(bytes, cellStart[timestamp]!, cellEnd[timestamp]!)
      : NaN;
    if (!Number.isNaN(seconds)) return seconds;
    const expected = 'a finite number of seconds is expected, such as 12.345678';
    throw this.#refuse(timestamp, 'timestamp', expected);
  }

  #readAddress({ address }: FrameColumns): number {
    const { bytes, cellStart, cellEnd } = this.#rows;
    const id = this.#hasCell(address)
      ? readAddressCell(bytes, cellStart[address]!, cellEnd[address]!)
      : UNREADABLE;
    if (id !== UNREADABLE) return id;
    const expected = 'an address from 0x0 to 0xFFFFFFFF is expected, such as 0x321, 801 or 67A';
    throw this.#refuse(address, 'address', expected);
  }

  #readBus(column: number): number {
    const { bytes, cellStart, cellEnd } = this.#rows;
    const bus = this.#hasCell(column) ? readBusCell(bytes, cellStart[column]!, cellEnd[column]!) : UNREADABLE;
    if (bus !== UNREADABLE) return bus;
    throw this.#refuse(column, 'bus', 'a bus from 0 to 255 is expected');
  }

  #readPayload({ dataHex, data }: FrameColumns): number {
    const { bytes, cellStart, cellEnd } = this.#rows;
    const isFilled = this.#hasCell(dataHex) && cellEnd[dataHex]! > cellStart[dataHex]!;
    const column = isFilled ? dataHex : data;
    if (!this.#hasCell(column)) return 0;
    const length = this.#payload.read(bytes, cellStart[column]!, cellEnd[column]!);
    if (length >= 0 && length <= MAX_TEXT_PAYLOAD) return length;
    const expected =
      length === UNREADABLE
        ? 'hexadecimal digits are expected, such as 0011AAFF; blanks, commas and 0x may stand between them'
        : `a payload of at most ${String(MAX_TEXT_PAYLOAD)} bytes is expected`;
    throw this.#refuse(column, isFilled ? 'data_hex' : 'data', expected);
  }

  #hasCell(column: number): boolean {
    return column !== ABSENT && column < this.#rows.cellCount;
  }

  #refuse(column: number, name: string, expected: string): CtsError {
    if (column === ABSENT) return this.#refuseHeader(name);
    const { line } = this.#rows;
    const value = this.#rows.copyText(column);
    const found =
      value === undefined
        ? `line ${String(line)}: the row ends before the column "${name}"`
        : `line ${String(line)}, column "${name}": found "${shorten(value)}"`;
    return new CtsError('CSV_UNREADABLE', `${this.#name}, ${found}; ${expected}`, {
      details: { line, column: name, ...(value === undefined ? {} : { value: shorten(value) }) },
      actions: [`Mend line ${String(line)} of the file.`],
    });
  }

  #refuseHeader(name: string): CtsError {
    const { line = 1, names = [] } = this.#columns ?? {};
    const found = shorten(names.join(', '));
    const message = `${this.#name}, line ${String(line)}: no column is called "${name}"; the header is "${found}"`;
    return new CtsError('CSV_UNREADABLE', message, {
      details: { line, column: name },
      actions: [
        'The columns segment, timestamp and address are needed; bus and data_hex are used where they are.',
      ],
    });
  }
}

/** Where the columns stand; `ABSENT` where there is none of the name. */
class FrameColumns {
  readonly names: readonly string[];
  /** Where the header stands. */
  readonly line: number;
  readonly segment: number;
  readonly seg: number;
  readonly timestamp: number;
  readonly address: number;
  readonly bus: number;
  readonly dataHex: number;
  readonly data: number;

  constructor(cells: readonly string[], line: number) {
    // Of columns with the same name the last one counts, as in Python.
    this.names = cells.map((cell) => cell.trim());
    this.line = line;
    this.segment = this.names.lastIndexOf('segment');
    this.seg = this.names.lastIndexOf('seg');
    this.timestamp = this.names.lastIndexOf('timestamp');
    this.address = this.names.lastIndexOf('address');
    this.bus = this.names.lastIndexOf('bus');
    this.dataHex = this.names.lastIndexOf('data_hex');
    this.data = this.names.lastIndexOf('data');
  }
}

function shorten(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}
