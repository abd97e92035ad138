import type { BitTimeline } from '../../core/can/bits/bit-toggles.ts';
import type { PulseRule } from '../../core/can/bits/bit-pulses.ts';
import type { TimeSpan } from '../../core/can/message-rows.ts';
import type { CandidateBit, MessageFindings } from '../../core/can/bits/window-bits.ts';
import type { LabelledFrames } from './labelled-frames.ts';

// Times are seconds on the time line of the frame table. Bits are named by their global index, 8 * byte + lsb.

/** A watched bit of one message. */
export interface WatchedBit {
  /** Undefined where no frame of it was seen. */
  readonly message: MessageFindings | undefined;
  readonly arbitrationId: number;
  /** Undefined where no frame was seen and no bus was asked for. */
  readonly bus: number | undefined;
  readonly bit: number;
  /** What stands behind `#` in a watchlist. */
  readonly comment: string;
  readonly timeline: BitTimeline;
}

/** An edge of a watched bit. */
export interface WatchedEdge {
  readonly arbitrationId: number;
  readonly bus: number;
  readonly bit: number;
  readonly row: number;
  readonly seconds: number;
  readonly isRise: boolean;
}

/** Everything that can be said of the frames. */
export interface BitwatchAnalysis extends LabelledFrames {
  /** Times of the earliest and the latest frame; undefined without frames. */
  readonly span: TimeSpan | undefined;
  /** Second 0 of relative times, and where the search for pulses begins. */
  readonly windowStart: number;
  /** Where the search for pulses ends. */
  readonly windowEnd: number;
  /** Stretches of frames labelled window. */
  readonly windows: readonly TimeSpan[];
  /** In the order in which the source has them first. */
  readonly messages: readonly MessageFindings[];
  readonly watched: readonly WatchedBit[];
  /** By time. */
  readonly edges: readonly WatchedEdge[];
  /** In the order of their first toggles. */
  readonly candidates: readonly CandidateBit[];
  readonly pulseRule: PulseRule;
  /** How many bytes of a payload are compared. */
  readonly payloadBytes: number;
  /** Frames that are earlier than the one before them. */
  readonly framesOutOfOrder: number;
  /** Frames with more bytes than are compared. */
  readonly longFrames: number;
}
