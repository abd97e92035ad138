import { CtsError } from '#protocol';
import { FrameCsvReader } from '../../core/can/csv/frame-csv.ts';
import type { TimeSpan } from '../../core/can/message-rows.ts';
import { FrameSegmenter, keepBuses, type SegmentedFrames } from '../../core/can/csv/segmented-frames.ts';
import type { InputAccess, LogAccess, TextAccess } from '../input-access.ts';
import { selectBuses, type BitwatchParameters } from './bitwatch-parameters.ts';
import { checkWindowInLog, labelMarkerWindows } from './log-window.ts';

/** Which part of the run's progress is reading. */
const READING = { from: 0, to: 0.7 };

/** Frames of an input and their segments; times are seconds after the log's first `can` event, or those of the CSV. */
export interface LabelledFrames extends SegmentedFrames {
  readonly source: 'log' | 'csv';
  /** False for a CSV without a column of payloads. */
  readonly hasPayloads: boolean;
}

/**
 * Reads the frames of a run and their segments.
 *
 * @throws {CtsError} CSV_UNREADABLE with line and cell; INVALID_PARAMETER for a window that is not in the log, and for
 * parameters that the kind of input has no use for.
 */
export async function readLabelledFrames(
  input: InputAccess,
  parameters: BitwatchParameters,
): Promise<LabelledFrames> {
  const frames = input.kind === 'log' ? await readLog(input, parameters) : await readCsv(input, parameters);
  const buses = selectBuses(parameters);
  if (buses === undefined) return frames;
  const kept = keepBuses(frames, buses);
  if (kept.table.length === 0 && frames.table.length > 0) throw createEmpty(input.name, frames);
  return { ...frames, ...kept };
}

function createEmpty(name: string, { table }: LabelledFrames): CtsError {
  const present = [...new Set(table.bus.subarray(0, table.length))].sort((a, b) => a - b).join(', ');
  const message = `Parameter 'buses': ${name} holds no frame of these buses; its buses are ${present}`;
  return new CtsError('INVALID_PARAMETER', message, {
    details: { parameter: 'buses' },
    actions: ['Choose among these buses, or leave buses out.'],
  });
}

async function readCsv(text: TextAccess, parameters: BitwatchParameters): Promise<LabelledFrames> {
  refuseLogParameters(text.name, parameters);
  const reader = new FrameCsvReader(text.name);
  for await (const chunk of text.chunks({ progress: READING })) reader.append(chunk);
  reader.finish();
  const { table, segments, hasPayloads } = reader;
  return { table, segments: segments.segments, source: 'csv', hasPayloads };
}

function refuseLogParameters(name: string, { window_dur, marker }: BitwatchParameters): void {
  if (window_dur === undefined && marker === 'none') return;
  const parameter = window_dur === undefined ? 'marker' : 'window_dur';
  const message = `Parameter '${parameter}' is for logs: the rows of ${name} say themselves what is window`;
  throw new CtsError('INVALID_PARAMETER', message, {
    details: { parameter },
    actions: [`Leave ${parameter} out, or give the log instead of the CSV.`],
  });
}

async function readLog(log: LogAccess, parameters: BitwatchParameters): Promise<LabelledFrames> {
  const reader = new FrameSegmenter(findWindow(parameters));
  const batches = log.canFrames({ service: 'can', progress: READING });
  for await (const frames of batches) reader.append(frames, batches.firstMonoTime ?? 0n);
  const { table, segments } = reader;
  checkWindowInLog(log.name, table, parameters);
  if (parameters.marker === 'blinkers') await labelMarkerWindows(log.name, { table, segments }, parameters);
  return { table, segments, source: 'log', hasPayloads: true };
}

/** A window without a start begins with the log, one without an end reaches to its end. */
function findWindow({ window_start, window_dur, window_end }: BitwatchParameters): TimeSpan | undefined {
  if (window_start === undefined && window_end === undefined) return undefined;
  const from = window_start ?? -Infinity;
  return { from, to: window_dur === undefined ? (window_end ?? Infinity) : from + window_dur };
}
