import { followBit, type BitValue } from '../../core/can/bits/bit-occurrence.ts';
import type { SeenBits } from '../../core/can/bits/seen-bits.ts';
import type { InputFrames } from '../reading/input-frames.ts';

/** A message of the recording, and which of its frames are which; all in the order of time. */
export interface DividedMessage {
  readonly bus: number;
  readonly arbitrationId: number;
  /** Its interesting frames. */
  readonly rows: Uint32Array;
  /** Its frames that are background; none where the background is other recordings. */
  readonly backgroundRows: Uint32Array;
  /** All of them. */
  readonly recordedRows: Uint32Array;
}

/** A message that shows what the background never did. */
export interface UniqueMessage extends DividedMessage {
  /** Whether the background has no such message at all; then its bits are not listed. */
  readonly isNew: boolean;
  /** Bits that are set at times, and never were in the background; byte by byte. */
  readonly newOnes: Uint8Array;
  /** Bits that are clear at times, and never were in the background; byte by byte. */
  readonly newZeros: Uint8Array;
}

/** A bit with a value that it never had in the background. */
export interface UniqueBit {
  readonly bus: number;
  readonly arbitrationId: number;
  /** Global index, see `describeBit`. */
  readonly bit: number;
  readonly newValue: 0 | 1;
  /** Interesting frames in which it has that value. */
  readonly frames: number;
  /** All interesting frames of the message. */
  readonly messageFrames: number;
  /** When it first has the value; undefined where the frames have no times. */
  readonly firstSeconds: number | undefined;
  /** How often it changes within the interesting frames. */
  readonly toggles: number;
}

/** A message that the background does not have. */
export interface NewMessage {
  readonly bus: number;
  readonly arbitrationId: number;
  readonly frames: number;
  /** When it is first seen; undefined where the frames have no times. */
  readonly firstSeconds: number | undefined;
  /** Bytes of its longest payload. */
  readonly byteLength: number;
}

/** What a message showed in its interesting frames and, where it is there, in the background. */
export interface SeenSides {
  readonly interesting: SeenBits;
  readonly background: SeenBits | undefined;
}

const NO_BITS = new Uint8Array(0);

/** Compares a message with the background; undefined where it shows nothing new. */
export function findUniqueMessage(
  message: DividedMessage,
  { interesting, background }: SeenSides,
): UniqueMessage | undefined {
  if (background === undefined) return { ...message, isNew: true, newOnes: NO_BITS, newZeros: NO_BITS };
  const newOnes = subtractMask(interesting.ones, background.ones);
  const newZeros = subtractMask(interesting.zeros, background.zeros);
  const hasNews = newOnes.some((bits) => bits !== 0) || newZeros.some((bits) => bits !== 0);
  return hasNews ? { ...message, isNew: false, newOnes, newZeros } : undefined;
}

/** Lists the new bits of a message by byte and bit; of a bit that is new with both values, 1 stands first. */
export function listUniqueBits(message: UniqueMessage, frames: InputFrames): readonly UniqueBit[] {
  const bits = Array.from({ length: 8 * message.newOnes.length }, (_, bit) => [
    ...(hasBit(message.newOnes, bit) ? [describeUniqueBit(message, frames, { bit, value: 1 })] : []),
    ...(hasBit(message.newZeros, bit) ? [describeUniqueBit(message, frames, { bit, value: 0 })] : []),
  ]);
  return bits.flat();
}

/** Describes a message that is new as a whole. */
export function describeNewMessage(message: UniqueMessage, { table, hasTimes }: InputFrames): NewMessage {
  const { bus, arbitrationId, rows } = message;
  const byteLength = rows.reduce((longest, row) => Math.max(longest, table.dataLength[row] ?? 0), 0);
  const firstSeconds = hasTimes ? table.seconds[rows[0] ?? 0] : undefined;
  return { bus, arbitrationId, frames: rows.length, firstSeconds, byteLength };
}

function describeUniqueBit(
  { bus, arbitrationId, rows }: UniqueMessage,
  { table, hasTimes }: InputFrames,
  wanted: BitValue,
): UniqueBit {
  const { frames, firstSeconds, toggles } = followBit(table, rows, wanted);
  return {
    bus,
    arbitrationId,
    bit: wanted.bit,
    newValue: wanted.value,
    frames,
    messageFrames: rows.length,
    firstSeconds: hasTimes ? firstSeconds : undefined,
    toggles,
  };
}

function subtractMask(mask: Uint8Array, without: Uint8Array): Uint8Array {
  return mask.map((bits, byte) => bits & ~(without[byte] ?? 0));
}

function hasBit(mask: Uint8Array, bit: number): boolean {
  return (((mask[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1;
}
