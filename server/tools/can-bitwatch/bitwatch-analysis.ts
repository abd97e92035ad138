import type { PulseRule } from '../../core/can/bit-pulses.ts';
import { groupMessages } from '../../core/can/message-groups.ts';
import {
  countOutOfOrder,
  findTimeSpan,
  labelTimes,
  listWindows,
  orderByTime,
} from '../../core/can/time-order.ts';
import {
  type CandidateBit,
  countLongFrames,
  examineMessage,
  findCandidates,
  type MessageFindings,
  sortByFirstToggle,
  type WindowSearch,
} from '../../core/can/window-bits.ts';
import type { BitwatchAnalysis } from './bitwatch-findings.ts';
import type { LabelledFrames } from './labelled-frames.ts';
import type { Watch } from './watched-bits.ts';
import { findWatchedBits, listEdges } from './watched-edges.ts';

/** What is looked for. */
export interface BitwatchOptions {
  readonly watches: readonly Watch[];
  /** Second 0 of relative times, and where the search for pulses begins. Default: the first frame in the window. */
  readonly windowStart?: number | undefined;
  /** Where the search for pulses ends. Default: the last frame in the window. */
  readonly windowEnd?: number | undefined;
  readonly pulseRule: PulseRule;
  /** How many bytes of a payload are compared. */
  readonly payloadBytes: number;
  /** Called between messages with the part that is done. */
  readonly pause: (fraction: number) => Promise<void>;
}

/** Counts what every message does before, in and after the window, and looks for bits that stand out. */
export async function analyzeBits(
  frames: LabelledFrames,
  options: BitwatchOptions,
): Promise<BitwatchAnalysis> {
  const { table, segments } = frames;
  const { payloadBytes, pulseRule, pause } = options;
  const groups = groupMessages(table);
  await pause(0);
  const order = orderByTime(table);
  const windows = listWindows(table, segments, order);
  const span = findTimeSpan(table);
  const windowStart = options.windowStart ?? windows[0]?.from ?? span?.from ?? 0;
  const windowEnd = options.windowEnd ?? windows.at(-1)?.to ?? span?.to ?? 0;
  const timeLabels = labelTimes(table, segments, order);
  const pulseSpan = { from: windowStart, to: windowEnd };
  const search = { table, groups, segments, timeLabels, pulseSpan, pulseRule, payloadBytes };
  const { messages, candidates } = await examineMessages(search, pause);
  const watched = findWatchedBits(table, messages, options.watches);
  return {
    ...frames,
    span,
    windowStart,
    windowEnd,
    windows,
    messages,
    watched,
    edges: listEdges(table, watched, payloadBytes),
    candidates: sortByFirstToggle(candidates),
    pulseRule,
    payloadBytes,
    framesOutOfOrder: countOutOfOrder(table),
    longFrames: countLongFrames(table, payloadBytes),
  };
}

async function examineMessages(
  search: WindowSearch,
  pause: BitwatchOptions['pause'],
): Promise<Pick<BitwatchAnalysis, 'messages' | 'candidates'>> {
  const { count } = search.groups;
  const messages: MessageFindings[] = [];
  const candidates: CandidateBit[] = [];
  for (let message = 0; message < count; message++) {
    await pause(message / count);
    const found = examineMessage(search, message);
    messages.push(found);
    candidates.push(...findCandidates(search, found));
  }
  return { messages, candidates };
}
