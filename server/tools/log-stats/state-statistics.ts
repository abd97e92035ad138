import type { EventBatch } from '../../core/rlog/event-batch.ts';
import { appendFieldValues, FieldColumn } from '../../core/schema/field-column.ts';
import type { FieldPath } from '../../core/schema/field-path.ts';
import type { LogSchema } from '../../core/schema/log-schema.ts';
import type { LogZero } from '../../core/rlog/log-zero.ts';
import { findStatePath, nameStateValue, STATE_FIELDS } from './state-fields.ts';

/** Stretches of a state that are kept for a chart. A state that changes more often is counted to the end all the same. */
const MAX_STRETCHES = 5000;
/** Different values of a state; an enum has a few, a hostile log thousands. */
const MAX_VALUES = 64;
/** Where nobody says how often a service is sent. */
const UNKNOWN_HOLD_NS = 5e9;
const LEAST_HOLD_NS = 0.5e9;

/** A stretch in which a state had one value, in nanoseconds after the zero of the reading. */
export interface StateStretch {
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

/** For how long a state had one value. */
export interface ValueTime {
  readonly value: string;
  readonly nanoseconds: number;
  /** How often the state came to have it. */
  readonly entries: number;
  readonly longest: number;
}

/** What is known of one state. */
export interface StateSummary {
  /** Path of the field. */
  readonly name: string;
  /** In the order in which they came. */
  readonly values: readonly ValueTime[];
  readonly changes: number;
  /** The first of them, up to 5,000. */
  readonly stretches: readonly StateStretch[];
  readonly areStretchesCut: boolean;
}

/** States that the log tells, and those that it does not. */
export interface StateReport {
  readonly states: readonly StateSummary[];
  /** Paths of fields that the log's release does not have, or none of its events carries. */
  readonly absent: readonly string[];
}

/** Follows every known state while a log is walked. */
export class StateStatistics {
  readonly #column = new FieldColumn();
  #states: readonly (readonly FollowedState[])[] | undefined;

  /** Adds the events of a batch. */
  add(batch: EventBatch, schema: LogSchema, zero: LogZero): void {
    this.#states ??= STATE_FIELDS.map((paths) => paths.flatMap((text) => followState(schema, text)));
    for (const state of this.#states.flat()) {
      this.#column.length = 0;
      appendFieldValues(batch, state.path, this.#column);
      const { length, value, monoTimeWords } = this.#column;
      for (let i = 0; i < length; i++)
        state.note(
          zero.nanosecondsOf(monoTimeWords[2 * i] ?? 0, monoTimeWords[2 * i + 1] ?? 0),
          value[i] ?? NaN,
        );
    }
  }

  /** Describes the states; of fields that stand for the same, the newest that the log has. */
  describe(): StateReport {
    const found = STATE_FIELDS.map((_, i) => this.#states?.[i]?.find((state) => state.hasValues));
    return {
      states: found.flatMap((state) => state?.describe() ?? []),
      absent: STATE_FIELDS.flatMap(([newest], i) => (found[i] === undefined ? [newest] : [])),
    };
  }
}

function followState(schema: LogSchema, text: string): readonly FollowedState[] {
  const path = findStatePath(schema, text);
  return path === undefined ? [] : [new FollowedState(path, findHold(schema, path.tag))];
}

/** Three periods of the service, of its qlog where that has fewer events. */
function findHold(schema: LogSchema, tag: number): number {
  const { frequencyHz = 0, qlogDecimation = 1 } = schema.rateOf(tag) ?? {};
  if (frequencyHz === 0) return UNKNOWN_HOLD_NS;
  return Math.max(LEAST_HOLD_NS, (3e9 * Math.max(1, qlogDecimation)) / frequencyHz);
}

/**
 * Adds up for how long a state had which value. A value holds from one event to the next; behind a gap it is unknown,
 * and so is the time after the last event.
 */
class FollowedState {
  readonly path: FieldPath;
  readonly #holdNs: number;
  readonly #values = new Map<number, { nanoseconds: number; entries: number; longest: number }>();
  readonly #stretches: { value: number; from: number; to: number }[] = [];
  #areStretchesCut = false;
  #changes = 0;
  #value = NaN;
  #since = 0;
  #at = -Infinity;

  constructor(path: FieldPath, holdNs: number) {
    this.path = path;
    this.#holdNs = holdNs;
  }

  get hasValues(): boolean {
    return this.#values.size > 0;
  }

  note(at: number, value: number): void {
    // An event that is earlier than the one before says nothing of the time that follows.
    if (at < this.#at) return;
    if (at - this.#at > this.#holdNs) this.#close(this.#at);
    if (value !== this.#value) this.#change(at, value);
    this.#at = at;
  }

  describe(): StateSummary {
    this.#close(this.#at);
    return {
      name: this.path.text,
      values: [...this.#values].map(([value, time]) => ({ value: this.#name(value), ...time })),
      changes: this.#changes,
      stretches: this.#stretches.map((each) => ({ ...each, value: this.#name(each.value) })),
      areStretchesCut: this.#areStretchesCut,
    };
  }

  #change(at: number, value: number): void {
    if (!Number.isNaN(this.#value) && !Number.isNaN(value)) this.#changes++;
    this.#close(at);
    if (Number.isNaN(value)) return;
    this.#value = value;
    this.#since = at;
    const known = this.#values.get(value);
    if (known !== undefined) known.entries++;
    else if (this.#values.size < MAX_VALUES)
      this.#values.set(value, { nanoseconds: 0, entries: 1, longest: 0 });
  }

  /** Ends the stretch at hand; the state is unknown from there. */
  #close(at: number): void {
    if (Number.isNaN(this.#value)) return;
    const length = at - this.#since;
    const time = this.#values.get(this.#value);
    if (time !== undefined) {
      time.nanoseconds += length;
      time.longest = Math.max(time.longest, length);
    }
    if (this.#stretches.length < MAX_STRETCHES)
      this.#stretches.push({ value: this.#value, from: this.#since, to: at });
    else this.#areStretchesCut = true;
    this.#value = NaN;
  }

  #name(value: number): string {
    return nameStateValue(this.path, value);
  }
}
