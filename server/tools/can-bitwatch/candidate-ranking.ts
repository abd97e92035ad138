import { findOrigin } from '../../core/can/bus-origin.ts';
import type { PulseRule } from '../../core/can/bits/bit-pulses.ts';
import { POST, PRE, WINDOW } from '../../core/can/csv/frame-segments.ts';
import type { CandidateBit, MessageFindings } from '../../core/can/bits/window-bits.ts';

/** A bit is busier in the window when it toggles so much more often there, frame for frame. */
const BUSIER = 5;

/**
 * Puts candidates into the order in which they deserve a look: first those whose pulses fit what was looked for, then those
 * that toggle rarely, as what a driver moves does; of equals, those that were received before those that were sent.
 */
export function rankCandidates(
  candidates: readonly CandidateBit[],
  rule: PulseRule,
): readonly CandidateBit[] {
  const fit = new Map(candidates.map((each) => [each, measureFit(each.pulses, rule)]));
  return candidates.toSorted(
    (a, b) =>
      (fit.get(b) ?? 0) - (fit.get(a) ?? 0) ||
      a.timeline.seconds.length - b.timeline.seconds.length ||
      compareMessages(a.message, b.message) ||
      a.bit - b.bit,
  );
}

/** From 0, no pulse has the length, to 1: as many as were looked for, and all have it. */
export function measureFit(pulses: readonly number[], { seconds, tolerance, count }: PulseRule): number {
  const fitting = pulses.filter((pulse) => pulse >= seconds - tolerance && pulse <= seconds + tolerance);
  return Math.min(fitting.length, count) / Math.max(pulses.length, count);
}

function compareMessages(a: MessageFindings, b: MessageFindings): number {
  const isSent = ({ bus }: MessageFindings): number => Number(findOrigin(bus) !== 'received');
  return isSent(a) - isSent(b) || a.arbitrationId - b.arbitrationId || a.bus - b.bus;
}

/** A bit that toggles outside of the window too, but much less. */
export interface BusierBit {
  readonly message: MessageFindings;
  readonly bit: number;
  readonly inWindow: number;
  readonly outside: number;
  /** How much more often it toggles in the window, frame for frame. */
  readonly ratio: number;
}

/** Finds the bits that toggle much more in the window than outside of it: the greatest ratio first. */
export function findBusierBits(messages: readonly MessageFindings[]): readonly BusierBit[] {
  return messages
    .flatMap((message) => listRepeated(message).map((bit) => compareBit(message, bit)))
    .filter(({ ratio }) => ratio >= BUSIER)
    .sort((a, b) => b.ratio - a.ratio || compareMessages(a.message, b.message) || a.bit - b.bit);
}

/** The bits that toggle more than once in the window. */
function listRepeated({ byteLength, toggles }: MessageFindings): readonly number[] {
  const bits: number[] = [];
  for (let bit = 0; bit < 8 * byteLength; bit++) if ((toggles[WINDOW]?.[bit] ?? 0) > 1) bits.push(bit);
  return bits;
}

function compareBit(message: MessageFindings, bit: number): BusierBit {
  const { frames } = message;
  const inWindow = countToggles(message, WINDOW, bit);
  const outside = countToggles(message, PRE, bit) + countToggles(message, POST, bit);
  const framesOutside = (frames[PRE] ?? 0) + (frames[POST] ?? 0);
  const ratio = outside === 0 ? 0 : (inWindow * framesOutside) / (outside * (frames[WINDOW] ?? 0));
  return { message, bit, inWindow, outside, ratio: Number.isFinite(ratio) ? ratio : 0 };
}

/** How often a bit toggled in a segment. */
export function countToggles({ toggles }: MessageFindings, segment: number, bit: number): number {
  return toggles[segment]?.[bit] ?? 0;
}
