import type { DatabaseSignal } from '../model/database.ts';
import type {
  AttributeDefinitionStatement,
  AttributeScope,
  AttributeStatement,
  CommentStatement,
  NumberWord,
  ReferredObject,
  StringWord,
  TextRange,
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
  /** The message that it is about, or in whose signal it is. */
  readonly message: WrittenMessage | undefined;

  constructor(statement: Own, messageById: MessagesById) {
    const { objectScope, idValue } = statement;
    this.statement = statement;
    this.scope = objectScope;
    this.idValue = idValue;
    this.message = objectScope === 'BO_' || objectScope === 'SG_' ? messageById.get(idValue) : undefined;
  }

  get object(): ReferredObject {
    return this.statement.object;
  }

  get signalText(): string | undefined {
    return this.statement.signalText;
  }

  /** Looks for the signal that it is about. */
  findSignal(): DatabaseSignal | undefined {
    const { signalText } = this;
    return signalText === undefined ? undefined : this.message?.findSignal(signalText);
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
  /** The message that it is about, or in whose signal it is. */
  readonly message: WrittenMessage | undefined;
  readonly signal: DatabaseSignal | undefined;
  /** Number of the signal among all of the file; -1 where there is none. */
  readonly signalNumber: number;
  #values: readonly ValueEntry[] | undefined;

  constructor(statement: ValuesStatement, messageById: MessagesById) {
    const { idValue, nameText } = statement;
    this.statement = statement;
    this.idValue = idValue;
    this.nameText = nameText;
    const message = messageById.get(idValue);
    const index = nameText === undefined ? -1 : (message?.findIndex(nameText) ?? -1);
    this.message = message;
    this.signal = index < 0 ? undefined : message?.signals[index];
    this.signalNumber = index < 0 ? -1 : (message?.signalsBefore ?? 0) + index;
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

/** `BA_DEF_` or `BA_DEF_REL_`, with its words: many attributes ask for them. */
export class WrittenDefinition implements TextRange {
  readonly start: number;
  readonly end: number;
  readonly scope: AttributeScope;
  readonly name: StringWord | undefined;
  readonly type: Word | undefined;
  readonly minimum: NumberWord | undefined;
  readonly maximum: NumberWord | undefined;
  readonly choices: readonly StringWord[];

  constructor(statement: AttributeDefinitionStatement) {
    this.start = statement.start;
    this.end = statement.end;
    this.scope = statement.scope;
    this.name = statement.name;
    this.type = statement.type;
    this.minimum = statement.minimum;
    this.maximum = statement.maximum;
    this.choices = statement.choices;
  }
}
