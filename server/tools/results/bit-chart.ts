import type { ChartLane, TimeChart } from '#protocol';
import { formatAddress } from '../../core/can/address-text.ts';
import { describeBit } from '../../core/can/bits/bit-position.ts';
import { readBit } from '../../core/can/frame-payload.ts';
import type { FrameTable } from '../../core/can/frame-table.ts';
import type { TimeSpan } from '../../core/can/message-rows.ts';
import { listSpans } from '../../core/series/chart-spans.ts';
import type { MessageBit } from './bit-columns.ts';

/** A bit, and the frames of its message in the order of time. */
export interface ChartedBit extends MessageBit {
  readonly rows: Uint32Array;
}

/** Stretches of time that the chart shows above the bits. */
export interface ChartedRanges {
  readonly label: string;
  readonly ranges: readonly TimeSpan[];
  readonly tone: ChartLane['tone'];
}

/** Draws when bits were set, a lane each, over all the time of the table. */
export function chartBits(
  table: FrameTable,
  bits: readonly ChartedBit[],
  ranges: readonly ChartedRanges[],
): TimeChart {
  const times = table.seconds.subarray(0, table.length);
  const from = times.reduce((least, time) => Math.min(least, time), Infinity);
  const to = times.reduce((most, time) => Math.max(most, time), -Infinity);
  const lanes = [
    ...ranges.filter((each) => each.ranges.length > 0).map((each) => drawRanges(each, { from, to })),
    ...bits.map((bit) => drawBit(table, bit, { from, to })),
  ];
  return { title: 'When the bits were set', from, to, panels: [], lanes };
}

function drawRanges({ label, ranges, tone }: ChartedRanges, { from, to }: TimeSpan): ChartLane {
  const spans = ranges.map((range) => ({ from: Math.max(from, range.from), to: Math.min(to, range.to) }));
  return { label, tone, spans };
}

function drawBit(table: FrameTable, bit: ChartedBit, { from, to }: TimeSpan): ChartLane {
  // As can-bitwatch reads it, and the other numbering behind it.
  const watch = `${String(bit.bus)}:${formatAddress(bit.arbitrationId)}:${String(bit.bit)}`;
  const label = `${watch} ${describeBit(bit.bit).msbLabel}`;
  return { label, tone: 'series1', spans: listSpans({ ...readColumns(table, bit), from, to }) };
}

/** Times and values of a bit, of the frames that are long enough to have it. */
function readColumns(
  table: FrameTable,
  { bit, rows }: ChartedBit,
): { seconds: Float64Array; values: Uint8Array } {
  const having = rows.filter((row) => 8 * (table.dataLength[row] ?? 0) > bit);
  const values = Uint8Array.from(having, (row) => readBit(table, row, bit));
  const times = Float64Array.from(having, (row) => table.seconds[row] ?? NaN);
  return { seconds: times, values };
}
