import type { EventBatch } from '../rlog/event-batch.ts';
import { MessageView } from '../rlog/message-view.ts';
import { parseProcessLog, parseSystemLog, type ParsedText, type TextLevel } from './log-text.ts';
import type { LogSchema } from './log-schema.ts';
import { readContentText, StructReader } from './struct-reader.ts';

// Union tags: the same in every release and fork.
const LOG_MESSAGE = 17;
const OPERATING_SYSTEM_LOG = 19;
const ERROR_LOG_MESSAGE = 83;

/** One line of what the device's programs wrote down. */
export interface TextLogEntry {
  /** Nanoseconds since boot. */
  readonly monoTime: bigint;
  /** Union tag of the event. */
  readonly tag: number;
  readonly level: TextLevel;
  /** Program that wrote it; empty where it does not say. */
  readonly source: string;
  readonly text: string;
}

/** Lists the text log entries of a batch, in file order. */
export function listTextLog(batch: EventBatch, schema: LogSchema): readonly TextLogEntry[] {
  const reader = new StructReader(schema, 'OperatingSystemLogEntry');
  const view = new MessageView(batch.window);
  const entries: TextLogEntry[] = [];
  for (let row = 0; row < batch.length; row++) {
    const tag = batch.tag[row]!;
    if (tag !== LOG_MESSAGE && tag !== OPERATING_SYSTEM_LOG && tag !== ERROR_LOG_MESSAGE) continue;
    if (!view.open(batch.window, batch.start[row]!)) continue;
    const parsed = tag === OPERATING_SYSTEM_LOG ? readSystemLog(view, reader) : readProcessLog(view, tag);
    if (parsed !== undefined) entries.push({ monoTime: batch.monoTime[row]!, tag, ...parsed });
  }
  return entries;
}

function readProcessLog(view: MessageView, tag: number): ParsedText | undefined {
  const text = readContentText(view);
  return text === undefined ? undefined : parseProcessLog(text, tag === ERROR_LOG_MESSAGE ? 'error' : 'info');
}

function readSystemLog(view: MessageView, reader: StructReader): ParsedText | undefined {
  if (!reader.openContent(view)) return undefined;
  const source = reader.text('tag');
  return parseSystemLog({ source, priority: reader.number('priority'), message: reader.text('message') });
}
