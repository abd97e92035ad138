import { CtsError } from '#protocol';
import { findOrigin } from '../../core/can/bus-origin.ts';
import { WantedNames } from '../../core/dbc/lines/wanted-names.ts';
import type { DatabaseMessage } from '../../core/dbc/model/database.ts';
import type { GivenDatabases } from '../reading/given-databases.ts';

/**
 * Which signals of messages are asked for: `SIGNAL`, `MESSAGE.SIGNAL` or a pattern with `*` of either, on all buses that
 * were received, or behind `1:` on one bus.
 */
export class SignalWishes {
  readonly #everywhere: WantedNames;
  readonly #ofBus = new Map<number, WantedNames>();

  /** @throws {CtsError} INVALID_PARAMETER for a signal that no database has, with the nearest names. */
  constructor(texts: readonly string[], databases: GivenDatabases) {
    const wishes = texts.map(readWish);
    this.#everywhere = new WantedNames({ signals: listNames(wishes, undefined) });
    this.#everywhere.check(databases.all);
    for (const bus of new Set(wishes.map((wish) => wish.bus))) {
      if (bus === undefined) continue;
      const wanted = new WantedNames({ signals: listNames(wishes, bus) });
      const given = databases.of(bus);
      if (given === undefined) throw missDatabase(bus);
      wanted.check([given]);
      this.#ofBus.set(bus, wanted);
    }
  }

  /** Where the wanted signals of a message stand in it. */
  listSignals(bus: number, message: DatabaseMessage): readonly number[] {
    const everywhere = findOrigin(bus) === 'received' ? this.#everywhere.listSignals(message) : [];
    const here = this.#ofBus.get(bus)?.listSignals(message) ?? [];
    return [...new Set([...everywhere, ...here])].sort((a, b) => a - b);
  }
}

interface Wish {
  readonly bus: number | undefined;
  readonly name: string;
}

function readWish(text: string): Wish {
  const [, bus, name = ''] = /^(\d{1,3}):(.+)$/s.exec(text) ?? [];
  return bus === undefined ? { bus: undefined, name: text } : { bus: Number(bus), name };
}

function listNames(wishes: readonly Wish[], bus: number | undefined): readonly string[] {
  return wishes.filter((wish) => wish.bus === bus).map(({ name }) => name);
}

function missDatabase(bus: number): CtsError {
  return new CtsError(
    'INVALID_PARAMETER',
    `Parameter 'signals': no database was given for bus ${String(bus)}`,
    {
      details: { parameter: 'signals', bus },
      actions: [`Give one: dbc=${String(bus)}=FILE`],
    },
  );
}
