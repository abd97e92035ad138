import type { DatabaseMessage, DatabaseSignal } from '../model/database.ts';
import { scaleExactly } from './number-text.ts';

/** How lines look. */
export interface LineForm {
  /** What all lines of a message on a bus have before their values; their time excepted. */
  writeHead(bus: number, message: DatabaseMessage): string;
  /** How the values of a signal are written. */
  createSignalWriter(signal: DatabaseSignal): SignalWriter;
  /** What stands between two values, and between two labels. */
  readonly separator: string;
  /** Puts a line together. */
  writeLine(head: string, seconds: number, parts: LineParts): string;
}

/** Writes what a signal is in a frame. */
export interface SignalWriter {
  /**
   * @param exact The raw value of an integer that a double may not hold.
   * @returns Empty where the value is no finite number.
   */
  writeValue(raw: number, exact: bigint | undefined): string;
  /** Where labels stand apart from values: that of a raw value; empty where it has none. */
  writeLabel(raw: number): string;
}

/** The changing parts of a line; one object serves many. */
export interface LineParts {
  values: string;
  labels: string;
  isChecksumWrong: boolean;
  isCounterWrong: boolean;
}

/** What lines tell. */
export interface LineOptions {
  /** Whether the texts of values are told, too. */
  readonly labels: boolean;
}

/** The largest integer up to which a double holds all. */
const MAX_EXACT = 2n ** 53n;

/**
 * Writes an integer that no double holds.
 *
 * @returns Undefined where one does, or factor and offset make no integer of it.
 */
export function writeWide(exact: bigint, signal: DatabaseSignal): string | undefined {
  const value = scaleExactly(exact, signal);
  if (value === undefined || (value <= MAX_EXACT && value >= -MAX_EXACT)) return undefined;
  return value.toString();
}
