import type { Database, DatabaseMessage, DatabaseSignal } from '../model/database.ts';
import { isSameName } from '../model/same-name.ts';
import type { MessageStatement, NumberWord, Statement, Word } from '../syntax/syntax-tree.ts';

/** Up to so many signals are looked through by name: quicker than a map that is asked a few times. */
const FEW_SIGNALS = 16;

/** `BO_`, read once, with its signals. */
export class WrittenMessage {
  readonly statement: MessageStatement;
  readonly id: NumberWord | undefined;
  /** NaN where there is none. */
  readonly idValue: number;
  readonly name: Word | undefined;
  readonly size: NumberWord | undefined;
  /** NaN where there is none. */
  readonly sizeValue: number;
  readonly transmitter: Word | undefined;
  /** Undefined for the pseudo message that holds signals of no message. */
  readonly message: DatabaseMessage | undefined;
  /** As they are in the database: all that follow it up to the next message, whatever can be made of them. */
  readonly signals: readonly DatabaseSignal[];
  /** Names of signals that belong to no message, where it is the pseudo message that holds them. */
  readonly independent: ReadonlySet<string> | undefined;
  #signalByName: ReadonlyMap<string, DatabaseSignal> | undefined;

  constructor(
    statement: MessageStatement,
    message: DatabaseMessage | undefined,
    independent: ReadonlySet<string> | undefined,
  ) {
    this.statement = statement;
    this.id = statement.id;
    this.idValue = statement.idValue;
    this.name = statement.name;
    this.size = statement.size;
    this.sizeValue = statement.sizeValue;
    this.transmitter = statement.transmitter;
    this.message = message;
    this.signals = message?.signals ?? [];
    this.independent = independent;
  }

  /** Finds a signal by its short name; of two with one name the first. */
  findSignal(name: string): DatabaseSignal | undefined {
    if (this.signals.length > FEW_SIGNALS) return this.#indexSignals().get(name);
    for (const signal of this.signals) if (isSameName(signal.shortName, name)) return signal;
    return undefined;
  }

  /** Whether two signals have one name. */
  get hasTwins(): boolean {
    const { signals } = this;
    if (signals.length > FEW_SIGNALS) return this.#indexSignals().size < signals.length;
    for (let index = 1; index < signals.length; index++) {
      const { shortName } = signals[index]!;
      for (let before = 0; before < index; before++)
        if (isSameName(signals[before]!.shortName, shortName)) return true;
    }
    return false;
  }

  #indexSignals(): ReadonlyMap<string, DatabaseSignal> {
    this.#signalByName ??= indexSignals(this.signals);
    return this.#signalByName;
  }
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
      gathered.push(new WrittenMessage(statement, message, undefined));
    } else gathered.push(new WrittenMessage(statement, undefined, gatherIndependent(all, kinds, index + 1)));
  }
  return gathered;
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
export function hasSignal(message: WrittenMessage, name: string): boolean {
  return message.findSignal(name) !== undefined || message.independent?.has(name) === true;
}
