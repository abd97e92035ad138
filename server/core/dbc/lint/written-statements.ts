import type { DatabaseSignal } from '../model/database.ts';
import type {
  AttributeStatement,
  CommentStatement,
  NumberWord,
  ReferredObject,
  StringWord,
  ValueEntry,
  ValuesStatement,
  Word,
} from '../syntax/syntax-tree.ts';
import type { WrittenMessage } from './written-messages.ts';

// What all checks look at is read once, and looked for once; words, with their places, only where something was found.

/** Messages by their ids as they are written. */
export type MessagesById = ReadonlyMap<number, WrittenMessage>;

/** `CM_` or `BA_`, and whom it is about. */
abstract class WrittenReference<Own extends CommentStatement | AttributeStatement> {
  readonly statement: Own;
  readonly scope: ReferredObject['scope'];
  /** NaN where there is none. */
  readonly idValue: number;
  readonly signalText: string | undefined;
  /** The message that it is about, or in whose signal it is. */
  readonly message: WrittenMessage | undefined;
  readonly signal: DatabaseSignal | undefined;

  constructor(statement: Own, messageById: MessagesById) {
    const { objectScope, idValue, signalText } = statement;
    const message = objectScope === 'BO_' || objectScope === 'SG_' ? messageById.get(idValue) : undefined;
    this.statement = statement;
    this.scope = objectScope;
    this.idValue = idValue;
    this.signalText = signalText;
    this.message = message;
    this.signal = signalText === undefined ? undefined : message?.findSignal(signalText);
  }

  get object(): ReferredObject {
    return this.statement.object;
  }
}

/** `CM_`. */
export class WrittenComment extends WrittenReference<CommentStatement> {
  get text(): StringWord | undefined {
    return this.statement.text;
  }
}

/** `BA_`. */
export class WrittenAttribute extends WrittenReference<AttributeStatement> {
  readonly name: StringWord | undefined;
  readonly value: NumberWord | StringWord | undefined;

  constructor(statement: AttributeStatement, messageById: MessagesById) {
    super(statement, messageById);
    this.name = statement.name;
    this.value = statement.value;
  }
}

/** `VAL_`. */
export class WrittenValues {
  readonly statement: ValuesStatement;
  /** NaN where there is none. */
  readonly idValue: number;
  readonly nameText: string | undefined;
  /** The message and the signal that it is about. */
  readonly message: WrittenMessage | undefined;
  readonly signal: DatabaseSignal | undefined;
  #values: readonly ValueEntry[] | undefined;

  constructor(statement: ValuesStatement, messageById: MessagesById) {
    const { idValue, nameText } = statement;
    this.statement = statement;
    this.idValue = idValue;
    this.nameText = nameText;
    this.message = messageById.get(idValue);
    this.signal = nameText === undefined ? undefined : this.message?.findSignal(nameText);
  }

  get id(): NumberWord | undefined {
    return this.statement.id;
  }

  get name(): Word | undefined {
    return this.statement.name;
  }

  get values(): readonly ValueEntry[] {
    this.#values ??= this.statement.values;
    return this.#values;
  }
}
