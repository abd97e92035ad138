import { CtsError } from '#protocol';
import type { BitWatch } from '../../core/can/bits/bit-position.ts';
import { listSignalBits } from '../../core/dbc/codec/signal-bits.ts';
import { WantedNames } from '../../core/dbc/lines/wanted-names.ts';
import type { DatabaseMessage } from '../../core/dbc/model/database.ts';
import type { GivenDatabases } from '../reading/given-databases.ts';
import type { SignalName } from './signal-name.ts';

/** A bit that someone wants to be watched. */
export interface Watch extends BitWatch {
  /** What it is, in words: of a watchlist, or the signal that it is a part of. */
  readonly comment: string;
}

/**
 * Lists the bits of a signal, from its start bit on, on the bus that is named, else on that of its database, else on all.
 *
 * @throws {CtsError} INVALID_PARAMETER for a signal that no database has, with the nearest names.
 */
export function listSignalWatches({ bus, name }: SignalName, databases: GivenDatabases): readonly Watch[] {
  const searched = bus === undefined ? databases.all : listOf(databases.of(bus));
  if (searched.length === 0) throw missDatabase(name);
  const wanted = new WantedNames({ signals: [name] });
  wanted.check(searched);
  return searched.flatMap((given) =>
    [...given.database.messageByKey.values()].flatMap((message) =>
      listMessageWatches(message, wanted, bus ?? given.bus),
    ),
  );
}

function listOf<Item>(item: Item | undefined): readonly Item[] {
  return item === undefined ? [] : [item];
}

function listMessageWatches(
  message: DatabaseMessage,
  wanted: WantedNames,
  bus: number | undefined,
): readonly Watch[] {
  const { arbitrationId, name, signals } = message;
  return wanted.listSignals(message).flatMap((index) => {
    const signal = signals[index];
    if (signal?.isDecodable !== true) return [];
    const comment = `${name}.${signal.name}`;
    return listSignalBits(signal).map((bit) => ({ arbitrationId, bus, bit, comment }));
  });
}

function missDatabase(name: string): CtsError {
  return new CtsError(
    'INVALID_PARAMETER',
    `Parameter 'watch': ${name} names a signal, and no database was given for its bus`,
    {
      details: { parameter: 'watch' },
      actions: ['Give the DBC file that has it: dbc=FILE, or dbc=0=FILE for one bus.'],
    },
  );
}
