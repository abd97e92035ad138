import { CtsError } from '#protocol';
import { CsvReader } from '../../table/csv-reader.ts';
import { parseBytes, parseInteger, parseTime } from '../../text/cell-numbers.ts';
import { FrameTable } from '../frame-table.ts';
import { MAX_PAYLOAD_BYTES } from '../bits/seen-bits.ts';

const MAX_ADDRESS = 0x1fff_ffff;
const MAX_BUS = 255;
/** How much of a cell an error repeats. */
const MAX_QUOTED = 40;

/** What columns may be called, in lower case. */
const COLUMN_NAMES = {
  bus: ['bus'],
  address: ['messageid', 'addr', 'address'],
  payload: ['message', 'data', 'data_hex'],
  time: ['time', 'timestamp'],
} as const;

type Column = keyof typeof COLUMN_NAMES;

/** Where the cells of a row stand; -1 where there is no such column. */
type Columns = Readonly<Record<Column, number>>;

/**
 * Reads frames from CSV as tools around panda write it; the header tells which columns there are:
 *
 * ```
 * Bus,MessageID,Message,MessageLength,Time         0,0x1c28af65,0x0a60,2,0.0086     can_logger.py of panda
 * Bus,MessageID,Message                            2,558,009e                       the same in old days: ids are decimal
 * time,addr,bus,data                               0.00183,577,0,e0c7               cabana
 * window,segment,timestamp,address,bus,data_hex    1,pre,0.001830,0x241,0,E0C7      rlog-to-csv
 * ```
 *
 * Ids are hexadecimal behind `0x`, else decimal; payloads hexadecimal, behind `0x` or not. Other columns are passed over,
 * so is the length that the first form states. Sources: examples/can_logger.py, can_unique.py of panda.
 */
export class PandaCsvReader {
  readonly table = new FrameTable();
  readonly #name: string;
  readonly #rows: CsvReader;
  #columns: Columns | undefined;
  /** Reused from row to row. */
  readonly #head = { seconds: 0, bus: 0, arbitrationId: 0 };
  readonly #payload = new Uint8Array(MAX_PAYLOAD_BYTES);

  /** @param name What failures call the file. */
  constructor(name: string) {
    this.#name = name;
    this.#rows = new CsvReader(name);
  }

  /** Whether the file has times; without them all frames are at second 0. */
  get hasTimes(): boolean {
    return this.#columns !== undefined && this.#columns.time >= 0;
  }

  /**
   * Reads the rows that are whole with this piece; its bytes are the caller's again at once.
   *
   * @throws {CtsError} CSV_UNREADABLE with line and cell.
   */
  append(piece: Uint8Array): void {
    this.#rows.feed(piece);
    this.#takeRows();
  }

  /**
   * Reads the last row.
   *
   * @throws {CtsError} CSV_UNREADABLE, also where there is no header.
   */
  finish(): void {
    this.#rows.end();
    this.#takeRows();
    if (this.#columns === undefined) throw this.#refuseHeader('there is no header');
  }

  #takeRows(): void {
    while (this.#rows.readRow()) {
      if (this.#columns === undefined) this.#columns = this.#findColumns();
      else this.#takeFrame(this.#columns);
    }
  }

  #findColumns(): Columns {
    const names = this.#rows.copyTexts().map((name) => name.trim().toLowerCase());
    const find = (column: Column): number => names.findIndex((name) => isNameOf(column, name));
    const columns = {
      bus: find('bus'),
      address: find('address'),
      payload: find('payload'),
      time: find('time'),
    };
    if (columns.bus < 0 || columns.address < 0 || columns.payload < 0)
      throw this.#refuseHeader(
        `line ${String(this.#rows.line)} names other columns: ${quote(names.join(','))}`,
      );
    return columns;
  }

  #takeFrame(columns: Columns): void {
    const { bytes, cellStart, cellEnd } = this.#rows;
    const head = this.#head;
    if (columns.time >= 0) head.seconds = this.#readTime(columns.time);
    head.bus = this.#readInteger(columns.bus, MAX_BUS);
    head.arbitrationId = this.#readInteger(columns.address, MAX_ADDRESS);
    this.#require(columns.payload);
    const length = parseBytes(bytes, cellStart[columns.payload]!, cellEnd[columns.payload]!, this.#payload);
    if (length < 0)
      throw this.#refuseCell(columns.payload, 'hexadecimal digits of whole bytes, at most 64, are expected');
    this.table.push(head, this.#payload, [0, length]);
  }

  #readTime(cell: number): number {
    this.#require(cell);
    const seconds = parseTime(this.#rows.bytes, this.#rows.cellStart[cell]!, this.#rows.cellEnd[cell]!);
    if (Number.isFinite(seconds)) return seconds;
    throw this.#refuseCell(cell, 'a time in seconds is expected');
  }

  #readInteger(cell: number, max: number): number {
    this.#require(cell);
    const value = parseInteger(this.#rows.bytes, this.#rows.cellStart[cell]!, this.#rows.cellEnd[cell]!);
    if (value <= max) return value;
    const forms = max === MAX_BUS ? 'a bus from 0 to 255' : 'an id such as 0x241 or 577, up to 0x1FFFFFFF,';
    throw this.#refuseCell(cell, `${forms} is expected`);
  }

  #require(cell: number): void {
    if (cell < this.#rows.cellCount) return;
    throw this.#refuse(
      `the row has ${String(this.#rows.cellCount)} cells, and the header ${String(cell + 1)} or more`,
    );
  }

  #refuseCell(cell: number, expected: string): CtsError {
    return this.#refuse(`cell ${String(cell + 1)} is ${quote(this.#rows.copyText(cell) ?? '')}; ${expected}`);
  }

  #refuse(reason: string): CtsError {
    const { line } = this.#rows;
    return new CtsError('CSV_UNREADABLE', `${this.#name}, line ${String(line)}: ${reason}`, {
      details: { line },
      actions: ['Correct the line, or give the log that the file was made of.'],
    });
  }

  #refuseHeader(reason: string): CtsError {
    return new CtsError('CSV_UNREADABLE', `${this.#name} cannot be read as CAN frames: ${reason}`, {
      actions: [
        'The first line must name the columns: Bus,MessageID,Message,MessageLength,Time (can_logger of panda), ' +
          'time,addr,bus,data (cabana) or window,segment,timestamp,address,bus,data_hex (rlog-to-csv).',
      ],
    });
  }
}

function isNameOf(column: Column, name: string): boolean {
  return (COLUMN_NAMES[column] as readonly string[]).includes(name);
}

function quote(text: string): string {
  return text.length > MAX_QUOTED ? `"${text.slice(0, MAX_QUOTED)}…"` : `"${text}"`;
}
