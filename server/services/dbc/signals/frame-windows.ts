import { CanFrameReader } from '../../../core/can/can-frames.ts';
import { CanFrameColumns } from '../../../core/can/frame-columns.ts';
import { type FrameClock, FrameTable } from '../../../core/can/frame-table.ts';
import { findFrameTimes } from '../../../core/can/frame-times.ts';
import { groupMessages } from '../../../core/can/message-groups.ts';
import { listMessageRows, type MessageRows } from '../../../core/can/message-rows.ts';
import type { MessageSelection } from '../../../core/can/message-selection.ts';
import { SERVICE_TAGS } from '../../../core/rlog/service-tags.ts';
import type { LogPass } from '../../logs/log-pass.ts';

/** Frames of a stretch of a log. Borrowed: overwritten when the next window is asked for. */
export interface FrameWindow {
  readonly table: FrameTable;
  readonly messages: readonly MessageRows[];
  /** Time of the latest frame up to here, of any message; -Infinity before the first. */
  readonly latestSeconds: number;
}

/** Which frames are read. */
export interface WindowOptions {
  readonly clock: FrameClock;
  /** Default: all. */
  readonly selection?: MessageSelection | undefined;
}

/** Reads the CAN frames of a log, window by window; memory is that of one window. */
export async function* readFrameWindows(
  pass: LogPass,
  { clock, selection }: WindowOptions,
): AsyncGenerator<FrameWindow, void, undefined> {
  const reader = new CanFrameReader(SERVICE_TAGS.can);
  const frames = new CanFrameColumns();
  const table = new FrameTable(0);
  let latestSeconds = -Infinity;
  pass.includeFindings(() => reader.takeProblems());
  for await (const batch of pass) {
    frames.clear();
    reader.append(batch, frames);
    const latest = findFrameTimes(frames)?.latest;
    if (latest !== undefined) latestSeconds = Math.max(latestSeconds, readClock(clock, latest));
    selection?.keepSelected(frames);
    table.clear();
    table.append(frames, clock);
    yield { table, messages: listMessageRows(groupMessages(table)), latestSeconds };
  }
}

function readClock(clock: FrameClock, monoTime: bigint): number {
  return clock.toSeconds(Number(monoTime & 0xffff_ffffn), Number(monoTime >> 32n));
}
