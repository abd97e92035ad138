import type { EventBatch } from '../rlog/event-batch.ts';
import { MessageView } from '../rlog/message-view.ts';
import { SERVICE_TAGS } from '../rlog/service-tags.ts';
import { parseProcessLog, parseSystemLog, type ParsedText, type TextLevel } from './log-text.ts';
import type { LogSchema } from './log-schema.ts';
import { readContentText, StructReader } from './struct-reader.ts';

const { logMessage, operatingSystemLog, errorLogMessage } = SERVICE_TAGS;

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
    if (tag !== logMessage && tag !== operatingSystemLog && tag !== errorLogMessage) continue;
    if (!view.open(batch.window, batch.start[row]!)) continue;
    const parsed = tag === operatingSystemLog ? readSystemLog(view, reader) : readProcessLog(view, tag);
    if (parsed !== undefined) entries.push({ monoTime: batch.monoTime[row]!, tag, ...parsed });
  }
  return entries;
}

function readProcessLog(view: MessageView, tag: number): ParsedText | undefined {
  const text = readContentText(view);
  return text === undefined ? undefined : parseProcessLog(text, tag === errorLogMessage ? 'error' : 'info');
}

function readSystemLog(view: MessageView, reader: StructReader): ParsedText | undefined {
  if (!reader.openContent(view)) return undefined;
  const source = reader.text('tag');
  return parseSystemLog({ source, priority: reader.number('priority'), message: reader.text('message') });
}
