import { gatherSamples } from '../../../core/can/sample-gathering.ts';
import type { MessagePlan } from '../../../core/dbc/codec/message-plan.ts';
import { decodeSignal } from '../../../core/dbc/codec/signal-columns.ts';
import type { DatabaseSignal } from '../../../core/dbc/model/database.ts';
import type { SignalPlan } from '../../../core/dbc/codec/signal-plan.ts';
import { SeriesSamples } from '../../../core/series/series-samples.ts';
import type { LogMessages } from '../can/log-messages.ts';
import type { KeptSeries } from './series-store.ts';

/** Which signal of which frames. */
export interface SignalPlace {
  readonly messages: LogMessages;
  /** Number of the message in its index. */
  readonly message: number;
  readonly plan: MessagePlan;
  /** Of the signal in its message. */
  readonly index: number;
}

/** The samples of a signal on one bus. A signal that a frame does not hold has no sample there. */
export class SignalSeries implements KeptSeries {
  readonly signal: DatabaseSignal;
  readonly plan: SignalPlan;
  samples = new SeriesSamples();
  readonly #place: SignalPlace;
  #order: unknown;
  #moves = -1;
  /** Frames that have been read. */
  #frames = 0;

  private constructor(place: SignalPlace, signal: DatabaseSignal, plan: SignalPlan) {
    this.#place = place;
    this.signal = signal;
    this.plan = plan;
  }

  /** @returns Undefined where the message has no such signal. */
  static create(place: SignalPlace): SignalSeries | undefined {
    const signal = place.plan.message.signals[place.index];
    const plan = place.plan.signals[place.index];
    return signal && plan && new SignalSeries(place, signal, plan);
  }

  /** Whether these are frames of the same table, read in the same way. */
  isOf({ messages, message, plan }: SignalPlace): boolean {
    const place = this.#place;
    return place.messages === messages && place.message === message && place.plan === plan;
  }

  /** Takes in the frames that were read since. */
  update(): void {
    const { messages, message } = this.#place;
    const { index, table } = messages;
    if (this.#order !== index || this.#moves !== index.movesOf(message)) this.#begin();
    const rows = index.borrowRows(message).subarray(this.#frames);
    if (rows.length === 0) return;
    this.#frames += rows.length;
    const values = decodeSignal(this.plan, table, rows);
    const seconds = new Float64Array(rows.length);
    const count = gatherSamples(table, rows, { seconds, values });
    this.samples.append(seconds, values, count);
  }

  /** From nothing: times are others, or rows have moved. */
  #begin(): void {
    const { messages, message } = this.#place;
    this.#order = messages.index;
    this.#moves = messages.index.movesOf(message);
    this.#frames = 0;
    this.samples = new SeriesSamples();
  }
}
