import type { Statement } from '../syntax/syntax-tree.ts';
import type {
  AttributeDefinition,
  DatabaseMessage,
  DatabaseNode,
  DatabaseSignal,
  EnvironmentVariable,
  Multiplexing,
  RelationAttribute,
  SignalGroup,
  ValueTable,
} from './database.ts';

/** What an attribute says. */
export type AttributeValue = number | string;

/** A part of a database while it is built: its fields can be set, and its attributes are a map of its own. */
type Draft<T> = { -readonly [Key in keyof T as Exclude<Key, 'attributes'>]: T[Key] } & (T extends {
  readonly attributes: unknown;
}
  ? { attributes: Map<string, AttributeValue> }
  : unknown);

/** A signal while its database is built. */
export type SignalDraft = Draft<DatabaseSignal>;
/** A message while its database is built. */
export type MessageDraft = Omit<Draft<DatabaseMessage>, 'signals' | 'transmitters'> & {
  signals: SignalDraft[];
  transmitters: readonly string[];
};
/** A node while its database is built. */
export type NodeDraft = Draft<DatabaseNode>;
/** An attribute's definition while its database is built. */
export type DefinitionDraft = Draft<AttributeDefinition>;
/** An environment variable while its database is built. */
export type EnvironmentVariableDraft = Draft<EnvironmentVariable>;

/** A group of signals while its database is built. */
export type SignalGroupDraft = Draft<SignalGroup>;

/** An attribute of a relation while its database is built. */
export type RelationAttributeDraft = Draft<RelationAttribute>;

/** A database while it is built. */
export interface DatabaseDraft {
  version: string | undefined;
  comment: string | undefined;
  readonly nodes: NodeDraft[];
  readonly messages: MessageDraft[];
  /** The messages with markers such as `M` and `m3`, in their order. */
  readonly multiplexed: MessageDraft[];
  readonly valueTables: ValueTable[];
  readonly valueTableByName: Map<string, ValueTable>;
  /** All of the file; by name, the last of each, in `definitionByName` and, of relations, `relationByName`. */
  readonly definitions: DefinitionDraft[];
  readonly definitionByName: Map<string, DefinitionDraft>;
  readonly relationByName: Map<string, DefinitionDraft>;
  readonly attributes: Map<string, AttributeValue>;
  readonly environmentVariables: EnvironmentVariableDraft[];
  readonly signalGroups: SignalGroupDraft[];
  readonly relationAttributes: RelationAttributeDraft[];
  readonly imports: string[];
  /** Statements that speak of others, and those that nothing is made of. */
  readonly rest: Statement[];
}

/** Shared by all that have none: most signals. Nothing is ever put into it; `setAttribute` sees to that. */
export const NO_ATTRIBUTES = new Map<string, AttributeValue>();

/** Of a signal that is always there and selects none. */
export const NOT_MULTIPLEXED: Multiplexing = { isMultiplexor: false, parent: undefined, ranges: [] };

/** Begins a database in which nothing stands yet. */
export function createDraft(): DatabaseDraft {
  return {
    version: undefined,
    comment: undefined,
    nodes: [],
    messages: [],
    multiplexed: [],
    valueTables: [],
    valueTableByName: new Map(),
    definitions: [],
    definitionByName: new Map(),
    relationByName: new Map(),
    attributes: new Map(),
    environmentVariables: [],
    signalGroups: [],
    relationAttributes: [],
    imports: [],
    rest: [],
  };
}

/** Sets an attribute; of two values the last stays. */
export function setAttribute(
  target: { attributes: Map<string, AttributeValue> },
  name: string,
  value: AttributeValue,
): void {
  if (target.attributes === NO_ATTRIBUTES) target.attributes = new Map();
  target.attributes.set(name, value);
}
