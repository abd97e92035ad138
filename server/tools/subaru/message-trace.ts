import type { FrameTable } from '../../core/can/frame-table.ts';
import type { MessageOnBus } from '../../core/can/message-buses.ts';
import { compileSignal, type SignalPlan } from '../../core/dbc/codec/signal-plan.ts';
import { readValue } from '../../core/dbc/codec/signal-values.ts';
import { listSpans, type Span } from './bit-spans.ts';
import { type LeftOut, LeftOutFrames } from './left-out-frames.ts';
import { type CruiseMessage, type CruiseMessageName, isWhole } from './subaru-signals.ts';

/** Values of a message's signals by name; bits are 0 or 1; NaN: no frame told one that can be true yet. */
export type SignalState = Readonly<Record<string, number>>;

/** A frame whose signals differ from those of the frame before it. */
export interface StateChange {
  readonly seconds: number;
  readonly before: SignalState;
  readonly after: SignalState;
  /** Names of what differs, in the order of the message. */
  readonly changed: readonly string[];
}

/** What one bus says in one message. The first frame that can be read only sets the state. */
export interface MessageTrace {
  readonly message: CruiseMessageName;
  readonly arbitrationId: number;
  readonly bus: number;
  readonly frames: number;
  readonly leftOut: LeftOut;
  /** Undefined where no frame can be read; the times then are NaN. */
  readonly firstState: SignalState | undefined;
  readonly firstSeconds: number;
  readonly lastSeconds: number;
  readonly changes: readonly StateChange[];
  /** When each bit was 1, by name of signal. */
  readonly spans: Readonly<Record<string, readonly Span[]>>;
}

/** Follows the signals of a message on one bus, frame by frame. */
export function traceMessage(
  frames: FrameTable,
  { bus, rows }: MessageOnBus,
  message: CruiseMessage,
): MessageTrace {
  const tracer = new SignalTracer(message);
  for (const row of rows) tracer.add(frames, row);
  const { name, arbitrationId } = message;
  const { leftOut, firstState, firstSeconds, lastSeconds, changes } = tracer;
  const trace = { leftOut, firstState, firstSeconds, lastSeconds, changes };
  const spans = listAllSpans(trace, message);
  return { message: name, arbitrationId, bus, frames: rows.length, ...trace, spans };
}

/** Returns what a signal was at a moment; undefined before the first frame that can be read. */
export function readSignalAt(
  trace: MessageTrace | undefined,
  signal: string,
  seconds: number,
): number | undefined {
  if (trace === undefined || !(trace.firstSeconds <= seconds)) return undefined;
  const { changes, firstState } = trace;
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((changes[middle]?.seconds ?? Infinity) <= seconds) low = middle + 1;
    else high = middle;
  }
  return (changes[low - 1]?.after ?? firstState)?.[signal];
}

class SignalTracer {
  readonly leftOut = new LeftOutFrames();
  readonly changes: StateChange[] = [];
  firstState: SignalState | undefined;
  firstSeconds = NaN;
  lastSeconds = NaN;

  readonly #message: CruiseMessage;
  readonly #names: readonly string[];
  readonly #signals: readonly (readonly [name: string, plan: SignalPlan, maximum: number])[];
  /** Values of the frame at hand and of the one before. */
  #values: number[] = [];
  #valuesBefore: number[] = [];
  #state: SignalState = {};

  constructor(message: CruiseMessage) {
    this.#message = message;
    this.#names = Object.keys(message.signals);
    this.#signals = Object.entries(message.signals).map(([name, signal]) => [
      name,
      compileSignal(signal),
      signal.maximum,
    ]);
  }

  add(frames: FrameTable, row: number): void {
    const seconds = frames.seconds[row] ?? NaN;
    if (!isWhole(frames, row, this.#message)) this.leftOut.shortFrames++;
    else {
      this.#readValues(frames, row, seconds);
      this.#follow(seconds);
    }
  }

  /** A value that cannot be true is taken to be what it was before. */
  #readValues(frames: FrameTable, row: number, seconds: number): void {
    let at = 0;
    for (const [name, plan, maximum] of this.#signals) {
      const value = readValue(plan, frames, row);
      const isOutlier = value > maximum;
      if (isOutlier) this.leftOut.addOutlier({ seconds, signal: name, value });
      this.#values[at] = isOutlier ? (this.#valuesBefore[at] ?? NaN) : value;
      at++;
    }
  }

  #follow(seconds: number): void {
    this.lastSeconds = seconds;
    const isFirst = this.firstState === undefined;
    if (!isFirst && this.#isUnchanged()) return;
    const before = this.#state;
    const changed = this.#names.filter((_, i) => !Object.is(this.#values[i], this.#valuesBefore[i]));
    this.#state = Object.fromEntries(this.#names.map((name, i) => [name, this.#values[i] ?? NaN]));
    [this.#values, this.#valuesBefore] = [this.#valuesBefore, this.#values];
    if (!isFirst) this.changes.push({ seconds, before, after: this.#state, changed });
    else [this.firstState, this.firstSeconds] = [this.#state, seconds];
  }

  #isUnchanged(): boolean {
    for (let i = 0; i < this.#names.length; i++)
      if (!Object.is(this.#values[i], this.#valuesBefore[i])) return false;
    return true;
  }
}

type History = Pick<MessageTrace, 'firstState' | 'firstSeconds' | 'lastSeconds' | 'changes'>;

function listAllSpans(history: History, { signals }: CruiseMessage): MessageTrace['spans'] {
  const bits = Object.keys(signals).filter((name) => signals[name]?.length === 1);
  return Object.fromEntries(
    bits.map((name) => {
      const initial = history.firstState?.[name] === 1 ? 1 : 0;
      const changes = history.changes.filter(({ before, after }) => before[name] !== after[name]);
      return [name, listSpans({ ...history, initial, changes: changes.map(({ seconds }) => seconds) })];
    }),
  );
}
