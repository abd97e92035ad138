import { findOrigin } from '../../core/can/bus-origin.ts';
import { followBit } from '../../core/can/bits/bit-occurrence.ts';
import { collectSeenBits, type SeenBits } from '../../core/can/bits/seen-bits.ts';
import type { TimeSpan } from '../../core/can/message-rows.ts';
import type { InputFrames, RecordedMessage } from '../reading/input-frames.ts';
import { selectRows } from '../reading/ranged-rows.ts';

/** Where a bit is to be low and where high. */
export interface TransitionRanges {
  readonly low: readonly TimeSpan[];
  readonly high: readonly TimeSpan[];
}

/** Bits of a message that keep one value in all frames of one side and the other value in all of the other side. */
export interface MessageTransitions {
  readonly bus: number;
  readonly arbitrationId: number;
  /** All frames of the message, in the order of time. */
  readonly rows: Uint32Array;
  readonly lowRows: Uint32Array;
  readonly highRows: Uint32Array;
  /** Always 0 in the low ranges and always 1 in the high ones; byte by byte. */
  readonly rising: Uint8Array;
  /** The other way. */
  readonly falling: Uint8Array;
}

/** A bit that goes from one value to the other. */
export interface BitTransition {
  readonly bus: number;
  readonly arbitrationId: number;
  /** Global index, see `describeBit`. */
  readonly bit: number;
  readonly lowValue: 0 | 1;
  readonly lowFrames: number;
  readonly highFrames: number;
  /** How often it changes in the whole recording. */
  readonly toggles: number;
}

/**
 * Compares the two sides of a message; undefined where no bit goes from one value to the other. Only received frames
 * count, those of buses up to 127.
 */
export function findTransitions(
  { bus, arbitrationId, rows }: RecordedMessage,
  { table }: InputFrames,
  { low, high }: TransitionRanges,
): MessageTransitions | undefined {
  if (findOrigin(bus) !== 'received') return undefined;
  const lowRows = selectRows(table, rows, low);
  const highRows = selectRows(table, rows, high);
  if (lowRows.length === 0 || highRows.length === 0) return undefined;
  const inLow = collectSeenBits(table, lowRows);
  const inHigh = collectSeenBits(table, highRows);
  const rising = joinMasks(listAlwaysClear(inLow), listAlwaysSet(inHigh));
  const falling = joinMasks(listAlwaysSet(inLow), listAlwaysClear(inHigh));
  if (!rising.some((bits) => bits !== 0) && !falling.some((bits) => bits !== 0)) return undefined;
  return { bus, arbitrationId, rows, lowRows, highRows, rising, falling };
}

/** Lists the bits of a message by byte and bit. */
export function listTransitions(
  message: MessageTransitions,
  { table }: InputFrames,
): readonly BitTransition[] {
  const { bus, arbitrationId, rows, lowRows, highRows, rising, falling } = message;
  const frames = { lowFrames: lowRows.length, highFrames: highRows.length };
  const found: BitTransition[] = [];
  for (let bit = 0; bit < 8 * rising.length; bit++) {
    const isRising = hasBit(rising, bit);
    if (!isRising && !hasBit(falling, bit)) continue;
    const { toggles } = followBit(table, rows, { bit, value: 1 });
    found.push({ bus, arbitrationId, bit, lowValue: isRising ? 0 : 1, ...frames, toggles });
  }
  return found;
}

/** A bit that some frames are too short to have is not always set in them. */
function listAlwaysSet({ ones, zeros, shortest }: SeenBits): Uint8Array {
  return ones.subarray(0, shortest).map((bits, byte) => bits & ~(zeros[byte] ?? 0));
}

function listAlwaysClear({ ones, zeros, shortest }: SeenBits): Uint8Array {
  return zeros.subarray(0, shortest).map((bits, byte) => bits & ~(ones[byte] ?? 0));
}

function joinMasks(first: Uint8Array, second: Uint8Array): Uint8Array {
  return first.map((bits, byte) => bits & (second[byte] ?? 0));
}

function hasBit(mask: Uint8Array, bit: number): boolean {
  return (((mask[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1;
}
