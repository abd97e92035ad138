import type { DatabaseSignal } from '../model/database.ts';
import type { LineForm, SignalWriter } from './line-form.ts';

/** A signal as lines tell it. Texts are made anew only when the value is another than in the frame before. */
export class ToldSignal {
  /** Whether another value makes another frame of it. */
  readonly countsAsChange: boolean;
  /** Empty where there is nothing to tell. */
  text = '';
  /** Of the same value; empty where it has none, or where `text` has it. */
  label = '';
  readonly #writer: SignalWriter;
  #raw = NaN;
  #previous = '';

  constructor(signal: DatabaseSignal, form: LineForm, { countsAsChange }: { countsAsChange: boolean }) {
    this.#writer = form.createSignalWriter(signal);
    this.countsAsChange = countsAsChange;
  }

  /**
   * Takes the value of the next frame.
   *
   * @param raw NaN where the frame does not hold the signal.
   * @param exact The raw value where a double may not hold it.
   * @returns Whether it is told otherwise than in the frame before.
   */
  take(raw: number, exact: bigint | undefined): boolean {
    if (raw !== this.#raw || exact !== undefined) this.#tell(raw, exact);
    const isChanged = this.text !== this.#previous;
    this.#previous = this.text;
    return isChanged;
  }

  #tell(raw: number, exact: bigint | undefined): void {
    this.#raw = raw;
    this.text = Number.isNaN(raw) ? '' : this.#writer.writeValue(raw, exact);
    this.label = this.text === '' ? '' : this.#writer.writeLabel(raw);
  }
}
