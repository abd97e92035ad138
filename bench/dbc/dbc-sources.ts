import { readFileSync } from 'node:fs';
import { openLogFile } from '../../server/adapters/files/log-file.ts';
import { CanFrameReader } from '../../server/core/can/can-frames.ts';
import { CanFrameColumns } from '../../server/core/can/frame-columns.ts';
import { FrameTable, UPTIME_CLOCK } from '../../server/core/can/frame-table.ts';
import { buildDatabase } from '../../server/core/dbc/model/build-database.ts';
import type { Database } from '../../server/core/dbc/model/database.ts';
import { parseDbc } from '../../server/core/dbc/syntax/parse-dbc.ts';
import { decodeDbcText } from '../../server/core/dbc/syntax/source-text.ts';
import { streamEventBatches } from '../../server/core/rlog/event-batches.ts';
import { SERVICE_TAGS } from '../../server/core/rlog/service-tags.ts';
import { generateDatabaseText } from './generated-database.ts';
import { generateFrames } from './generated-frames.ts';

/** Frames, and the database that they are decoded with. */
export interface DbcSource {
  readonly table: FrameTable;
  readonly database: Database;
}

/** Reads a log and a database, or makes both up where there are no paths. */
export async function openSource([log, file]: readonly string[]): Promise<DbcSource> {
  const database = openDatabase(file);
  if (log === undefined) return { table: generateFrames(database), database };
  const table = new FrameTable();
  await walkFrames(log, (frames) => table.append(frames, UPTIME_CLOCK));
  return { table, database };
}

/** Reads a database, or makes one up. */
export function openDatabase(file: string | undefined): Database {
  const text = file === undefined ? generateDatabaseText() : decodeDbcText(readFileSync(file)).text;
  return buildDatabase(parseDbc(text));
}

/** Hands all frames of a log to a reader, some hundreds at a time. */
export async function walkFrames(log: string, read: (frames: CanFrameColumns) => void): Promise<void> {
  const stream = await openLogFile(log);
  const reader = new CanFrameReader(SERVICE_TAGS.can);
  const frames = new CanFrameColumns();
  for await (const batch of streamEventBatches(stream)) {
    frames.clear();
    reader.append(batch, frames);
    read(frames);
  }
  await stream.close();
}
