import type { FrameTable } from '../frame-table.ts';
import { type CandumpInterface, InterfaceBuses } from './candump-buses.ts';
import { CandumpLine } from './candump-line.ts';

/** Most lines that are named with a reason; all are counted. */
const MAX_NAMED = 1000;
/** No line of candump is nearly as long. */
const MAX_LINE = 16_384;

const TAB = 0x09;
const RETURN = 0x0d;
/** Begins a colour, as `candump -c` writes them: up to the letter m. */
const ESCAPE = '\u001b';

/** A line that is no frame, and why. */
export interface UnreadableLine {
  /** From 1. */
  readonly line: number;
  readonly reason: string;
}

/**
 * Reads text of candump, of any of its forms, into a table of frames.
 *
 * Buses are numbered as their interfaces are: `can1` and `vcan1` are bus 1. One whose number is taken by another name,
 * or whose name ends in no number up to 255, gets the lowest that is free; lines without an interface are of bus 0.
 */
export class CandumpReader {
  /** Frames with data: rows added to the table. */
  dataFrames = 0;
  /** Frames that ask for data. They have none, and are not in the table. */
  remoteFrames = 0;
  /** Lines that tell of errors on the bus. */
  errorFrames = 0;
  /** Lines that cannot be read; the first 1000 of them are in `unreadable`. */
  unreadableLines = 0;
  readonly #unreadable: UnreadableLine[] = [];
  readonly #table: FrameTable;
  readonly #line = new CandumpLine();
  readonly #buses = new InterfaceBuses();
  readonly #head = { seconds: 0, bus: 0, arbitrationId: 0 };
  readonly #range: [start: number, end: number] = [0, 0];
  #lineNumber: number;
  /** The beginning of a line whose end has not come yet. */
  #rest = '';
  #isOverlong = false;

  /**
   * @param firstLine Number of the first line, where the text is part of a longer one.
   * @param interfaces Names that earlier parts of it had, in order.
   */
  constructor(table: FrameTable, firstLine = 1, interfaces: readonly string[] = []) {
    this.#table = table;
    this.#lineNumber = firstLine;
    for (const name of interfaces) this.#buses.numberOf(name, 0, name.length);
  }

  get unreadable(): readonly UnreadableLine[] {
    return this.#unreadable;
  }

  /** In the order in which they came. */
  get interfaces(): readonly CandumpInterface[] {
    return this.#buses.list();
  }

  /** Reads the lines that are whole; the beginning of one at the end of the text waits for its rest. */
  append(text: string): void {
    const all = this.#rest === '' ? text : this.#rest + text;
    const end = all.lastIndexOf('\n') + 1;
    if (end > 0) this.#readLines(removeColours(all.slice(0, end)));
    this.#isOverlong ||= all.length - end > MAX_LINE;
    this.#rest = this.#isOverlong ? '' : all.slice(end);
  }

  /** Reads what waits for a line break that does not come. */
  finish(): void {
    const rest = removeColours(this.#rest);
    this.#rest = '';
    if (rest !== '' || this.#isOverlong) this.#takeLine(rest, 0, rest.length);
  }

  #readLines(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#takeLine(text, start, end);
      start = end + 1;
    }
  }

  #takeLine(text: string, start: number, end: number): void {
    const isOverlong = this.#isOverlong || end - start > MAX_LINE;
    this.#isOverlong = false;
    // What an error was, `candump -e` tells on lines of their own behind it.
    const isExplanation = this.#line.kind === 'error' && text.charCodeAt(start) === TAB;
    if (isOverlong) this.#refuse(`the line is longer than ${String(MAX_LINE)} characters`);
    else if (!isExplanation) this.#readLine(text, start, end);
    this.#lineNumber++;
  }

  #readLine(text: string, start: number, end: number): void {
    const last = end > start && text.charCodeAt(end - 1) === RETURN ? end - 1 : end;
    const reason = this.#line.read(text, start, last);
    if (reason !== undefined) this.#refuse(reason);
    else if (this.#line.kind !== 'nothing') this.#countFrame(text);
  }

  #countFrame(text: string): void {
    const { kind, nameStart, nameEnd } = this.#line;
    const bus = this.#buses.numberOf(text, nameStart, nameEnd);
    if (kind === 'data') this.#addFrame(bus);
    else if (kind === 'remote') this.remoteFrames++;
    else this.errorFrames++;
  }

  #addFrame(bus: number): void {
    const line = this.#line;
    const head = this.#head;
    head.seconds = line.seconds;
    head.bus = bus;
    head.arbitrationId = line.arbitrationId;
    this.#range[1] = line.byteLength;
    this.#table.push(head, line.bytes, this.#range);
    this.dataFrames++;
  }

  #refuse(reason: string): void {
    if (this.unreadableLines++ < MAX_NAMED) this.#unreadable.push({ line: this.#lineNumber, reason });
  }
}

function removeColours(text: string): string {
  if (!text.includes(ESCAPE)) return text;
  const [first = '', ...others] = text.split(ESCAPE);
  return first + others.map((part) => part.replace(/^\[[\d;]*m/, '')).join('');
}
