import type { FrameTable } from '../../../core/can/frame-table.ts';
import { labelOf } from '../../../core/dbc/codec/signal-labels.ts';
import type { SignalPlan } from '../../../core/dbc/codec/signal-plan.ts';
import { isPresent, readRaw, readRawNumber, readValue } from '../../../core/dbc/codec/signal-values.ts';
import { createNumberWriter } from '../../../core/dbc/lines/number-text.ts';
import type { DatabaseSignal } from '../../../core/dbc/model/database.ts';

/** A signal of a message, and how it is read. */
export interface ReadableSignal {
  readonly signal: DatabaseSignal;
  readonly plan: SignalPlan;
}

/** A signal of one frame. */
export interface SignalReading {
  readonly value: number | null;
  readonly raw: string | null;
  readonly label: string | null;
}

const NO_READING: SignalReading = { value: null, raw: null, label: null };

/** Reads a signal of a frame; all null where the frame does not hold it. */
export function readSignal({ signal, plan }: ReadableSignal, table: FrameTable, row: number): SignalReading {
  const exact = readRaw(plan, table, row);
  if (exact === undefined) return NO_READING;
  const value = readValue(plan, table, row);
  // Floats are told as the number that they are, not as their bits.
  const isInteger = (signal.valueType ?? 'integer') === 'integer';
  const raw = isInteger ? exact : readRawNumber(plan, table, row);
  return {
    value: Number.isFinite(value) ? value : null,
    raw: String(raw),
    label: labelOf(signal, raw) ?? null,
  };
}

/** Whether two frames do not say the same of a signal. */
export function isOtherValue(
  { plan }: ReadableSignal,
  table: FrameTable,
  [before, row]: readonly [number, number],
): boolean {
  if (!isPresent(plan, table, row)) return false;
  return readRaw(plan, table, before) !== readRaw(plan, table, row);
}

/** Writes a signal of a frame for people: `ACCEL_NET −0.075`, `CRUISE_STATE adaptive engaged`. */
export function writeSignal(readable: ReadableSignal, table: FrameTable, row: number): string {
  const { signal } = readable;
  const { value, label } = readSignal(readable, table, row);
  const number = value === null ? '–' : createNumberWriter(signal)(value).replace('-', '−');
  return `${signal.name} ${label ?? number}`;
}
