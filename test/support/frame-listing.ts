import { CanFrameReader } from '../../server/core/can/can-frames.ts';
import { CanFrameColumns } from '../../server/core/can/frame-columns.ts';
import { scanEventBatches } from '../../server/core/rlog/event-batches.ts';
import { CAN_TAG } from './message-builder.ts';

/** One row of the columns. */
export interface ListedFrame {
  readonly monoTime: bigint;
  readonly bus: number;
  readonly address: number;
  readonly data: readonly number[];
}

/** Reads the frames of a log in memory, those of `can` unless told otherwise. */
export function readFrames(
  log: Uint8Array,
  tag = CAN_TAG,
): { readonly frames: readonly ListedFrame[]; readonly reader: CanFrameReader } {
  const columns = new CanFrameColumns(1);
  const reader = new CanFrameReader(tag);
  for (const batch of scanEventBatches(log)) reader.append(batch, columns);
  return { frames: listFrames(columns), reader };
}

function listFrames({
  length,
  monoTime,
  bus,
  arbitrationId,
  data,
  dataStart,
}: CanFrameColumns): ListedFrame[] {
  return Array.from({ length }, (_, row) => ({
    monoTime: monoTime[row]!,
    bus: bus[row]!,
    address: arbitrationId[row]!,
    data: [...data.subarray(dataStart[row], dataStart[row + 1])],
  }));
}
