import type { SignalValues, SignalValuesParams } from '#protocol';
import { MessageSelection } from '../../../core/can/message-selection.ts';
import { findMessage } from '../../../core/dbc/model/database.ts';
import { isChecksumRight, readFrameValues } from '../../../core/dbc/signals/frame-values.ts';
import { LastFrame } from '../../../core/dbc/signals/last-frame.ts';
import type { OpenedDatabase } from '../bus-databases.ts';
import { readFrameWindows } from './frame-windows.ts';
import type { LogWithDatabases } from './log-databases.ts';
import { MessageTable } from './message-table.ts';

type MessageValues = SignalValues['messages'][number];

/** Walks a log up to a time and decodes the last frame of each message that came until then. */
export async function readSignalValues(
  log: LogWithDatabases,
  params: SignalValuesParams,
): Promise<SignalValues> {
  const pass = log.beginPass();
  const frames = new MessageTable((bus, arbitrationId) => new LastFrame(bus, arbitrationId));
  const selection = params.messages && new MessageSelection(params.messages);
  const readingEnd = log.findReadingEnd(params.atSeconds);
  for await (const { table, messages, latestSeconds } of readFrameWindows(pass, {
    clock: log.clock,
    selection,
  })) {
    for (const { bus, arbitrationId, rows } of messages)
      frames.find(bus, arbitrationId)?.add(table, rows, params.atSeconds);
    if (latestSeconds > readingEnd) break;
  }
  const found = frames.list().filter(({ seconds }) => seconds > -Infinity);
  return {
    startMonoTime: log.startMonoTime,
    messages: found.map((frame) => {
      log.signal.throwIfAborted();
      return describeFrame(frame, log.databases.of(frame.bus)?.opened);
    }),
    report: pass.report,
  };
}

function describeFrame(frame: LastFrame, opened: OpenedDatabase | undefined): MessageValues {
  const { bus, arbitrationId, seconds, payload } = frame;
  const place = { bus, arbitrationId, seconds, dataHex: toHex(payload) };
  const message = opened && findMessage(opened.database, arbitrationId);
  if (opened === undefined || message === undefined)
    return { ...place, name: null, isChecksumRight: null, signals: [] };
  const table = frame.toTable();
  return {
    ...place,
    name: message.name,
    isChecksumRight: isChecksumRight(message, table, opened.name) ?? null,
    signals: readFrameValues(message, table),
  };
}

function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
