import { ColumnPoints, type ColumnOptions, type Points } from './column-points.ts';
import { GapFinder } from './sample-gaps.ts';
import { StepWatch } from './step-watch.ts';

/** Samples of a signal in a stretch of time, and as many points as can be seen. */
export interface SeriesSummary extends Points {
  /** Whether a value holds until the next sample. */
  readonly isStepped: boolean;
  /** Samples in the stretch; those that are not finite do not count. */
  readonly samples: number;
  /** Undefined without samples. */
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
}

/** Makes a series of samples that come in portions, in any order of time, and are not kept. */
export class StreamedSeries {
  readonly #options: ColumnOptions;
  readonly #points: ColumnPoints;
  readonly #gaps = new GapFinder();
  readonly #steps = new StepWatch();
  #samples = 0;
  #minimum = Infinity;
  #maximum = -Infinity;
  #isBehind = false;

  constructor(options: ColumnOptions) {
    this.#options = options;
    this.#points = new ColumnPoints(options);
  }

  /** Whether a sample behind the stretch has come: the line reaches the edge. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** Adds the first `count` samples. What is not finite is a gap. */
  append(seconds: Float64Array, values: Float64Array, count: number): void {
    const { from, to } = this.#options;
    this.#points.append(seconds, values, { first: 0, end: count });
    for (let row = 0; row < count; row++) {
      const at = seconds[row]!;
      const value = values[row]!;
      this.#gaps.add(at);
      if (at > to) this.#isBehind = true;
      if (at < from || at > to || value - value !== 0) continue;
      this.#samples++;
      if (value < this.#minimum) this.#minimum = value;
      if (value > this.#maximum) this.#maximum = value;
      this.#steps.add(value);
    }
  }

  /**
   * Gives what was found; nothing may be added afterwards.
   *
   * @param isStepped Default: for integers with up to 16 different values.
   */
  finish(isStepped = this.#steps.looksStepped): SeriesSummary {
    const hasSamples = this.#samples > 0;
    return {
      isStepped,
      samples: this.#samples,
      minimum: hasSamples ? this.#minimum : undefined,
      maximum: hasSamples ? this.#maximum : undefined,
      ...this.#points.finish({ gapSeconds: this.#gaps.gapSeconds, isStepped }),
    };
  }
}
