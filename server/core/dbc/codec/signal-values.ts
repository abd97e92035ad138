import { isInRanges } from './branch-selection.ts';
import { toDouble, toFloat, toHalf } from './number-bits.ts';
import { type Payloads, turnBytes } from './payload-block.ts';
import type { SignalPlan } from './signal-plan.ts';
import { join } from './value-loops.ts';

const WORD = 0x1_0000_0000;

/** Reads the physical value of a signal of one frame; NaN where the frame does not hold it. See `decodeSignal`. */
export function readValue(plan: SignalPlan, table: Payloads, row: number): number {
  return isPresent(plan, table, row) ? readNumber(plan, table, row) * plan.factor + plan.offset : NaN;
}

/** Reads the raw value, rounded to a double beyond 2^53, of floats their number; NaN where the frame does not hold it. */
export function readRawNumber(plan: SignalPlan, table: Payloads, row: number): number {
  return isPresent(plan, table, row) ? readNumber(plan, table, row) : NaN;
}

/** Reads the raw value exactly, of floats their bits; undefined where the frame does not hold it. */
export function readRaw(plan: SignalPlan, table: Payloads, row: number): bigint | undefined {
  if (!isPresent(plan, table, row)) return undefined;
  const lower = readLower(plan, table, row);
  return (BigInt(readUpper(plan, table, row, lower)) << 32n) | BigInt(lower >>> 0);
}

/** Raw values of many frames, exactly. */
export interface RawColumn {
  /**
   * Integers as 64 bits, signed where the signal is; floats as their bits. Unsigned ones of 64 bits are read through a
   * `BigUint64Array` of the same memory. 0 where a frame does not hold the signal.
   */
  readonly values: BigInt64Array<ArrayBuffer>;
  /** 1 where the frame holds the signal, 0 where not. */
  readonly presence: Uint8Array<ArrayBuffer>;
}

/** Reads exact raw values of many frames. */
export function decodeRaw(plan: SignalPlan, table: Payloads, rows: Uint32Array): RawColumn {
  const values = new BigInt64Array(rows.length);
  const halves = new Int32Array(values.buffer);
  const presence = findPresence(plan, table, rows);
  for (let i = 0; i < rows.length; i++) {
    if (presence[i] === 0) continue;
    const lower = readLower(plan, table, rows[i]!);
    halves[2 * i] = lower;
    halves[2 * i + 1] = readUpper(plan, table, rows[i]!, lower);
  }
  return { values, presence };
}

/**
 * Tells which frames hold a signal: 1, or 0. Only values of float signals do not tell that themselves, as they may be
 * NaN and there.
 */
export function findPresence(plan: SignalPlan, table: Payloads, rows: Uint32Array): Uint8Array<ArrayBuffer> {
  const presence = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) presence[i] = isPresent(plan, table, rows[i]!) ? 1 : 0;
  return presence;
}

/** Tells whether a frame holds a signal: all of its bits, and its branch where it is multiplexed. */
export function isPresent(plan: SignalPlan, table: Payloads, row: number): boolean {
  const length = table.dataLength[row] ?? 0;
  if (length < plan.byteLength) return false;
  for (let { branch } = plan; branch !== undefined; branch = branch.multiplexor.branch) {
    if (length < branch.multiplexor.byteLength) return false;
    if (!isInRanges(readNumber(branch.multiplexor, table, row), branch.ranges)) return false;
  }
  return true;
}

function readNumber(plan: SignalPlan, table: Payloads, row: number): number {
  const lower = readLower(plan, table, row);
  if (plan.shape === 'float16') return toHalf(lower);
  if (plan.shape === 'float32') return toFloat(lower);
  const upper = readUpper(plan, table, row, lower);
  return plan.shape === 'float64' ? toDouble(lower, upper) : upper * WORD + (lower >>> 0);
}

/** The lower 32 bits of what `readRaw` gives. */
function readLower({ shape, words, skip, left, right, isSigned }: SignalPlan, table: Payloads, row: number) {
  const low = readWord(table, row, words[0]);
  if (shape === 'word') return isSigned ? (low << left) >> right : (low << left) >>> right;
  const bits = join(low, readWord(table, row, words[1]), skip);
  if (shape === 'float16') return bits & 0xffff;
  if (shape !== 'pair') return bits;
  return isSigned ? (bits << left) >> right : (bits << left) >>> right;
}

/** The upper 32 bits of what `readRaw` gives. */
function readUpper(plan: SignalPlan, table: Payloads, row: number, lower: number): number {
  const { shape, words, skip, left, right, isSigned } = plan;
  if (shape === 'float16' || shape === 'float32') return 0;
  if (shape === 'word' || shape === 'pair') return isSigned ? lower >> 31 : 0;
  const bits = join(readWord(table, row, words[1]), readWord(table, row, words[2]), skip);
  return isSigned ? (bits << left) >> right : (bits << left) >>> right;
}

function readWord({ words, dataStart }: Payloads, row: number, word: number): number {
  const bits = words[(dataStart[row]! >>> 2) + (word >> 1)]!;
  return (word & 1) === 0 ? bits | 0 : turnBytes(bits);
}
