import type { Database, DatabaseMessage, DatabaseSignal } from '../model/database.ts';
import { isSameName } from '../model/same-name.ts';
import type { MessageStatement, NumberWord, Statement, Word } from '../syntax/syntax-tree.ts';
import type { StatementRun } from './statement-runs.ts';

/** Up to so many signals are looked through by name: quicker than a map that is asked a few times. */
const FEW_SIGNALS = 16;
/** Used again for every message. */
const glances = new Int32Array(FEW_SIGNALS);

/** `BO_`, read once, with its signals. */
export class WrittenMessage {
  readonly statement: MessageStatement;
  /** NaN where there is none. */
  readonly idValue: number;
  readonly nameText: string | undefined;
  /** NaN where there is none. */
  readonly sizeValue: number;
  /** Undefined for the pseudo message that holds signals of no message. */
  readonly message: DatabaseMessage | undefined;
  /** As they are in the database: all that follow it up to the next message, whatever can be made of them. */
  readonly signals: readonly DatabaseSignal[];
  /** How many signals the messages before have: with it, each signal of a file has a number. */
  readonly signalsBefore: number;
  /** Names of signals that belong to no message, where it is the pseudo message that holds them. */
  readonly independent: ReadonlySet<string> | undefined;
  #indexByName: ReadonlyMap<string, number> | undefined;
  #hasTwins: boolean | undefined;

  constructor(
    statement: MessageStatement,
    message: DatabaseMessage | undefined,
    { signalsBefore, independent }: Pick<WrittenMessage, 'signalsBefore' | 'independent'>,
  ) {
    this.statement = statement;
    this.idValue = statement.idValue;
    this.nameText = statement.nameText;
    this.sizeValue = statement.sizeValue;
    this.message = message;
    this.signals = message?.signals ?? [];
    this.signalsBefore = signalsBefore;
    this.independent = independent;
  }

  get id(): NumberWord | undefined {
    return this.statement.id;
  }

  /** Whether there is an id, be it a number or not. */
  get hasId(): boolean {
    return !Number.isNaN(this.idValue) || this.id !== undefined;
  }

  get name(): Word | undefined {
    return this.statement.name;
  }

  get size(): NumberWord | undefined {
    return this.statement.size;
  }

  get transmitter(): Word | undefined {
    return this.statement.transmitter;
  }

  /** Finds a signal by its short name; of two with one name the first. */
  findSignal(name: string): DatabaseSignal | undefined {
    const index = this.findIndex(name);
    return index < 0 ? undefined : this.signals[index];
  }

  /** Finds the same among the signals; -1 where there is none. */
  findIndex(name: string): number {
    const { signals } = this;
    if (signals.length > FEW_SIGNALS) return this.#indexSignals().get(name) ?? -1;
    for (let index = 0; index < signals.length; index++)
      if (isSameName(signals[index]!.shortName, name)) return index;
    return -1;
  }

  /** Whether two signals have one name. */
  get hasTwins(): boolean {
    this.#hasTwins ??=
      this.signals.length > FEW_SIGNALS
        ? this.#indexSignals().size < this.signals.length
        : haveTwins(this.signals);
    return this.#hasTwins;
  }

  #indexSignals(): ReadonlyMap<string, number> {
    this.#indexByName ??= indexSignals(this.signals);
    return this.#indexByName;
  }
}

/** Reads all messages; the database has what can be said of their signals. */
export function gatherMessages(
  all: readonly Statement[],
  runs: readonly StatementRun[],
  { messages }: Database,
): readonly WrittenMessage[] {
  const gathered: WrittenMessage[] = [];
  let next = 0;
  let signalsBefore = 0;
  for (const { kind, first } of runs) {
    if (kind !== 'BO_') continue;
    const statement = all[first] as MessageStatement;
    const message = messages[next]?.statement === statement ? messages[next++] : undefined;
    const independent = message === undefined ? gatherIndependent(all, first + 1) : undefined;
    gathered.push(new WrittenMessage(statement, message, { signalsBefore, independent }));
    signalsBefore += message?.signals.length ?? 0;
  }
  return gathered;
}

/** Compares few names with each other: what is soon read of each tells nearly all apart. */
function haveTwins(signals: readonly DatabaseSignal[]): boolean {
  for (let index = 0; index < signals.length; index++) {
    const { shortName } = signals[index]!;
    const glance = glanceAt(shortName);
    glances[index] = glance;
    for (let before = 0; before < index; before++)
      if (glances[before] === glance && signals[before]!.shortName === shortName) return true;
  }
  return false;
}

/** Puts the length of a name and two of its characters into a number. */
function glanceAt(name: string): number {
  const { length } = name;
  return (length << 16) ^ (name.charCodeAt(length >> 1) << 8) ^ name.charCodeAt(length - 1);
}

function indexSignals(signals: readonly DatabaseSignal[]): ReadonlyMap<string, number> {
  const byName = new Map<string, number>();
  signals.forEach(({ shortName }, index) => {
    if (!byName.has(shortName)) byName.set(shortName, index);
  });
  return byName;
}

/** The database leaves the pseudo message out; what refers to its signals is right nevertheless. */
function gatherIndependent(all: readonly Statement[], from: number): ReadonlySet<string> {
  const names = new Set<string>();
  for (let index = from; index < all.length; index++) {
    const statement = all[index]!;
    if (statement.kind === 'BO_') break;
    if (statement.kind === 'SG_' && statement.nameText !== undefined) names.add(statement.nameText);
  }
  return names;
}

/** Whether a message has a signal of that name, be it one that belongs to no message. */
export function hasSignal(message: WrittenMessage, name: string): boolean {
  return message.findSignal(name) !== undefined || message.independent?.has(name) === true;
}
