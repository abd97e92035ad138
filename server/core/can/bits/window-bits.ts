import { countBitChangesByStretch } from './bit-changes.ts';
import { matchesPulses, measurePulses, type PulseRule } from './bit-pulses.ts';
import { type BitTimeline, readBitTimeline } from './bit-toggles.ts';
import { SEGMENT_NAMES } from '../csv/frame-segments.ts';
import type { FrameTable } from '../frame-table.ts';
import { borrowMessageRows, type TimeSpan } from '../message-rows.ts';
import type { MessageGroups } from '../message-groups.ts';
import { countSegmentPayloads, type SegmentPayloads } from './segment-payloads.ts';

/** What is known of a message, that is of the frames of one arbitration id on one bus. */
export interface MessageFindings {
  readonly bus: number;
  readonly arbitrationId: number;
  /** Rows of the frame table by time. */
  readonly rows: Uint32Array;
  /** Frames by segment; see `SEGMENT_NAMES`. */
  readonly frames: Uint32Array;
  /** In the order in which the source has the segments first. */
  readonly payloads: readonly SegmentPayloads[];
  /** Bytes that are compared: those of its longest payload, at most as many as were asked for. */
  readonly byteLength: number;
  /** By segment: toggles of every bit, by global index. */
  readonly toggles: readonly Uint32Array[];
}

/** A bit that toggles in the window and never outside of it. */
export interface CandidateBit {
  readonly message: MessageFindings;
  /** Global index. */
  readonly bit: number;
  readonly timeline: BitTimeline;
  /** How long it was set, each time, in seconds. */
  readonly pulses: readonly number[];
  /** There are as many pulses as were looked for, and all have the length. */
  readonly hasPulses: boolean;
}

/** Frames, their segments, and what is looked for. */
export interface WindowSearch {
  readonly table: FrameTable;
  readonly groups: MessageGroups;
  /** Segment of each row. */
  readonly segments: Uint8Array;
  /** Segment of the time of each row: see `labelTimes`. */
  readonly timeLabels: Uint8Array;
  /** Where pulses are measured. */
  readonly pulseSpan: TimeSpan;
  readonly pulseRule: PulseRule;
  /** How many bytes of a payload are compared. */
  readonly payloadBytes: number;
}

/** Counts frames, payloads and toggles of one message in each segment. */
export function examineMessage(search: WindowSearch, message: number): MessageFindings {
  const { table, groups, segments, timeLabels, payloadBytes } = search;
  const rows = borrowMessageRows(groups, message);
  const stretches = { count: SEGMENT_NAMES.length, ofRow: timeLabels };
  const changes = countBitChangesByStretch(table, rows, stretches);
  const byteLength = Math.min(changes.byteLength, payloadBytes);
  return {
    bus: groups.bus[message]!,
    arbitrationId: groups.arbitrationId[message]!,
    rows,
    frames: countFrames(segments, rows),
    payloads: countSegmentPayloads(table, segments, rows),
    byteLength,
    toggles: changes.toggles.map((counts) => counts.subarray(0, 8 * byteLength)),
  };
}

/** Finds the bits of a message that toggle in the window only, ascending. */
export function findCandidates(search: WindowSearch, message: MessageFindings): readonly CandidateBit[] {
  const { table, pulseSpan, pulseRule } = search;
  return listWindowBits(message).map((bit) => {
    const timeline = readBitTimeline(table, message.rows, bit);
    const pulses = measurePulses(timeline, pulseSpan);
    return { message, bit, timeline, pulses, hasPulses: matchesPulses(pulses, pulseRule) };
  });
}

/** Puts candidates of all messages into the order of their first toggles; bits of one frame ascend. */
export function sortByFirstToggle(candidates: readonly CandidateBit[]): readonly CandidateBit[] {
  return [...candidates].sort(
    ({ timeline: a, bit }, { timeline: b, bit: other }) =>
      a.seconds[0]! - b.seconds[0]! || a.rows[0]! - b.rows[0]! || bit - other,
  );
}

function listWindowBits({ byteLength, toggles: [post, pre, window] }: MessageFindings): readonly number[] {
  const bits: number[] = [];
  for (let bit = 0; bit < 8 * byteLength; bit++)
    if (window?.[bit] !== 0 && pre?.[bit] === 0 && post?.[bit] === 0) bits.push(bit);
  return bits;
}

function countFrames(segments: Uint8Array, rows: Uint32Array): Uint32Array {
  const frames = new Uint32Array(SEGMENT_NAMES.length);
  for (const row of rows) frames[segments[row]!]!++;
  return frames;
}

/** Counts the frames with more bytes than are compared. */
export function countLongFrames({ dataLength, length }: FrameTable, payloadBytes: number): number {
  let count = 0;
  for (let row = 0; row < length; row++) if (dataLength[row]! > payloadBytes) count++;
  return count;
}
