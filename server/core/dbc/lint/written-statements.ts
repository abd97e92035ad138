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

/** `CM_`, read once. */
export interface WrittenComment {
  readonly statement: CommentStatement;
  readonly object: ReferredObject;
  readonly text: StringWord | undefined;
}

/** `BA_`, read once. */
export interface WrittenAttribute {
  readonly statement: AttributeStatement;
  readonly name: StringWord | undefined;
  readonly object: ReferredObject;
  readonly value: NumberWord | StringWord | undefined;
}

/** `VAL_`, read once. */
export interface WrittenValues {
  readonly statement: ValuesStatement;
  readonly id: NumberWord | undefined;
  /** NaN where there is none. */
  readonly idValue: number;
  readonly name: Word | undefined;
  readonly values: readonly ValueEntry[];
}

/** Keeps the parts of a comment. */
export function readComment(statement: CommentStatement): WrittenComment {
  return { statement, object: statement.object, text: statement.text };
}

/** Keeps the parts of an attribute. */
export function readAttribute(statement: AttributeStatement): WrittenAttribute {
  return { statement, name: statement.name, object: statement.object, value: statement.value };
}

/** Keeps the parts of value texts. */
export function readValues(statement: ValuesStatement): WrittenValues {
  const { id, name, values } = statement;
  return { statement, id, idValue: id?.value ?? NaN, name, values };
}
