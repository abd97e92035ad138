import { CtsError } from '#protocol';
import { readAddress } from '../../can/address-text.ts';
import { findNearestNames, offerNames } from '../../text/nearest-names.ts';
import type { Database, DatabaseMessage, DatabaseSignal } from '../model/database.ts';
import { NamePattern, NamePatterns } from './name-pattern.ts';

/** How much of a name an error repeats. */
const MAX_QUOTED = 60;

/** Which messages and signals are asked for, by name, id or pattern; all when left out. */
export interface NameWishes {
  /** A name, an id such as `0x25` or `37`, or a pattern with `*`. */
  readonly messages?: readonly string[];
  /** `SIGNAL`, `MESSAGE.SIGNAL`, or a pattern with `*` of either. */
  readonly signals?: readonly string[];
}

/** A database and what it is called. */
export interface NamedDatabase {
  readonly name: string;
  readonly database: Database;
}

/** Decides which messages and signals are wanted. Long and short names are both names. */
export class WantedNames {
  readonly #wishes: NameWishes;
  readonly #ids: ReadonlySet<number>;
  readonly #messages: NamePatterns;
  readonly #signals: NamePatterns;
  readonly #fullSignals: NamePatterns;

  constructor(wishes: NameWishes) {
    const { messages = [], signals = [] } = wishes;
    this.#wishes = wishes;
    this.#ids = new Set(messages.flatMap((text) => readId(text) ?? []));
    this.#messages = new NamePatterns(messages.filter((text) => readId(text) === undefined));
    this.#signals = new NamePatterns(signals.filter((text) => !isFullName(text)));
    this.#fullSignals = new NamePatterns(signals.filter(isFullName));
  }

  /** Whether signals were named: then a frame without any of them is not wanted. */
  get namesSignals(): boolean {
    return this.#wishes.signals !== undefined;
  }

  /** Where the wanted signals of a message stand in it; of several with one name the last. Empty where none is wanted. */
  listSignals(message: DatabaseMessage): readonly number[] {
    if (!this.#wantsMessage(message)) return [];
    const byName = new Map<string, number>();
    for (const [index, signal] of message.signals.entries()) {
      byName.delete(signal.name);
      if (!this.namesSignals || this.#wantsSignal(message, signal)) byName.set(signal.name, index);
    }
    return [...byName.values()];
  }

  /** Whether frames of a message are wanted. */
  wants(message: DatabaseMessage): boolean {
    return this.namesSignals ? this.listSignals(message).length > 0 : this.#wantsMessage(message);
  }

  /**
   * Makes sure that everything asked for is in one of the databases; where there is none, nothing can be said.
   *
   * @throws {CtsError} INVALID_PARAMETER with the nearest names.
   */
  check(databases: readonly NamedDatabase[]): void {
    if (databases.length === 0) return;
    const { messages = [], signals = [] } = this.#wishes;
    const all = databases.flatMap(({ database }) => database.messages);
    const place = describePlace(databases, undefined);
    for (const text of messages) checkMessage(text, all, place);
    const wanted = all.filter((message) => this.#wantsMessage(message));
    const among = describePlace(databases, this.#wishes.messages);
    for (const text of signals) checkSignal(text, wanted, among);
  }

  #wantsMessage({ arbitrationId, name, shortName }: DatabaseMessage): boolean {
    if (this.#wishes.messages === undefined || this.#ids.has(arbitrationId)) return true;
    return this.#messages.matches(name) || this.#messages.matches(shortName);
  }

  #wantsSignal(message: DatabaseMessage, { name, shortName }: DatabaseSignal): boolean {
    return (
      this.#signals.matches(name) ||
      this.#signals.matches(shortName) ||
      this.#fullSignals.matches(`${message.name}.${name}`) ||
      this.#fullSignals.matches(`${message.shortName}.${shortName}`)
    );
  }
}

/** Names begin with a letter, ids with a digit. */
function readId(text: string): number | undefined {
  return /^\d/.test(text) ? readAddress(text) : undefined;
}

function isFullName(text: string): boolean {
  return text.includes('.');
}

function checkMessage(text: string, messages: readonly DatabaseMessage[], place: string): void {
  const id = readId(text);
  const pattern = new NamePattern(text);
  const isKnown = messages.some((message) =>
    id === undefined
      ? pattern.matches(message.name) || pattern.matches(message.shortName)
      : message.arbitrationId === id,
  );
  if (!isKnown) throw missName('message', text, { place, names: messages.map(({ name }) => name) });
}

function checkSignal(text: string, messages: readonly DatabaseMessage[], place: string): void {
  const pattern = new NamePattern(text);
  const isFull = isFullName(text);
  const isKnown = messages.some((message) =>
    message.signals.some(({ name, shortName }) =>
      isFull
        ? pattern.matches(`${message.name}.${name}`) || pattern.matches(`${message.shortName}.${shortName}`)
        : pattern.matches(name) || pattern.matches(shortName),
    ),
  );
  if (isKnown) return;
  const names = messages.flatMap((message) =>
    message.signals.map(({ name }) => (isFull ? `${message.name}.${name}` : name)),
  );
  throw missName('signal', text, { place, names });
}

interface Missed {
  readonly place: string;
  readonly names: readonly string[];
}

function missName(kind: 'message' | 'signal', text: string, { place, names }: Missed): CtsError {
  const name = text.slice(0, MAX_QUOTED);
  const what = new NamePattern(text).isPattern ? `${kind} that is like` : kind;
  const offer = offerNames(findNearestNames(name, names));
  return new CtsError('INVALID_PARAMETER', `There is no ${what} "${name}" in ${place}`, {
    details: { [kind]: name },
    ...(offer !== '' && { actions: [offer] }),
  });
}

function describePlace(databases: readonly NamedDatabase[], messages: readonly string[] | undefined): string {
  const names = [...new Set(databases.map(({ name }) => name))].join(', ');
  return messages === undefined ? names : `the messages of ${names} that are asked for`;
}
