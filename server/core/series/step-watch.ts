/** Integers with up to so many different values are drawn as steps. */
const STEP_VALUES = 16;

/** Watches whether all values are integers and few are different. */
export class StepWatch {
  readonly #found: number[] = [];
  #previous = NaN;
  /** Nothing more needs to be added. */
  isRefuted = false;

  /** @param value Values that are not finite tell nothing. */
  add(value: number): void {
    if (value === this.#previous || this.isRefuted || value - value !== 0) return;
    this.#previous = value;
    if (this.#found.includes(value)) return;
    if (!Number.isInteger(value) || this.#found.length === STEP_VALUES) this.isRefuted = true;
    else this.#found.push(value);
  }

  get looksStepped(): boolean {
    return !this.isRefuted && this.#found.length > 0;
  }
}
