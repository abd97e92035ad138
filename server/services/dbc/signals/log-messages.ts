import type { LogMessage, LogMessages } from '#protocol';
import { findProtection } from '../../../core/dbc/checksums/protection.ts';
import { type DatabaseMessage, findMessage } from '../../../core/dbc/model/database.ts';
import { MessageTally } from '../../../core/dbc/signals/message-tally.ts';
import type { BusDatabases } from '../bus-databases.ts';
import { readFrameWindows } from './frame-windows.ts';
import type { LogWithDatabases } from './log-databases.ts';
import { MessageTable } from './message-table.ts';

/** Walks a log once and tells which messages it has, what they are called, and how well they came through. */
export async function listLogMessages(log: LogWithDatabases): Promise<LogMessages> {
  const pass = log.beginPass();
  const known = new MessageTable((bus, arbitrationId) => nameMessage(log.databases, bus, arbitrationId));
  for await (const { table, messages } of readFrameWindows(pass, { clock: log.clock }))
    for (const { bus, arbitrationId, rows } of messages)
      known.find(bus, arbitrationId)?.tally.add(table, rows);
  return {
    startMonoTime: log.startMonoTime,
    buses: log.databases.buses,
    messages: known.list().map(describeMessage),
    report: pass.report,
  };
}

/** A message of the log, and what its database makes of it. */
interface NamedMessage {
  readonly bus: number;
  readonly arbitrationId: number;
  readonly message: DatabaseMessage | undefined;
  readonly tally: MessageTally;
}

function nameMessage(databases: BusDatabases, bus: number, arbitrationId: number): NamedMessage {
  const opened = databases.of(bus)?.opened;
  const message = opened && findMessage(opened.database, arbitrationId);
  const protection = opened && message && findProtection(message, opened.name);
  return { bus, arbitrationId, message, tally: new MessageTally(protection) };
}

function describeMessage({ bus, arbitrationId, message, tally }: NamedMessage): LogMessage {
  return {
    bus,
    arbitrationId,
    name: message?.name ?? null,
    transmitters: message?.transmitters ?? [],
    comment: message?.comment ?? null,
    frames: tally.frames,
    rateHz: tally.rateHz ?? null,
    cycleTimeMs: message?.cycleTimeMs ?? null,
    sizes: tally.sizes,
    sizeBytes: message?.size ?? null,
    signals: message?.signals.length ?? 0,
    checksums: tally.checksums ?? null,
    counters: tally.counters ?? null,
  };
}
