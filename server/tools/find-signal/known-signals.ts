import type { Candidate } from '../../core/field-search/candidate-fit.ts';
import { type FieldPlace, listBits } from '../../core/field-search/field-place.ts';
import { listSignalBits } from '../../core/dbc/codec/signal-bits.ts';
import type { DatabaseMessage, DatabaseSignal } from '../../core/dbc/model/database.ts';
import type { GivenDatabases } from '../reading/given-databases.ts';

/** Signals that share a bit with a field: the ones that say most. */
const MOST_NAMED = 3;

/**
 * What the databases of a run have where a candidate was found: `MESSAGE.SIGNAL` for a signal with the same bits in the
 * same order, with the share of bits for one that has some of them, or that the message has nothing there. Undefined
 * where no database has the message.
 */
export function nameKnown(
  { message, field }: Pick<Candidate, 'message' | 'field'>,
  databases: GivenDatabases,
): string | undefined {
  const known = databases.findMessage(message.bus, message.arbitrationId);
  if (known === undefined) return undefined;
  const sharing = findSharing(known, field, message.byteLength);
  const exact = sharing.find(({ isSame }) => isSame);
  if (exact !== undefined) return nameSignal(known, exact.signal);
  if (sharing.length === 0) return `${known.name}, no signal there`;
  return sharing
    .slice(0, MOST_NAMED)
    .map(
      ({ signal, shared }) =>
        `${nameSignal(known, signal)} (${String(shared)} of its ${String(signal.length)} bits)`,
    )
    .join(', ');
}

interface SharedSignal {
  readonly signal: DatabaseSignal;
  readonly shared: number;
  readonly isSame: boolean;
}

/** By how many bits they share, most first. */
function findSharing(
  { signals }: DatabaseMessage,
  field: FieldPlace,
  byteLength: number,
): readonly SharedSignal[] {
  const bits = listBits(field, byteLength);
  const found = new Set(bits);
  return signals
    .filter(({ isDecodable }) => isDecodable)
    .map((signal) => {
      const own = listUpwards(signal);
      const shared = own.filter((bit) => found.has(bit)).length;
      const isSame = own.length === bits.length && own.every((bit, i) => bit === bits[i]);
      return { signal, shared, isSame };
    })
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared);
}

/** From the least significant bit. */
function listUpwards(signal: DatabaseSignal): readonly number[] {
  const bits = listSignalBits(signal);
  return signal.byteOrder === 'little-endian' ? bits : bits.toReversed();
}

function nameSignal(message: DatabaseMessage, { name }: DatabaseSignal): string {
  return `${message.name}.${name}`;
}
