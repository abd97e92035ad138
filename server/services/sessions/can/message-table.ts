import type { MessageRow, MessageTable } from '#protocol';
import { findCarBus, findOrigin } from '../../../core/can/bus-origin.ts';
import type { CanLog, FrameService } from './can-logs.ts';
import type { ChosenDatabases } from './log-databases.ts';
import type { LogMessages } from './log-messages.ts';

/** Describes all messages of a log, by bus and id. */
export async function describeMessages(can: CanLog, service?: FrameService): Promise<MessageTable> {
  const databases = await can.databases.chooseIfPossible();
  const messages = can.messagesOf(service);
  const rows = messages.listByBus().map((message) => describeMessageRow(messages, message, databases));
  const decoded = rows.filter(({ name }) => name !== null);
  return {
    revision: can.log.revision,
    frames: messages.table.length,
    decodedFrames: decoded.reduce((sum, { frames }) => sum + frames, 0),
    messages: rows,
    buses: [...databases.buses],
  };
}

/** Describes one message by its number in the index. */
export function describeMessageRow(
  messages: LogMessages,
  message: number,
  databases: ChosenDatabases,
): MessageRow {
  const { index } = messages;
  const [bus, arbitrationId] = [index.busOf(message), index.arbitrationIdOf(message)];
  const { frames, changedFrames, maxBytes } = messages.countChanges(message);
  const found = databases.findMessage(bus, arbitrationId)?.message;
  return {
    bus,
    origin: findOrigin(bus),
    carBus: findCarBus(bus),
    arbitrationId,
    name: found?.name ?? null,
    node: found?.transmitters[0] ?? null,
    frames,
    rateHz: messages.rateOf(message),
    maxBytes,
    changedShare: frames > 1 ? changedFrames / (frames - 1) : 0,
    signals: found?.signals.length ?? 0,
  };
}
