import { type ColumnForm, hasNames, nameValue, TIME_COLUMNS, TimeWriter } from './export-columns.ts';
import type { SignalBlock } from './signal-block.ts';
import type { AddedRows, SignalFile } from './signal-file.ts';
import type { SignalSet, SignalSource } from './signal-source.ts';

/** Text is handed on when it is longer. */
const PIECE_CHARS = 256 * 1024;

/** What a CSV file of signals is made of. */
export interface CsvOptions extends ColumnForm {
  readonly layout: 'wide' | 'long';
}

/**
 * Writes signals as CSV: rows end with CRLF, empty cells are missing values. Numbers are the shortest that read back as
 * the same double, booleans 0 and 1.
 */
export class CsvSignalFile implements SignalFile {
  readonly #signals: readonly SignalSource[];
  readonly #options: CsvOptions;
  readonly #times: TimeWriter;
  readonly #names: readonly string[];
  readonly #hasLabels: boolean;
  readonly #pieces = new TextPieces();

  constructor({ signals, startNs }: SignalSet, options: CsvOptions) {
    this.#signals = signals;
    this.#options = options;
    this.#times = new TimeWriter(options.time, startNs);
    this.#names = signals.map(({ name }) => quoteCell(name));
    this.#hasLabels = signals.some((signal) => hasNames(signal, options));
    this.#pieces.add(`${this.#writeHead()}\r\n`);
  }

  add(block: SignalBlock): AddedRows {
    const rows = this.#options.layout === 'wide' ? this.#addWide(block) : this.#addLong(block);
    return { rows, pieces: this.#pieces.take() };
  }

  finish(): Iterable<Uint8Array> {
    this.#pieces.end();
    return this.#pieces.take();
  }

  #writeHead(): string {
    const time = TIME_COLUMNS[this.#options.time].name;
    if (this.#options.layout === 'wide') return [time, ...this.#names].join(',');
    return `${time},signal,value${this.#hasLabels ? ',label' : ''}`;
  }

  #addWide({ length, nanoseconds, columns }: SignalBlock): number {
    const writers = this.#signals.map((signal) => createCellWriter(signal, this.#options));
    for (let row = 0; row < length; row++) {
      let line = this.#times.format(nanoseconds[row] ?? 0);
      for (let i = 0; i < columns.length; i++) line += `,${writers[i]?.(columns[i]?.[row] ?? NaN) ?? ''}`;
      this.#pieces.add(`${line}\r\n`);
    }
    return length;
  }

  #addLong({ length, nanoseconds, columns }: SignalBlock): number {
    let rows = 0;
    for (let row = 0; row < length; row++) {
      const time = this.#times.format(nanoseconds[row] ?? 0);
      for (const [i, column] of columns.entries()) {
        const value = column[row] ?? NaN;
        if (Number.isNaN(value)) continue;
        this.#pieces.add(`${time},${this.#names[i] ?? ''},${String(value)}${this.#writeLabel(i, value)}\r\n`);
        rows++;
      }
    }
    return rows;
  }

  #writeLabel(i: number, value: number): string {
    const signal = this.#signals[i];
    if (!this.#hasLabels || signal === undefined) return '';
    return hasNames(signal, this.#options) ? `,${quoteCell(nameValue(signal, value))}` : ',';
  }
}

/** Most values are the one before, whose digits are at hand. */
function createNumberWriter(): (value: number) => string {
  let last = NaN;
  let text = '';
  return (value) => {
    if (Number.isNaN(value)) return '';
    if (value !== last) [last, text] = [value, String(value)];
    return text;
  };
}

/** Cells of one column: names are written once and kept. */
function createCellWriter(signal: SignalSource, form: ColumnForm): (value: number) => string {
  if (!hasNames(signal, form)) return createNumberWriter();
  const known = new Map<number, string>();
  return (value) => {
    if (Number.isNaN(value)) return '';
    const name = known.get(value) ?? quoteCell(nameValue(signal, value));
    known.set(value, name);
    return name;
  };
}

function quoteCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Gathers text and gives it away in pieces of bytes. */
class TextPieces {
  readonly #encoder = new TextEncoder();
  #done: Uint8Array[] = [];
  #text = '';

  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= PIECE_CHARS) this.end();
  }

  /** Makes a piece of what there is. */
  end(): void {
    if (this.#text !== '') this.#done.push(this.#encoder.encode(this.#text));
    this.#text = '';
  }

  take(): readonly Uint8Array[] {
    const pieces = this.#done;
    this.#done = [];
    return pieces;
  }
}
