import type { Database } from '../model/database.ts';
import type {
  AttributeDefinitionStatement,
  EnvironmentVariableStatement,
  MessageStatement,
  SignalStatement,
  Statement,
  SyntaxTree,
  Word,
} from '../syntax/syntax-tree.ts';
import type { LintProfile } from './diagnostic.ts';
import type { Findings } from './findings.ts';

/** How a file is looked at. */
export interface LintOptions {
  readonly profile: LintProfile;
  /** With or without folders: opendbc's conventions go by how it begins. */
  readonly fileName: string;
  /** What its bytes were read as, where that is known: engines differ in what they take. */
  readonly encoding?: 'ascii' | 'utf-8' | 'utf-16' | 'cp1252';
}

/** A message as it is written, whatever can be made of it. */
export interface WrittenMessage {
  readonly statement: MessageStatement;
  /** Those that follow it up to the next message, as opendbc reads them. */
  readonly signals: SignalStatement[];
  /** By short name; of two with one name the first. */
  readonly signalByName: Map<string, SignalStatement>;
  /** Whether it is the pseudo message that holds signals of no message. */
  readonly isPseudo: boolean;
}

type StatementOf<Kind, Each = Statement> = Each extends { readonly kind: infer Own }
  ? Kind extends Own
    ? Each
    : never
  : never;

/** Statements of each kind in their order. */
export type StatementsByKind = { readonly [Kind in Statement['kind']]: StatementOf<Kind>[] };

/** What checks look at: a file, and what is found in it by name or id. */
export interface LintSubject extends LintOptions {
  readonly tree: SyntaxTree;
  readonly database: Database;
  readonly statements: StatementsByKind;
  readonly messages: readonly WrittenMessage[];
  /** By the id as it is written; of two with one id the last. */
  readonly messageById: ReadonlyMap<number, WrittenMessage>;
  /** Of two with one name the first. */
  readonly nodes: ReadonlyMap<string, Word>;
  readonly environmentVariables: ReadonlyMap<string, EnvironmentVariableStatement>;
  /** By name; of two with one name the last. */
  readonly definitions: ReadonlyMap<string, AttributeDefinitionStatement>;
  readonly relationDefinitions: ReadonlyMap<string, AttributeDefinitionStatement>;
}

/** Looks for something and adds what it finds. */
export type Check = (subject: LintSubject, findings: Findings) => void;

const PSEUDO_MESSAGE = 'VECTOR__INDEPENDENT_SIG_MSG';

/** Sorts the statements of a file for the checks: one walk, whatever there is to check. */
export function surveyTree(tree: SyntaxTree, database: Database, options: LintOptions): LintSubject {
  const statements = sortStatements(tree.statements);
  const messages = gatherMessages(tree.statements);
  const messageById = new Map<number, WrittenMessage>();
  for (const message of messages)
    if (message.statement.id !== undefined) messageById.set(message.statement.id.value, message);
  return {
    ...options,
    tree,
    database,
    statements,
    messages,
    messageById,
    nodes: indexNodes(statements.BU_),
    environmentVariables: new Map(statements.EV_.map((variable) => [variable.name?.text ?? '', variable])),
    definitions: indexDefinitions(statements.BA_DEF_),
    relationDefinitions: indexDefinitions(statements.BA_DEF_REL_),
  };
}

function sortStatements(all: readonly Statement[]): StatementsByKind {
  const byKind = createEmpty();
  for (const statement of all) (byKind[statement.kind] as Statement[]).push(statement);
  return byKind;
}

function createEmpty(): StatementsByKind {
  return {
    VERSION: [],
    NS_: [],
    BS_: [],
    BU_: [],
    VAL_TABLE_: [],
    BO_: [],
    SG_: [],
    BO_TX_BU_: [],
    EV_: [],
    ENVVAR_DATA_: [],
    SIG_GROUP_: [],
    CM_: [],
    BA_DEF_: [],
    BA_DEF_REL_: [],
    BA_DEF_DEF_: [],
    BA_DEF_DEF_REL_: [],
    BA_: [],
    BA_REL_: [],
    VAL_: [],
    SIG_VALTYPE_: [],
    SG_MUL_VAL_: [],
    unread: [],
    unknown: [],
    '//': [],
  };
}

function gatherMessages(all: readonly Statement[]): WrittenMessage[] {
  const messages: WrittenMessage[] = [];
  let current: WrittenMessage | undefined;
  for (const statement of all) {
    if (statement.kind === 'BO_') messages.push((current = createMessage(statement)));
    else if (statement.kind === 'SG_' && current !== undefined) addSignal(current, statement);
  }
  return messages;
}

function createMessage(statement: MessageStatement): WrittenMessage {
  return {
    statement,
    signals: [],
    signalByName: new Map(),
    isPseudo: statement.name?.text === PSEUDO_MESSAGE,
  };
}

function addSignal({ signals, signalByName }: WrittenMessage, signal: SignalStatement): void {
  signals.push(signal);
  const name = signal.name?.text;
  if (name !== undefined && !signalByName.has(name)) signalByName.set(name, signal);
}

function indexNodes(statements: StatementsByKind['BU_']): ReadonlyMap<string, Word> {
  const nodes = new Map<string, Word>();
  for (const statement of statements)
    for (const node of statement.nodes) if (!nodes.has(node.text)) nodes.set(node.text, node);
  return nodes;
}

function indexDefinitions(
  statements: readonly AttributeDefinitionStatement[],
): ReadonlyMap<string, AttributeDefinitionStatement> {
  return new Map(statements.map((definition) => [definition.name?.text ?? '', definition]));
}
