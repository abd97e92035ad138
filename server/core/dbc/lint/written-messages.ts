import type { Database, DatabaseMessage, DatabaseSignal } from '../model/database.ts';
import type { MessageStatement, NumberWord, Statement, Word } from '../syntax/syntax-tree.ts';

/** `BO_`, read once, with its signals. */
export interface WrittenMessage {
  readonly statement: MessageStatement;
  readonly id: NumberWord | undefined;
  /** NaN where there is none. */
  readonly idValue: number;
  readonly name: Word | undefined;
  readonly size: NumberWord | undefined;
  /** NaN where there is none. */
  readonly sizeValue: number;
  readonly transmitter: Word | undefined;
  /** As they are in the database: all that follow it up to the next message, whatever can be made of them. */
  readonly signals: readonly DatabaseSignal[];
  /** By short name; of two with one name the first. */
  readonly signalByName: ReadonlyMap<string, DatabaseSignal>;
  /** Undefined for the pseudo message that holds signals of no message. */
  readonly message: DatabaseMessage | undefined;
  /** Names of signals that belong to no message, where it is the pseudo message that holds them. */
  readonly independent: ReadonlySet<string> | undefined;
}

/** Reads all messages; the database has what can be said of their signals. */
export function gatherMessages(
  all: readonly Statement[],
  kinds: readonly Statement['kind'][],
  { messages }: Database,
): readonly WrittenMessage[] {
  const gathered: WrittenMessage[] = [];
  let next = 0;
  for (let index = 0; index < all.length; index++) {
    if (kinds[index] !== 'BO_') continue;
    const statement = all[index] as MessageStatement;
    const message = messages[next];
    if (message?.statement === statement) {
      next++;
      gathered.push(readMessage(statement, message, undefined));
    } else gathered.push(readMessage(statement, undefined, gatherIndependent(all, kinds, index + 1)));
  }
  return gathered;
}

function readMessage(
  statement: MessageStatement,
  message: DatabaseMessage | undefined,
  independent: ReadonlySet<string> | undefined,
): WrittenMessage {
  const { id, name, size, transmitter } = statement;
  const signals = message?.signals ?? [];
  return {
    statement,
    id,
    idValue: id?.value ?? NaN,
    name,
    size,
    sizeValue: size?.value ?? NaN,
    transmitter,
    message,
    signals,
    signalByName: indexSignals(signals),
    independent,
  };
}

function indexSignals(signals: readonly DatabaseSignal[]): ReadonlyMap<string, DatabaseSignal> {
  const byName = new Map<string, DatabaseSignal>();
  for (const signal of signals) if (!byName.has(signal.shortName)) byName.set(signal.shortName, signal);
  return byName;
}

/** The database leaves the pseudo message out; what refers to its signals is right nevertheless. */
function gatherIndependent(
  all: readonly Statement[],
  kinds: readonly Statement['kind'][],
  from: number,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (let index = from; index < all.length && kinds[index] !== 'BO_'; index++) {
    const statement = all[index];
    if (statement?.kind === 'SG_' && statement.name !== undefined) names.add(statement.name.text);
  }
  return names;
}

/** Whether a message has a signal of that name, be it one that belongs to no message. */
export function hasSignal({ signalByName, independent }: WrittenMessage, name: string): boolean {
  return signalByName.has(name) || independent?.has(name) === true;
}
