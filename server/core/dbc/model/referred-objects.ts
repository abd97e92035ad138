import type { NumberWord, Word } from '../syntax/syntax-tree.ts';
import type {
  DatabaseDraft,
  EnvironmentVariableDraft,
  MessageDraft,
  NodeDraft,
  SignalDraft,
} from './draft.ts';
import { NO_ID, readWrittenId } from './read-numbers.ts';

/** Up to so many signals are looked through: quicker than a map that is asked once or twice. */
const FEW_SIGNALS = 16;

/** Of more with one id or name, a statement speaks of the first and of the last: bounds the work on hostile files. */
const MOST_TWINS = 8;

/**
 * Finds what statements speak of by ids and names as they are written. Where several have one id or name, a statement
 * speaks of all of them. The drafts must be complete; names are not looked at before the first question.
 */
export class ReferredObjects {
  readonly #messages = new Map<number, MessageDraft[]>();
  readonly #signals = new Map<number, ReadonlyMap<string, SignalDraft[]>>();
  readonly #nodes: ReadonlyMap<string, NodeDraft[]>;
  readonly #variables: ReadonlyMap<string, EnvironmentVariableDraft[]>;

  constructor({ messages, nodes, environmentVariables }: DatabaseDraft) {
    for (const message of messages) {
      if (message.writtenId !== NO_ID) addTo(this.#messages, message.writtenId, message);
    }
    this.#nodes = groupByName(nodes, readShortName);
    this.#variables = groupByName(environmentVariables, readVariableName);
  }

  findMessages(id: NumberWord | undefined): readonly MessageDraft[] {
    return this.#messages.get(readWrittenId(id)) ?? [];
  }

  findSignals(id: NumberWord | undefined, name: Word | undefined): readonly SignalDraft[] {
    const messages = this.findMessages(id);
    const first = messages[0];
    if (first === undefined || name === undefined) return [];
    if (messages.length === 1 && first.signals.length <= FEW_SIGNALS)
      return first.signals.filter(({ shortName }) => shortName === name.text);
    return this.#indexSignals(first.writtenId, messages).get(name.text) ?? [];
  }

  findNodes(name: Word | undefined): readonly NodeDraft[] {
    return (name && this.#nodes.get(name.text)) ?? [];
  }

  findVariables(name: Word | undefined): readonly EnvironmentVariableDraft[] {
    return (name && this.#variables.get(name.text)) ?? [];
  }

  #indexSignals(id: number, messages: readonly MessageDraft[]): ReadonlyMap<string, SignalDraft[]> {
    let byName = this.#signals.get(id);
    if (byName === undefined) {
      byName = groupByName(
        messages.flatMap(({ signals }) => signals),
        readShortName,
      );
      this.#signals.set(id, byName);
    }
    return byName;
  }
}

function readShortName({ shortName }: { readonly shortName: string }): string {
  return shortName;
}

function readVariableName({ statement }: EnvironmentVariableDraft): string {
  return statement.name?.text ?? '';
}

function groupByName<T>(items: readonly T[], readName: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) addTo(groups, readName(item), item);
  return groups;
}

function addTo<Key, T>(groups: Map<Key, T[]>, key: Key, item: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else if (group.length < MOST_TWINS) group.push(item);
  else group[MOST_TWINS - 1] = item;
}
