import { CtsError } from '#protocol';
import { createMicrosecondClock, FrameTable, type FrameClock } from '../../core/can/frame-table.ts';
import { groupInSteps, type MessageGroups } from '../../core/can/message-groups.ts';
import { borrowMessageRows } from '../../core/can/message-rows.ts';
import { PandaCsvReader } from '../../core/can/csv/panda-csv.ts';
import type { InputAccess, LogAccess, ReadOptions, TextAccess } from '../input-access.ts';
import { takeSteps, WorkPauses } from './work-pauses.ts';

/** The frames of a recording, be it a log or a CSV file. */
export interface InputFrames {
  /** What the recording is called. */
  readonly name: string;
  /** Seconds after the log's first `can` event, on whole microseconds, or as the CSV has them. */
  readonly table: FrameTable;
  readonly groups: MessageGroups;
  /** Whether `table.seconds` means anything: an old CSV has no times. */
  readonly hasTimes: boolean;
}

type Progress = Pick<ReadOptions, 'progress'>;

/** How a recording is read. */
export interface InputFramesOptions extends Progress {
  /** The parameter that names the recording, for failures. */
  readonly parameter: string;
}

/**
 * Reads all frames of a recording: `can` events of a log, or CSV in one of the forms of `PandaCsvReader`.
 *
 * @throws {CtsError} CSV_UNREADABLE with the line; INVALID_PARAMETER where there is no frame.
 */
export async function readInputFrames(
  input: InputAccess,
  { parameter, ...progress }: InputFramesOptions,
): Promise<InputFrames> {
  const { name } = input;
  const frames = input.kind === 'log' ? await readLog(input, progress) : await readCsv(input, progress);
  if (frames.table.length === 0)
    throw new CtsError('INVALID_PARAMETER', `Parameter '${parameter}': "${name}" holds no CAN frames`, {
      details: { parameter },
      actions: ['Give a recording with frames: a log with can events, or a CSV with rows below its header.'],
    });
  const pauses = new WorkPauses();
  const groups = await takeSteps(groupInSteps(frames.table), () => pauses.pauseWhenDue());
  return { name, ...frames, groups };
}

type Frames = Pick<InputFrames, 'table' | 'hasTimes'>;

async function readLog(log: LogAccess, options: Progress): Promise<Frames> {
  const table = new FrameTable();
  const batches = log.canFrames({ service: 'can', ...options });
  let clock: FrameClock | undefined;
  for await (const frames of batches) {
    clock ??= createMicrosecondClock(batches.firstMonoTime ?? 0n);
    table.append(frames, clock);
  }
  return { table, hasTimes: true };
}

async function readCsv(text: TextAccess, options: Progress): Promise<Frames> {
  const reader = new PandaCsvReader(text.name);
  for await (const chunk of text.chunks(options)) reader.append(chunk);
  reader.finish();
  return { table: reader.table, hasTimes: reader.hasTimes };
}

/** The frames of one message, that is of one bus and arbitration id. */
export interface RecordedMessage {
  /** Panda bus number as logged. */
  readonly bus: number;
  readonly arbitrationId: number;
  /** Rows of the table in the order of time. */
  readonly rows: Uint32Array;
}

/** Lists the messages of a recording, by bus and arbitration id. */
export function listMessages({ groups }: InputFrames): readonly RecordedMessage[] {
  const { count, bus, arbitrationId } = groups;
  return Array.from({ length: count }, (_, message) => ({
    bus: bus[message] ?? 0,
    arbitrationId: arbitrationId[message] ?? 0,
    rows: borrowMessageRows(groups, message),
  })).toSorted((a, b) => a.bus - b.bus || a.arbitrationId - b.arbitrationId);
}
