import { formatAddress } from '../../../core/can/address-text.ts';
import type { Row, TableSchema } from '../../../core/table/table-schema.ts';
import { ADDRESS_COLUMN, BUS_COLUMN } from './bit-columns.ts';
import type { MarkerAnalysis, MessageActivity } from '../analysis/cruise-findings.ts';

export const COUNTS_TABLE: TableSchema = {
  name: 'counts_by_segment',
  version: 'counts_by_segment.v2',
  description:
    'Frames and payloads before, in and after each marker window, for every message that changed in it; most frames ' +
    'more than around it first',
  columns: [
    ADDRESS_COLUMN,
    BUS_COLUMN,
    { name: 'pre_count', type: 'integer', description: 'Frames before the window' },
    { name: 'window_count', type: 'integer', description: 'Frames in the window, both ends included' },
    { name: 'post_count', type: 'integer', description: 'Frames after the window' },
    {
      name: 'delta',
      type: 'integer',
      description: 'window_count less the larger of pre_count and post_count',
    },
    { name: 'uniq_pre', type: 'integer', description: 'Different payloads before the window' },
    { name: 'uniq_window', type: 'integer', description: 'Different payloads in the window' },
    { name: 'uniq_post', type: 'integer', description: 'Different payloads after the window' },
    { name: 'marker', type: 'integer', description: 'Number of the marker window, from 1, by time' },
  ],
};

export function listCounts(markers: readonly MarkerAnalysis[]): readonly Row[] {
  const counts = markers.flatMap(({ messages }, index) =>
    messages.map((message) => ({ message, marker: index + 1, delta: countDelta(message) })),
  );
  counts.sort(
    (a, b) =>
      b.delta - a.delta ||
      b.message.frames.within - a.message.frames.within ||
      compareTexts(formatAddress(a.message.arbitrationId), formatAddress(b.message.arbitrationId)) ||
      a.message.bus - b.message.bus ||
      a.marker - b.marker,
  );
  return counts.map(({ message: { arbitrationId, bus, frames, uniquePayloads }, marker, delta }) => [
    formatAddress(arbitrationId),
    bus,
    frames.before,
    frames.within,
    frames.after,
    delta,
    uniquePayloads.before,
    uniquePayloads.within,
    uniquePayloads.after,
    marker,
  ]);
}

function countDelta({ frames: { before, within, after } }: MessageActivity): number {
  return within - Math.max(before, after);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
