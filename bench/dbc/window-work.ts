import { FrameTable, UPTIME_CLOCK } from '../../server/core/can/frame-table.ts';
import { decodeMessage } from '../../server/core/dbc/codec/signal-columns.ts';
import { openDatabase, walkFrames } from './dbc-sources.ts';
import { countValues, KnownMessages } from './known-messages.ts';

/** Frames that are kept at a time. */
const WINDOW_FRAMES = 16_384;

/** Decodes a log while it is read, with a window that moves over it; returns how many values there were. */
export async function decodeInWindow([log = '', file]: readonly string[]): Promise<number> {
  const known = new KnownMessages(openDatabase(file));
  const window = new FrameTable(WINDOW_FRAMES);
  const columns: Float64Array[] = [];
  let values = 0;
  const decode = (): void => {
    const messages = known.list(window);
    for (const { plan, rows } of messages) {
      while (columns.length < plan.signals.length) columns.push(new Float64Array(2 * WINDOW_FRAMES));
      decodeMessage(plan, window, rows, columns);
    }
    values += countValues(messages);
    window.clear();
  };
  await walkFrames(log, (frames) => {
    window.append(frames, UPTIME_CLOCK);
    if (window.length >= WINDOW_FRAMES) decode();
  });
  decode();
  return values;
}

/** Decodes a log when all of it has been read, and keeps all columns until the end. */
export async function decodeAtOnce([log = '', file]: readonly string[]): Promise<number> {
  const table = new FrameTable();
  await walkFrames(log, (frames) => table.append(frames, UPTIME_CLOCK));
  const known = new KnownMessages(openDatabase(file)).list(table);
  const kept = known.map(({ plan, rows }) => decodeMessage(plan, table, rows));
  return kept.flat().reduce((sum, { length }) => sum + length, 0);
}
