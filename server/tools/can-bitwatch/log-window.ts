import { CtsError } from '#protocol';
import { POST, PRE, WINDOW } from '../../core/can/csv/frame-segments.ts';
import type { FrameTable } from '../../core/can/frame-table.ts';
import { chooseBus, findOnBuses } from '../../core/can/message-buses.ts';
import { groupInSteps } from '../../core/can/message-groups.ts';
import type { TimeSpan } from '../../core/can/message-rows.ts';
import { findTimeSpan } from '../../core/can/time-order.ts';
import { formatMinutes } from '../../core/text/minutes-text.ts';
import { findMarkerWindows, listBlinkerEvents } from '../subaru/marker-windows.ts';
import { traceMessage } from '../subaru/message-trace.ts';
import { CRUISE_MESSAGES } from '../subaru/subaru-signals.ts';
import { takeSteps, WorkPauses } from '../reading/work-pauses.ts';
import type { BitwatchParameters } from './bitwatch-parameters.ts';

/** How much before and after a marker belongs to its window, in seconds. */
export type MarkerMargins = Pick<BitwatchParameters, 'marker_pre' | 'marker_post'>;

/** A left blinker without a right one is forgotten after so long; that of comma-tools. */
const MARKER_TIMEOUT_SECONDS = 15;

/**
 * Makes sure that a window by times has to do with the log.
 *
 * @throws {CtsError} INVALID_PARAMETER, with the times that the log has.
 */
export function checkWindowInLog(name: string, table: FrameTable, parameters: BitwatchParameters): void {
  const { window_start, window_end } = parameters;
  const span = findTimeSpan(table);
  if (window_start !== undefined && window_start < 0)
    throw refuse('window_start', `is ${String(window_start)} s, before the start of ${name}`, span);
  if (span === undefined) return;
  if (window_start !== undefined && window_start > span.to)
    throw refuse('window_start', `is ${formatMinutes(window_start)}, after the end of ${name}`, span);
  if (window_end !== undefined && window_end < span.from)
    throw refuse('window_end', `is ${formatMinutes(window_end)}, before the first frame of ${name}`, span);
}

function refuse(parameter: string, fault: string, span: TimeSpan | undefined): CtsError {
  const range =
    span === undefined
      ? 'it holds no frame'
      : `its frames go from ${formatMinutes(span.from)} to ${formatMinutes(span.to)}`;
  return new CtsError('INVALID_PARAMETER', `Parameter '${parameter}' ${fault}; ${range}`, {
    details: { parameter },
    actions: ['Choose a window within these times, in seconds after the first can event.'],
  });
}

/**
 * Labels frames by the windows that the driver marked: from left blinker on to right blinker on, with margins, as a
 * Subaru Global reports them in 0x390. Frames between two windows lie behind the first.
 *
 * @throws {CtsError} INVALID_PARAMETER where there is no such window.
 */
export async function labelMarkerWindows(
  name: string,
  { table, segments }: { readonly table: FrameTable; readonly segments: Uint8Array },
  margins: MarkerMargins,
): Promise<void> {
  const windows = await findBlinkerWindows(name, table, margins);
  table.seconds.subarray(0, table.length).forEach((seconds, row) => {
    segments[row] = findSegment(windows, seconds);
  });
}

async function findBlinkerWindows(
  name: string,
  table: FrameTable,
  { marker_pre, marker_post }: MarkerMargins,
): Promise<readonly TimeSpan[]> {
  const { Dashlights } = CRUISE_MESSAGES;
  const pauses = new WorkPauses();
  const groups = await takeSteps(groupInSteps(table), () => pauses.pauseWhenDue());
  const source = chooseBus(findOnBuses(groups, Dashlights.arbitrationId));
  if (source === undefined)
    throw refuseMarker(`${name} has no message 0x390, in which a Subaru reports its blinkers`);
  const blinkers = listBlinkerEvents(traceMessage(table, source, Dashlights));
  const windows = findMarkerWindows(
    { buttons: undefined, blinkers, zeroSeconds: 0 },
    {
      type: 'blinkers',
      preSeconds: marker_pre,
      postSeconds: marker_post,
      timeoutSeconds: MARKER_TIMEOUT_SECONDS,
      manual: [],
    },
  ).filter(({ isPartial }) => !isPartial);
  if (windows.length > 0)
    return windows.map(({ windowStart, windowEnd }) => ({ from: windowStart, to: windowEnd }));
  const count = `${String(blinkers.length)} changes of the blinkers on bus ${String(source.bus)}`;
  throw refuseMarker(
    `in ${name}, no left blinker is followed by a right one within ${String(MARKER_TIMEOUT_SECONDS)} s, among ${count}`,
  );
}

function refuseMarker(reason: string): CtsError {
  return new CtsError('INVALID_PARAMETER', `Parameter 'marker' finds no window: ${reason}`, {
    details: { parameter: 'marker' },
    actions: ['Give the window by times: window_start and window_dur.'],
  });
}

function findSegment(windows: readonly TimeSpan[], seconds: number): number {
  let segment = PRE;
  for (const { from, to } of windows) {
    if (seconds < from) return segment;
    if (seconds <= to) return WINDOW;
    segment = POST;
  }
  return segment;
}
