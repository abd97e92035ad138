import { CtsError } from '#protocol';
import type { PulseRule } from '../../core/can/bits/bit-pulses.ts';
import { groupInSteps, type MessageGroups } from '../../core/can/message-groups.ts';
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
} from '../../core/can/bits/window-bits.ts';
import { takeSteps } from '../reading/work-pauses.ts';
import type { BitwatchAnalysis } from './bitwatch-findings.ts';
import type { LabelledFrames } from './labelled-frames.ts';
import type { Watch } from './watched-signals.ts';
import { findWatchedBits, listEdges } from './watched-edges.ts';

/** No car has nearly as many; what has more is damaged or made up, and its findings would fill the memory. */
const MAX_MESSAGES = 20_000;

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

/**
 * Counts what every message does before, in and after the window, and looks for bits that stand out.
 *
 * @throws {CtsError} INVALID_PARAMETER for more than 20,000 different messages.
 */
export async function analyzeBits(
  frames: LabelledFrames,
  options: BitwatchOptions,
): Promise<BitwatchAnalysis> {
  const { table, segments } = frames;
  const { payloadBytes, pulseRule, pause } = options;
  const groups = await takeSteps(groupInSteps(table), () => pause(0));
  requireFewMessages(groups);
  const order = orderByTime(table);
  await pause(0);
  const windows = listWindows(table, segments, order);
  const span = findTimeSpan(table);
  const windowStart = options.windowStart ?? windows[0]?.from ?? span?.from ?? 0;
  const windowEnd = options.windowEnd ?? windows.at(-1)?.to ?? span?.to ?? 0;
  const timeLabels = labelTimes(table, segments, order);
  await pause(0);
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

function requireFewMessages({ count }: MessageGroups): void {
  if (count <= MAX_MESSAGES) return;
  const message = `The input has ${String(count)} different messages; at most ${String(MAX_MESSAGES)} are compared`;
  throw new CtsError('INVALID_PARAMETER', message, {
    details: { messages: count },
    actions: ['Choose some buses with the parameter buses, or check that the addresses are right.'],
  });
}
