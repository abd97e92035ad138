import type { FramePlace, FrameRows } from '#protocol';
import { LONGEST_PAYLOAD } from '../../../core/can/frame-bits.ts';
import { formatPayload } from '../../../core/can/frame-payload.ts';
import type { FrameTable } from '../../../core/can/frame-table.ts';
import { countUpTo } from '../../../core/can/message-index.ts';
import { compileMessage } from '../../../core/dbc/codec/message-plan.ts';
import { findProtection } from '../../../core/dbc/checksums/protection.ts';
import type { FoundMessage } from './log-databases.ts';
import { isOtherValue, type ReadableSignal, writeSignal } from './signal-text.ts';

/** Signals that the text of a row names. */
const MOST_NAMED = 3;

/** Frames of one message, and which of them count. */
export interface ListedFrames {
  readonly table: FrameTable;
  /** All rows of the message by time. */
  readonly rows: Uint32Array;
  /** Places among them, ascending; undefined: all. */
  readonly places: Uint32Array | undefined;
}

type FrameRow = FrameRows['rows'][number];

/** Lists frames from the latest down. */
export function listFrameRows(
  frames: ListedFrames,
  found: FoundMessage | undefined,
  { from, count }: { readonly from: number; readonly count: number },
): FrameRow[] {
  const total = frames.places?.length ?? frames.rows.length;
  const signals = listTelling(found);
  const listed: FrameRow[] = [];
  for (let place = from; place < Math.min(total, from + count); place++)
    listed.push(describeFrame(frames, placeOf(frames, total - 1 - place), signals));
  return listed;
}

/**
 * Finds the last frame at or before a time among those that count.
 *
 * @param step -1 or 1: the frame before or behind it.
 */
export function findFramePlace(frames: ListedFrames, atSeconds: number, step: number): FramePlace {
  const { table, rows, places } = frames;
  const upTo = countUpTo(table.seconds, rows, atSeconds);
  const total = places?.length ?? rows.length;
  const found = (places === undefined ? upTo : countBelow(places, upTo)) - 1 + step;
  if (found < 0 || found >= total) return { row: -1, seconds: null };
  const row = rows[placeOf(frames, found)];
  return { row: total - 1 - found, seconds: table.seconds[row ?? -1] ?? null };
}

function placeOf({ places }: ListedFrames, index: number): number {
  return places === undefined ? index : (places[index] ?? -1);
}

function countBelow(places: Uint32Array, limit: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function describeFrame(
  { table, rows }: ListedFrames,
  index: number,
  signals: readonly ReadableSignal[],
): FrameRow {
  const row = rows[index] ?? 0;
  const before = index > 0 ? rows[index - 1] : undefined;
  const seconds = table.seconds[row] ?? 0;
  return {
    index,
    seconds,
    deltaMs: before === undefined ? null : 1000 * (seconds - (table.seconds[before] ?? 0)),
    dataHex: formatPayload(table, row).slice(0, 2 * LONGEST_PAYLOAD),
    changes: listChanges(table, before, row),
    text: before === undefined ? '' : nameChanges(table, [before, row], signals),
  };
}

function listChanges(table: FrameTable, before: number | undefined, row: number): FrameRow['changes'] {
  const { data, dataStart, dataLength } = table;
  const bytes = Math.min(dataLength[row] ?? 0, LONGEST_PAYLOAD);
  const start = dataStart[row] ?? 0;
  const known = before === undefined ? 0 : (dataLength[before] ?? 0);
  const startBefore = before === undefined ? 0 : (dataStart[before] ?? 0);
  return Array.from({ length: bytes }, (_, byte) => {
    const step = byte < known ? (data[start + byte] ?? 0) - (data[startBefore + byte] ?? 0) : 0;
    return step === 0 ? 'same' : step > 0 ? 'rising' : 'falling';
  });
}

function nameChanges(
  table: FrameTable,
  rows: readonly [before: number, row: number],
  signals: readonly ReadableSignal[],
): string {
  const named: string[] = [];
  for (const signal of signals) {
    if (!isOtherValue(signal, table, rows)) continue;
    named.push(writeSignal(signal, table, rows[1]));
    if (named.length === MOST_NAMED) break;
  }
  return named.join(' · ');
}

/** What protects a message changes with every frame, and tells nothing. */
function listTelling(found: FoundMessage | undefined): readonly ReadableSignal[] {
  if (found === undefined) return [];
  const { message, opened } = found;
  const { checksum, counter } = findProtection(message, opened.name) ?? {};
  const { signals } = compileMessage(message);
  return message.signals.flatMap((signal, i) => {
    const plan = signals[i];
    const isTelling = signal !== checksum?.signal && signal !== counter?.signal;
    return plan !== undefined && isTelling ? [{ signal, plan }] : [];
  });
}
