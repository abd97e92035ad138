import type { FieldPlace } from './field-place.ts';
import type { Message } from './message-samples.ts';

/** A field of a message, and how it was found. */
export interface FoundField {
  readonly field: FieldPlace;
  /** Other boundaries around the same bits that explain the reference about as well, the likeliest first. */
  readonly alternatives: readonly FieldPlace[];
  /** Fields of the same message that explain what this one leaves: a fraction, the other wheels. */
  readonly companions: readonly FieldPlace[];
  /** See `judgeStructure`. */
  readonly structure: number;
}

/** What one message knows of the reference. */
export interface MessageFinding {
  /** The frames that were compared. */
  readonly message: Message;
  /** The reference at time `t + lag` goes with the frame at time `t`, in seconds. */
  readonly lag: number;
  /** The one that explains most first; they share no bits. */
  readonly fields: readonly FoundField[];
  /** Bits that count frames. */
  readonly counterBits: number;
  /** Bits of bytes that look like checksums. */
  readonly noiseBits: number;
}
