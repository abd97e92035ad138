/** What the numbers of a signal are. */
export type SignalKind =
  /** 0 or 1. */
  | 'boolean'
  /** Integers with names; see `labels`. */
  | 'enum'
  /** Integers that 32 bits with a sign hold. */
  | 'integer'
  /** Larger integers; exact up to 2^53. */
  | 'long'
  | 'unsigned-long'
  | 'float';

/**
 * A signal that can be exported: a named number over time. Fields of a log are such signals, and so is whatever else
 * can be put into these two columns: a signal of a DBC, decoded from the frames of a bus, comes through the same door.
 *
 * A source is complete: it is made when everything it comes from has been read, and does not change.
 */
export interface SignalSource {
  /** Name of its column; of all signals of an export no two have the same. */
  readonly name: string;
  /** Where its numbers come from, for people: `field carState.vEgo of the log`. */
  readonly origin: string;
  readonly kind: SignalKind;
  /** Undefined where it has none, or nobody says. */
  readonly unit: string | undefined;
  /** Names of values, where they have some. Values without a name are written as numbers. */
  readonly labels: ReadonlyMap<number, string> | undefined;
  /** Time of each sample: whole nanoseconds after second 0 of the log, ascending. Signals may share the column. */
  readonly nanoseconds: Float64Array;
  /** Value of each sample; NaN where it has none. As long as `nanoseconds`. */
  readonly values: Float64Array;
}

/** Signals, and what their times count from. */
export interface SignalSet {
  readonly signals: readonly SignalSource[];
  /** Second 0 of the log, in nanoseconds since the device was started. */
  readonly startNs: bigint;
}

/** How many samples of a signal have a value. */
export function countSamples({ values }: SignalSource): number {
  let count = 0;
  for (const value of values) if (!Number.isNaN(value)) count++;
  return count;
}
