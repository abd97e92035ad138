import { CtsError, type SignalQuery } from '#protocol';
import { formatAddress } from '../../../core/can/address-text.ts';
import { type DatabaseMessage, type DatabaseSignal, findMessage } from '../../../core/dbc/model/database.ts';
import { findNearestNames, offerNames } from '../../../core/text/nearest-names.ts';
import type { BusDatabases, OpenedDatabase } from '../bus-databases.ts';

/** Longer names are nobody's typing error. */
const MAX_COMPARED_CHARS = 100;

/** A signal that was asked for, as its database has it. */
export interface ChosenSignal {
  readonly query: SignalQuery;
  readonly message: DatabaseMessage;
  readonly signal: DatabaseSignal;
}

/**
 * Finds the signals that are asked for, by name or short name; of two with one name the last, as readers have it.
 *
 * @throws {CtsError} INVALID_PARAMETER where no database is used for a bus, or it has no such message or signal: with the
 * nearest names.
 */
export function findSignals(
  databases: BusDatabases,
  queries: readonly SignalQuery[],
): readonly ChosenSignal[] {
  return queries.map((query) => {
    const opened = databases.of(query.bus)?.opened;
    if (opened === undefined) throw missDatabase(query, databases);
    const message = findMessage(opened.database, query.arbitrationId);
    if (message === undefined) throw missMessage(query, opened);
    const signal =
      message.signals.findLast(({ name }) => name === query.signal) ??
      message.signals.findLast(({ shortName }) => shortName === query.signal);
    if (signal === undefined) throw missSignal(query, message, opened);
    return { query, message, signal };
  });
}

/** @returns What to say where no bus of a log has a database; undefined where one has, or nothing was recorded. */
export function missDatabases({ buses }: BusDatabases): CtsError | undefined {
  if (buses.length === 0 || buses.some(({ database }) => database !== null)) return undefined;
  const numbers = buses.map(({ bus }) => String(bus)).join(', ');
  return new CtsError(
    'INVALID_PARAMETER',
    `No database is used for any bus of this log (${numbers}), so no signal is known`,
    { details: { parameter: 'databases' }, actions: adviseDatabases(buses.map(({ advice }) => advice)) },
  );
}

function missDatabase({ bus, signal }: SignalQuery, { buses }: BusDatabases): CtsError {
  const advice = buses.find((each) => each.bus === bus)?.advice ?? null;
  return new CtsError(
    'INVALID_PARAMETER',
    `No database is used for bus ${String(bus)}, so ${signal} cannot be read there`,
    { details: { parameter: 'databases', bus, signal }, actions: adviseDatabases([advice]) },
  );
}

function adviseDatabases(advice: readonly (string | null)[]): readonly string[] {
  const told = [...new Set(advice.filter((each) => each !== null))];
  return told.length > 0 ? told : ['Name one in databases, or see which fit: cts dbc match LOG'];
}

function missMessage({ bus, arbitrationId, signal }: SignalQuery, opened: OpenedDatabase): CtsError {
  const holders = opened.database.messages.filter((message) => hasSignal(message, signal));
  const found = holders.slice(0, 3).map(describePlace).join(', ');
  const hint = found === '' ? '' : `; ${signal} is in ${found}`;
  return new CtsError(
    'INVALID_PARAMETER',
    `${opened.name}, used for bus ${String(bus)}, has no message ${formatAddress(arbitrationId)}${hint}`,
    {
      details: { parameter: 'signals', bus, arbitrationId, signal, database: opened.path },
      actions: ['List the messages of a database: cts dbc info NAME'],
    },
  );
}

function hasSignal({ signals }: DatabaseMessage, wanted: string): boolean {
  return signals.some(({ name, shortName }) => name === wanted || shortName === wanted);
}

function missSignal(
  { bus, arbitrationId, signal }: SignalQuery,
  message: DatabaseMessage,
  { name, path }: OpenedDatabase,
): CtsError {
  const known = message.signals.map((each) => each.name).filter(({ length }) => length <= MAX_COMPARED_CHARS);
  const nearest = findNearestNames(signal.slice(0, MAX_COMPARED_CHARS), known);
  return new CtsError(
    'INVALID_PARAMETER',
    `${describePlace(message)} of ${name} has no signal ${signal}. ${offerNames(nearest) || listKnown(known)}`,
    { details: { parameter: 'signals', bus, arbitrationId, signal, nearest, database: path } },
  );
}

function listKnown(names: readonly string[]): string {
  if (names.length === 0) return 'It has none.';
  return `It has ${names.slice(0, 10).join(', ')}${names.length > 10 ? ' and others' : ''}.`;
}

function describePlace({ arbitrationId, name }: DatabaseMessage): string {
  return `${formatAddress(arbitrationId)} ${name}`;
}
