import type { ListSignalsParams, LogSignals } from '#protocol';
import { findProtection } from '../../../core/dbc/checksums/protection.ts';
import { type DatabaseMessage, type DatabaseSignal, findMessage } from '../../../core/dbc/model/database.ts';
import { describeSignal } from '../../../core/dbc/model/described-message.ts';
import type { BusDatabases, MessageCount } from '../bus-databases.ts';
import { missDatabases } from './signal-choice.ts';

const USUAL_LIMIT = 1000;

/**
 * Lists the signals of the messages that occurred, those that match best first: a name that is what is searched for, one
 * that begins with it, one that holds it, and last those whose message matches. Parts between blanks must all be found.
 *
 * @throws {CtsError} INVALID_PARAMETER where no bus has a database, with what to do.
 */
export function listSignals(databases: BusDatabases, params: ListSignalsParams): LogSignals {
  const missing = missDatabases(databases);
  if (missing !== undefined) throw missing;
  const { search = '', limit = USUAL_LIMIT } = params;
  const parts = search
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== '');
  const hits = listMessages(databases, params).flatMap((found) => matchSignals(found, parts));
  // Equal ones stay as they are: by bus, id and the order of the file.
  if (parts.length > 0) hits.sort((a, b) => a.rank - b.rank);
  return {
    signals: hits.slice(0, limit).map(describeHit),
    omitted: Math.max(0, hits.length - limit),
    buses: [...databases.buses],
  };
}

/** A message that occurred and has a name. */
interface NamedMessage {
  readonly count: MessageCount;
  readonly message: DatabaseMessage;
  /** Name of the database. */
  readonly database: string;
}

interface SignalHit extends NamedMessage {
  readonly signal: DatabaseSignal;
  /** Lower is better. */
  readonly rank: number;
}

function listMessages(databases: BusDatabases, { bus, arbitrationId }: ListSignalsParams): NamedMessage[] {
  return databases.messages.flatMap((count) => {
    if (bus !== undefined && count.bus !== bus) return [];
    if (arbitrationId !== undefined && count.arbitrationId !== arbitrationId) return [];
    const opened = databases.of(count.bus)?.opened;
    const message = opened && findMessage(opened.database, count.arbitrationId);
    return opened && message ? [{ count, message, database: opened.name }] : [];
  });
}

function matchSignals(found: NamedMessage, parts: readonly string[]): SignalHit[] {
  const message = found.message.name.toLowerCase();
  return found.message.signals.flatMap((signal) => {
    const rank = rankName(signal.name.toLowerCase(), message, parts);
    return rank === undefined ? [] : [{ ...found, signal, rank }];
  });
}

/** @returns Undefined where a part is in neither name. */
function rankName(signal: string, message: string, parts: readonly string[]): number | undefined {
  if (!parts.every((part) => signal.includes(part) || message.includes(part))) return undefined;
  const [first = ''] = parts;
  if (!parts.every((part) => signal.includes(part)))
    return signal.startsWith(first) || message.startsWith(first) ? 4 : 5;
  if (parts.length === 1 && signal === first) return 0;
  if (signal.startsWith(first)) return 1;
  return signal.includes(`_${first}`) ? 2 : 3;
}

function describeHit({ count, message, database, signal }: SignalHit): LogSignals['signals'][number] {
  const protection = findProtection(message, database);
  const isChecksum = protection?.checksum?.signal === signal;
  const isCounter = protection?.counter?.signal === signal;
  return {
    bus: count.bus,
    arbitrationId: count.arbitrationId,
    message: message.name,
    frames: count.frames,
    signal: describeSignal(signal, isChecksum ? 'checksum' : isCounter ? 'counter' : undefined),
  };
}
