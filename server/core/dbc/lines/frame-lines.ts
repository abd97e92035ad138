import type { FrameTable } from '../../can/frame-table.ts';
import { findMessage } from '../model/database.ts';
import type { LineForm } from './line-form.ts';
import { MessageLines } from './message-lines.ts';
import type { NamedDatabase, WantedNames } from './wanted-names.ts';

/** Frames that are decoded together, and how many values they may have at most: 8 bytes each. */
const WINDOW_ROWS = 8192;
const WINDOW_VALUES = 1 << 18;

/** Which frames become lines, and how they look. */
export interface FrameLinesOptions {
  /** The database of a bus; undefined where it has none. */
  databaseOf(bus: number): NamedDatabase | undefined;
  readonly wanted: WantedNames;
  readonly form: LineForm;
  /** Whether only frames become lines that are told otherwise than the last of their message. */
  readonly changesOnly?: boolean;
  /** Both ends belong to the range. Default: all frames. */
  readonly fromSeconds?: number;
  readonly toSeconds?: number;
}

/** Decodes frames of tables, one after the other, and writes them as lines in their order. */
export class FrameLines {
  /** Frames whose message is in the database of their bus, wanted or not; those within the range of time. */
  decodedFrames = 0;
  readonly #options: FrameLinesOptions;
  readonly #buses: (BusLines | undefined)[] = [];
  readonly #window = new WaitingFrames();

  constructor(options: FrameLinesOptions) {
    this.#options = options;
  }

  /**
   * Decodes a table; it must not change meanwhile.
   *
   * @yields Lines of some frames: none where no frame is wanted.
   */
  *read(table: FrameTable): Generator<string[], void, undefined> {
    for (let row = 0; row < table.length;) {
      row = this.#gather(table, row);
      yield this.#window.write(table);
    }
  }

  /** Gathers frames from `row` on until the window is full, and returns where to go on. */
  #gather(table: FrameTable, from: number): number {
    const { fromSeconds = -Infinity, toSeconds = Infinity } = this.#options;
    const hasRange = fromSeconds > -Infinity || toSeconds < Infinity;
    let row = from;
    for (; row < table.length && !this.#window.isFull; row++) {
      const seconds = table.seconds[row]!;
      if (hasRange && !(seconds >= fromSeconds && seconds <= toSeconds)) continue;
      const lines = this.#findLines(table.bus[row]!, table.arbitrationId[row]!);
      if (lines === undefined) continue;
      this.decodedFrames++;
      if (lines !== null) this.#window.add(row, lines);
    }
    return row;
  }

  /** Null for a message that is not wanted, undefined for one that no database has. */
  #findLines(bus: number, arbitrationId: number): MessageLines | null | undefined {
    const onBus = (this.#buses[bus] ??= new BusLines(bus, this.#options));
    return onBus.find(arbitrationId);
  }
}

/** Messages of one bus, made when they are first seen. */
class BusLines {
  readonly #bus: number;
  readonly #options: FrameLinesOptions;
  readonly #database: NamedDatabase | undefined;
  /** Only of ids that the database has: a log may have any. */
  readonly #byId = new Map<number, MessageLines | null>();

  constructor(bus: number, options: FrameLinesOptions) {
    this.#bus = bus;
    this.#options = options;
    this.#database = options.databaseOf(bus);
  }

  find(arbitrationId: number): MessageLines | null | undefined {
    const known = this.#byId.get(arbitrationId);
    return known === undefined ? this.#open(arbitrationId) : known;
  }

  #open(arbitrationId: number): MessageLines | null | undefined {
    const message = this.#database && findMessage(this.#database.database, arbitrationId);
    if (this.#database === undefined || message === undefined) return undefined;
    const { wanted, form, changesOnly = false } = this.#options;
    const lines = !wanted.wants(message)
      ? null
      : new MessageLines(message, {
          bus: this.#bus,
          fileName: this.#database.name,
          signals: wanted.listSignals(message),
          namesSignals: wanted.namesSignals,
          changesOnly,
          form,
        });
    this.#byId.set(arbitrationId, lines);
    return lines;
  }
}

/** Frames that are decoded message by message, and told in the order in which they came. */
class WaitingFrames {
  #count = 0;
  #values = 0;
  readonly #rows = new Uint32Array(WINDOW_ROWS);
  readonly #lines: MessageLines[] = [];
  readonly #messages: MessageLines[] = [];
  /** Rows by message. */
  readonly #sorted = new Uint32Array(WINDOW_ROWS);

  get isFull(): boolean {
    return this.#count === WINDOW_ROWS || this.#values >= WINDOW_VALUES;
  }

  add(row: number, lines: MessageLines): void {
    if (lines.waiting++ === 0) this.#messages.push(lines);
    this.#rows[this.#count] = row;
    this.#lines[this.#count++] = lines;
    this.#values += lines.width;
  }

  /** Writes all that wait, and forgets them. */
  write(table: FrameTable): string[] {
    this.#sortRows();
    for (const lines of this.#messages) {
      lines.load(table, this.#sorted.subarray(lines.firstWaiting - lines.waiting, lines.firstWaiting));
      lines.waiting = 0;
    }
    const texts: string[] = [];
    for (let i = 0; i < this.#count; i++) {
      const text = this.#lines[i]?.writeNext(table.seconds[this.#rows[i]!]!);
      if (text !== undefined) texts.push(text);
    }
    this.#count = 0;
    this.#values = 0;
    this.#messages.length = 0;
    return texts;
  }

  /** Afterwards `firstWaiting` is where the rows of a message end. */
  #sortRows(): void {
    let first = 0;
    for (const lines of this.#messages) {
      lines.firstWaiting = first;
      first += lines.waiting;
    }
    for (let i = 0; i < this.#count; i++) {
      const lines = this.#lines[i];
      if (lines !== undefined) this.#sorted[lines.firstWaiting++] = this.#rows[i]!;
    }
  }
}
