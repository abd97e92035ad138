import type { FrameTable } from '../../../core/can/frame-table.ts';
import type { MessageGroups } from '../../../core/can/message-groups.ts';
import { compareAddresses } from '../exports/address-order.ts';
import { readBitSpans } from '../../subaru/bit-spans.ts';
import type { BitAddress, BitRun, MarkerAnalysis } from './cruise-findings.ts';
import type { MessageTrace } from '../../subaru/message-trace.ts';
import type { MarkerBit } from './marker-bits.ts';
import { findOnBuses } from '../../../core/can/message-buses.ts';
import { findStartBit, isBitOfSignal } from '../../subaru/subaru-signals.ts';

/** Bits that toggle only in a window are many in a noisy log: so many of each window are followed. */
const MOST_WINDOW_BITS = 32;

/** Whose runs are wanted. */
export interface RunWishes {
  readonly traces: readonly MessageTrace[];
  readonly watches: readonly BitAddress[];
  readonly markers: readonly MarkerAnalysis[];
  /** What told the markers; undefined where they were set by hand. */
  readonly markerBit: MarkerBit | undefined;
}

/** Lists when the bits of cruise control, the watched ones and those that only toggle in a marker window were 1. */
export function listRuns(frames: FrameTable, groups: MessageGroups, wishes: RunWishes): readonly BitRun[] {
  const signalRuns = wishes.traces.filter(({ message }) => message !== 'Dashlights').flatMap(listSignalRuns);
  const known = new Set(listSignalBits(wishes.traces).map(nameBit));
  const followed = [
    ...wishes.watches.map((bit) => ({ ...bit, origin: 'watch' as const })),
    ...wishes.markers.flatMap(listWindowBits).map((bit) => ({ ...bit, origin: 'window-only' as const })),
  ];
  const bitRuns = followed.flatMap(({ origin, ...address }) =>
    findBits(groups, address).flatMap(({ rows, ...bit }) => {
      if (known.has(nameBit(bit))) return [];
      known.add(nameBit(bit));
      return readBitSpans(frames, rows, bit.bit).map((span) => ({
        origin,
        ...bit,
        signal: undefined,
        ...span,
      }));
    }),
  );
  return [...listMarkerRuns(wishes), ...signalRuns, ...bitRuns].sort(compareRuns);
}

interface KnownBit {
  readonly bus: number;
  readonly arbitrationId: number;
  readonly bit: number;
}

function nameBit({ bus, arbitrationId, bit }: KnownBit): string {
  return `${String(bus)}:${String(arbitrationId)}:${String(bit)}`;
}

function listSignalBits(traces: readonly MessageTrace[]): readonly (KnownBit & { readonly name: string })[] {
  return traces.flatMap(({ message, bus, arbitrationId, spans }) =>
    Object.keys(spans).map((name) => {
      return { bus, arbitrationId, bit: findStartBit(message, name), name };
    }),
  );
}

function listSignalRuns(trace: MessageTrace): readonly BitRun[] {
  return listSignalBits([trace]).flatMap(({ name, ...bit }) =>
    (trace.spans[name] ?? []).map((span) => ({
      ...{ origin: 'signal' as const, ...bit, signal: `${trace.message}.${name}` },
      ...span,
    })),
  );
}

/** A bit without a bus is looked at on all buses that have it. */
function findBits(
  groups: MessageGroups,
  { arbitrationId, bus, bit }: BitAddress,
): readonly (KnownBit & { readonly rows: Uint32Array })[] {
  return findOnBuses(groups, arbitrationId)
    .filter((message) => bus === undefined || message.bus === bus)
    .map((message) => ({ bus: message.bus, arbitrationId, bit, rows: message.rows }));
}

/** Those of signals that are known are no news. */
function listWindowBits({ messages }: MarkerAnalysis): readonly KnownBit[] {
  return messages
    .flatMap(({ bus, arbitrationId, windowOnlyBits }) =>
      windowOnlyBits.map(({ bit, toggles }) => ({ bus, arbitrationId, bit, toggles })),
    )
    .filter(({ arbitrationId, bit }) => !isBitOfSignal(arbitrationId, bit))
    .sort((a, b) => b.toggles - a.toggles)
    .slice(0, MOST_WINDOW_BITS);
}

function listMarkerRuns({ markers, markerBit }: RunWishes): readonly BitRun[] {
  return markers.map(({ window }) => ({
    origin: 'marker',
    bus: markerBit?.bus,
    arbitrationId: markerBit?.arbitrationId,
    bit: markerBit?.bit,
    signal: markerBit?.signal,
    startSeconds: window.startSeconds,
    endSeconds: window.isPartial ? undefined : window.stopSeconds,
    isOpenAtStart: false,
    isOpenAtEnd: window.isPartial,
  }));
}

function compareRuns(a: BitRun, b: BitRun): number {
  return (
    measureRun(b) - measureRun(a) ||
    compareAddresses(a, b) ||
    (a.bit ?? -1) - (b.bit ?? -1) ||
    (a.bus ?? -1) - (b.bus ?? -1) ||
    a.startSeconds - b.startSeconds
  );
}

function measureRun({ startSeconds, endSeconds = startSeconds }: BitRun): number {
  return endSeconds - startSeconds;
}
