import type { Problem } from '#protocol';
import { type EventBatch, NOT_VALID } from '../../server/core/rlog/event-batch.ts';
import {
  scanEventBatches,
  type ScanOptions,
  streamEventBatches,
} from '../../server/core/rlog/event-batches.ts';
import { type MessageCounts, MessageScanner } from '../../server/core/rlog/message-scanner.ts';
import { openMemoryStream } from './memory-stream.ts';

/** An event as the batches tell it; `at` counts bytes of the log. */
export interface WalkedEvent {
  readonly at: number;
  readonly byteLength: number;
  readonly tag: number;
  readonly monoTime: bigint;
  readonly isValid: boolean;
}

/** All that a walk gave. */
export interface WalkedLog {
  readonly events: readonly WalkedEvent[];
  readonly counts: Omit<MessageCounts, 'listProblems'>;
  readonly problems: readonly Problem[];
}

/** Walks a log in memory as one piece. */
export function walkMemory(log: Uint8Array, scanner = new MessageScanner(false)): WalkedLog {
  const events: WalkedEvent[] = [];
  for (const batch of scanEventBatches(log, scanner)) events.push(...listEvents(batch));
  return { events, counts: copyCounts(scanner), problems: scanner.listProblems() };
}

/** Walks a log through a window; see `openMemoryStream` for `chunkBytes`. */
export async function walkStream(
  log: Uint8Array,
  options: ScanOptions,
  chunkBytes?: readonly number[],
): Promise<WalkedLog> {
  const batches = streamEventBatches(openMemoryStream(log, chunkBytes), options);
  const events: WalkedEvent[] = [];
  for await (const batch of batches) events.push(...listEvents(batch));
  return { events, counts: copyCounts(batches.counts), problems: batches.counts.listProblems() };
}

/** The monoTimes alone. */
export function timesOf({ events }: WalkedLog): number[] {
  return events.map(({ monoTime }) => Number(monoTime));
}

/** Copies the rows of a batch, which is borrowed. */
export function listEvents(batch: EventBatch): WalkedEvent[] {
  return Array.from({ length: batch.length }, (_, row) => ({
    at: batch.windowStart + batch.start[row]!,
    byteLength: batch.end[row]! - batch.start[row]!,
    tag: batch.tag[row]!,
    monoTime: batch.monoTime[row]!,
    isValid: (batch.flags[row]! & NOT_VALID) === 0,
  }));
}

function copyCounts(counts: MessageCounts): WalkedLog['counts'] {
  const { events, messages, emptyMessages, unreadableEvents, garbageBytes, bytes, isCut } = counts;
  return { events, messages, emptyMessages, unreadableEvents, garbageBytes, bytes, isCut };
}
