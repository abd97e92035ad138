import type { FrameTable } from '../../can/frame-table.ts';
import {
  type CounterState,
  createCounterState,
  verifyChecksums,
  verifyCounters,
  WRONG,
} from '../checksums/protection-checks.ts';
import { findProtection, type Protection } from '../checksums/protection.ts';
import { listPasses } from '../codec/decode-pass.ts';
import { compileMessage, type MessagePlan } from '../codec/message-plan.ts';
import { decodeMessage, type MessageColumns } from '../codec/signal-columns.ts';
import { type SignalPlan, toRawPlan } from '../codec/signal-plan.ts';
import { decodeRaw } from '../codec/signal-values.ts';
import type { DatabaseMessage } from '../model/database.ts';
import type { LineForm, LineParts } from './line-form.ts';
import { ToldSignal } from './told-signal.ts';

/** Raw values of so many bits are doubles exactly. */
const EXACT_BITS = 53;

/** Which frames of a message become lines, and how. */
export interface MessageLinesOptions {
  readonly bus: number;
  /** Name of the database: how messages are protected goes by it. */
  readonly fileName: string;
  /** Which signals are told, by their place in the message. */
  readonly signals: readonly number[];
  /** Whether signals were asked for by name: a frame without any of them gives no line. */
  readonly namesSignals: boolean;
  /** Whether only frames give a line that are told otherwise than the last; see `MessageLines`. */
  readonly changesOnly: boolean;
  readonly form: LineForm;
}

/**
 * Writes the frames of one message on one bus as lines, some at a time.
 *
 * A frame is a change where a value, or whether checksum and counter are right, is told otherwise than of the frame
 * before. What counter and checksum are changes with every frame: it counts only where signals were asked for by name.
 */
export class MessageLines {
  /** How many frames wait to be loaded, and where they begin; kept by whoever gathers them. */
  waiting = 0;
  firstWaiting = 0;
  readonly #message: DatabaseMessage;
  readonly #options: MessageLinesOptions;
  readonly #plan: MessagePlan;
  readonly #signals: readonly ToldSignal[];
  readonly #protection: Protection | undefined;
  readonly #counter: CounterState = createCounterState();
  readonly #head: string;
  readonly #parts: LineParts = { values: '', labels: '', isChecksumWrong: false, isCounterWrong: false };
  #columns: MessageColumns = [];
  #exact: readonly (ArrayLike<bigint> | undefined)[] = [];
  #checksums = new Uint8Array(0);
  #counters = new Uint8Array(0);
  #next = 0;
  #isFirst = true;

  constructor(message: DatabaseMessage, options: MessageLinesOptions) {
    this.#message = message;
    this.#options = options;
    this.#protection = findProtection(message, options.fileName);
    this.#plan = selectSignals(compileMessage(message), options.signals);
    this.#signals = this.#listSignals();
    this.#head = options.form.writeHead(options.bus, message);
  }

  /** How many values a frame has at most. */
  get width(): number {
    return this.#signals.length;
  }

  /** Decodes frames; `writeNext` then tells one after the other. The table must not change until the last is told. */
  load(table: FrameTable, rows: Uint32Array): void {
    this.#columns = decodeMessage(this.#plan, table, rows);
    this.#exact = this.#plan.signals.map((plan) =>
      isWide(plan) ? decodeWide(plan, table, rows) : undefined,
    );
    this.#next = 0;
    if (this.#protection === undefined) return;
    this.#checksums = verifyChecksums(this.#protection, table, rows);
    this.#counters = verifyCounters(this.#protection, table, rows, { state: this.#counter });
  }

  /**
   * Tells the next frame.
   *
   * @returns Undefined where it is not wanted.
   */
  writeNext(seconds: number): string | undefined {
    const row = this.#next++;
    const isChanged = this.#takeFrame(row) || this.#isFirst;
    this.#isFirst = false;
    if (this.#options.changesOnly && !isChanged) return undefined;
    this.#joinParts();
    if (this.#options.namesSignals && this.#parts.values === '') return undefined;
    return this.#options.form.writeLine(this.#head, seconds, this.#parts);
  }

  #takeFrame(row: number): boolean {
    const parts = this.#parts;
    const isChecksumWrong = this.#checksums[row] === WRONG;
    const isCounterWrong = this.#counters[row] === WRONG;
    let isChanged = isChecksumWrong !== parts.isChecksumWrong || isCounterWrong !== parts.isCounterWrong;
    parts.isChecksumWrong = isChecksumWrong;
    parts.isCounterWrong = isCounterWrong;
    for (let i = 0; i < this.#signals.length; i++) {
      const signal = this.#signals[i];
      const raw = this.#columns[i]?.[row];
      if (signal === undefined || raw === undefined) continue;
      if (signal.take(raw, this.#exact[i]?.[row]) && signal.countsAsChange) isChanged = true;
    }
    return isChanged;
  }

  #joinParts(): void {
    const { separator } = this.#options.form;
    let values = '';
    let labels = '';
    for (const { text, label } of this.#signals) {
      if (text !== '') values = values === '' ? text : values + separator + text;
      if (label !== '') labels = labels === '' ? label : labels + separator + label;
    }
    this.#parts.values = values;
    this.#parts.labels = labels;
  }

  #listSignals(): readonly ToldSignal[] {
    const { signals, namesSignals, form } = this.#options;
    const { checksum, counter } = this.#protection ?? {};
    return signals.flatMap((index) => {
      const signal = this.#message.signals[index];
      if (signal === undefined) return [];
      const isProtecting = signal === checksum?.signal || signal === counter?.signal;
      return [new ToldSignal(signal, form, { countsAsChange: namesSignals || !isProtecting })];
    });
  }
}

/** A plan that reads raw values of some signals only. */
function selectSignals(plan: MessagePlan, indexes: readonly number[]): MessagePlan {
  const signals = indexes.flatMap((index) => {
    const signal = plan.signals[index];
    return signal === undefined ? [] : [toRawPlan(signal)];
  });
  return { ...plan, signals, passes: listPasses(signals) };
}

function isWide({ layout: { length, valueType = 'integer' } }: SignalPlan): boolean {
  return length > EXACT_BITS && valueType === 'integer';
}

function decodeWide(plan: SignalPlan, table: FrameTable, rows: Uint32Array): ArrayLike<bigint> {
  const { values } = decodeRaw(plan, table, rows);
  return plan.isSigned ? values : new BigUint64Array(values.buffer);
}
