import { CtsError, type DecodeLogParams, type DecodeLogResult } from '#protocol';
import { CanFrameReader } from '../../../core/can/can-frames.ts';
import { CanFrameColumns } from '../../../core/can/frame-columns.ts';
import { FrameTable } from '../../../core/can/frame-table.ts';
import { FrameLines } from '../../../core/dbc/lines/frame-lines.ts';
import { SERVICE_TAGS } from '../../../core/rlog/service-tags.ts';
import type { LogPass } from '../../logs/log-pass.ts';
import type { LogWithDatabases } from '../signals/log-databases.ts';
import { chooseForm, readWanted } from './decode-wishes.ts';
import { LineDelivery, type TakeLines } from './line-delivery.ts';
import { WorkTurns } from './work-turns.ts';

/**
 * Walks a log and delivers its frames as lines, in the order of the log. Memory is that of one window.
 *
 * @throws {CtsError} INVALID_PARAMETER for a name that no database has, and a range of time that ends before it begins.
 */
export async function decodeLog(
  log: LogWithDatabases,
  params: DecodeLogParams,
  take: TakeLines,
): Promise<DecodeLogResult> {
  checkRange(params);
  const lines = createLines(log, params);
  const delivery = new LineDelivery(params.limit ?? Infinity, take);
  const turns = new WorkTurns(log.signal);
  const { fromSeconds: from = -Infinity, toSeconds: to = Infinity } = params;
  const pass = log.beginPassBetween({ from, to });
  for await (const table of readTables(log, pass, params.toSeconds)) {
    await deliver(lines, table, { delivery, turns });
    if (delivery.isFull) break;
  }
  await delivery.flush();
  return { delivered: delivery.delivered, buses: [...log.databases.buses], report: pass.report };
}

function createLines({ databases }: LogWithDatabases, params: DecodeLogParams): FrameLines {
  const { changesOnly, fromSeconds, toSeconds } = params;
  return new FrameLines({
    databaseOf: (bus) => databases.of(bus)?.opened,
    wanted: readWanted(params, databases),
    form: chooseForm(params),
    ...(changesOnly !== undefined && { changesOnly }),
    ...(fromSeconds !== undefined && { fromSeconds }),
    ...(toSeconds !== undefined && { toSeconds }),
  });
}

interface DeliveryWork {
  readonly delivery: LineDelivery;
  readonly turns: WorkTurns;
}

async function deliver(
  lines: FrameLines,
  table: FrameTable,
  { delivery, turns }: DeliveryWork,
): Promise<void> {
  for (const texts of lines.read(table)) {
    await delivery.add(texts);
    await turns.give();
    if (delivery.isFull) return;
  }
}

/**
 * Reads the CAN frames of a log, up to where none can come any more that belongs to the range.
 *
 * @yields Frames of a stretch of the log: borrowed, overwritten when the next are asked for.
 */
async function* readTables(
  log: LogWithDatabases,
  pass: LogPass,
  toSeconds: number | undefined,
): AsyncGenerator<FrameTable, void, undefined> {
  const reader = new CanFrameReader(SERVICE_TAGS.can);
  const frames = new CanFrameColumns();
  const table = new FrameTable(0);
  const end = toSeconds === undefined ? Infinity : log.findReadingEnd(toSeconds);
  pass.includeFindings(() => reader.takeProblems());
  for await (const batch of pass) {
    frames.clear();
    reader.append(batch, frames);
    table.clear();
    table.append(frames, log.clock);
    yield table;
    if (end < Infinity && findLatest(table) > end) return;
  }
}

function findLatest({ seconds, length }: FrameTable): number {
  let latest = -Infinity;
  for (let row = 0; row < length; row++) latest = Math.max(latest, seconds[row] ?? latest);
  return latest;
}

function checkRange({ fromSeconds = -Infinity, toSeconds = Infinity }: DecodeLogParams): void {
  if (fromSeconds <= toSeconds) return;
  throw new CtsError(
    'INVALID_PARAMETER',
    `The range of time ends at ${String(toSeconds)} s, before it begins at ${String(fromSeconds)} s`,
    { details: { parameter: 'toSeconds', fromSeconds, toSeconds } },
  );
}
