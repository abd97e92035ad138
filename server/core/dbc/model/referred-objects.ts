import type { Word } from '../syntax/syntax-tree.ts';
import type {
  DatabaseDraft,
  EnvironmentVariableDraft,
  MessageDraft,
  NodeDraft,
  SignalDraft,
} from './draft.ts';
import { Groups } from './groups.ts';
import { NO_ID, toWrittenId } from './read-numbers.ts';
import { isSameName } from './same-name.ts';

/** Up to so many signals are looked through: quicker than a map that is asked once or twice. */
const FEW_SIGNALS = 32;

/**
 * Finds what statements speak of by ids and names as they are written. Where several have one id or name, a statement
 * speaks of all of them. The drafts must be complete; names are not looked at before the first question.
 */
export class ReferredObjects {
  readonly #messages = new Groups<number, MessageDraft>();
  readonly #signals = new Map<number, Groups<string, SignalDraft>>();
  readonly #nodes = new Groups<string, NodeDraft>();
  readonly #variables = new Groups<string, EnvironmentVariableDraft>();
  /** What was found last: statements about one message mostly stand together. */
  #lastId = NaN;
  #lastMessages: readonly MessageDraft[] = [];

  constructor({ messages, nodes, environmentVariables }: DatabaseDraft) {
    for (const message of messages) {
      if (message.writtenId !== NO_ID) this.#messages.add(message.writtenId, message);
    }
    for (const node of nodes) this.#nodes.add(node.shortName, node);
    for (const variable of environmentVariables) this.#variables.add(variable.name, variable);
  }

  findMessages(id: number): readonly MessageDraft[] {
    if (id !== this.#lastId) {
      this.#lastMessages = this.#messages.find(toWrittenId(id));
      this.#lastId = id;
    }
    return this.#lastMessages;
  }

  findSignals(id: number, name: string | undefined): readonly SignalDraft[] {
    const messages = this.findMessages(id);
    const [first] = messages;
    if (first === undefined || name === undefined) return [];
    return messages.length === 1 && first.signals.length <= FEW_SIGNALS
      ? listNamed(first.signals, name)
      : this.#indexSignals(first.writtenId, messages).find(name);
  }

  findNodes(name: Word | undefined): readonly NodeDraft[] {
    return name === undefined ? [] : this.#nodes.find(name.text);
  }

  findVariables(name: Word | undefined): readonly EnvironmentVariableDraft[] {
    return name === undefined ? [] : this.#variables.find(name.text);
  }

  #indexSignals(id: number, messages: readonly MessageDraft[]): Groups<string, SignalDraft> {
    let byName = this.#signals.get(id);
    if (byName === undefined) {
      byName = new Groups();
      for (const { signals } of messages) for (const signal of signals) byName.add(signal.shortName, signal);
      this.#signals.set(id, byName);
    }
    return byName;
  }
}

/** Lists the signals of a name; without a closure, as it is asked for every comment and every list of value texts. */
function listNamed(signals: readonly SignalDraft[], name: string): readonly SignalDraft[] {
  const named: SignalDraft[] = [];
  for (const signal of signals) if (isSameName(signal.shortName, name)) named.push(signal);
  return named;
}
