import { findBitEdges } from '../../core/can/bits/bit-edges.ts';
import { readBitTimeline } from '../../core/can/bits/bit-toggles.ts';
import type { FrameTable } from '../../core/can/frame-table.ts';
import type { MessageFindings } from '../../core/can/bits/window-bits.ts';
import type { WatchedBit, WatchedEdge } from './bitwatch-findings.ts';
import type { Watch } from './watched-signals.ts';

/** Finds the watched bits in the messages that were seen, each once. */
export function findWatchedBits(
  table: FrameTable,
  messages: readonly MessageFindings[],
  watches: readonly Watch[],
): readonly WatchedBit[] {
  const found = watches.flatMap((watch) => findWatched(table, messages, watch));
  // The same bit may be watched on one bus and on all.
  return found.filter((each, index) => found.findIndex((other) => isSameBit(each, other)) === index);
}

/** A watch without a bus is a bit of every bus that has the message. */
function findWatched(
  table: FrameTable,
  messages: readonly MessageFindings[],
  watch: Watch,
): readonly WatchedBit[] {
  const { arbitrationId, bus, bit, comment } = watch;
  const having = messages.filter(
    (each) => each.arbitrationId === arbitrationId && each.bus === (bus ?? each.bus),
  );
  const found = having.length > 0 ? having : [undefined];
  return found.map((message) => ({
    message,
    bus: message?.bus ?? bus,
    arbitrationId,
    bit,
    comment,
    timeline: readBitTimeline(table, message?.rows ?? new Uint32Array(0), bit),
  }));
}

function isSameBit(a: WatchedBit, b: WatchedBit): boolean {
  return a.bit === b.bit && a.arbitrationId === b.arbitrationId && a.bus === b.bus;
}

/** Lists the edges of the watched bits by time; those of one frame in the order in which the bits are watched. */
export function listEdges(
  table: FrameTable,
  watched: readonly WatchedBit[],
  payloadBytes: number,
): readonly WatchedEdge[] {
  const messages = [...new Set(watched.flatMap(({ message }) => message ?? []))];
  return messages
    .flatMap(({ bus, arbitrationId, rows }) => {
      const own = watched.filter((each) => each.bus === bus && each.arbitrationId === arbitrationId);
      const bits = own.map(({ bit }) => bit).filter((bit) => bit < 8 * payloadBytes);
      const edges = findBitEdges(table, rows, bits);
      return edges.map(({ row, seconds, bit, after }) => ({
        ...{ bus, arbitrationId, row, seconds, bit },
        isRise: after === 1,
      }));
    })
    .sort((a, b) => a.seconds - b.seconds || a.row - b.row);
}
