import type { Database } from '../model/database.ts';
import type {
  AttributeDefinitionStatement,
  EnvironmentVariableStatement,
  Statement,
  SyntaxTree,
  Word,
} from '../syntax/syntax-tree.ts';
import { isAscii } from './ascii-text.ts';
import type { LintProfile } from './diagnostic.ts';
import type { Findings } from './findings.ts';
import type { WrittenBits } from './signal-bits.ts';
import { listRuns, type StatementRun } from './statement-runs.ts';
import {
  type MessagesById,
  WrittenAttribute,
  WrittenComment,
  WrittenDefinition,
  WrittenValues,
} from './written-statements.ts';
import { gatherMessages, type WrittenMessage } from './written-messages.ts';

/** How a file is looked at. */
export interface LintOptions {
  readonly profile: LintProfile;
  /** With or without folders: opendbc's conventions go by how it begins. */
  readonly fileName: string;
  /** What its bytes were read as, where that is known: engines differ in what they take. */
  readonly encoding?: 'ascii' | 'utf-8' | 'utf-16' | 'cp1252';
}

type StatementOf<Kind, Each = Statement> = Each extends { readonly kind: infer Own }
  ? Kind extends Own
    ? Each
    : never
  : never;

/** Kinds of which a file has so many that they are read once, and then kept as they are needed. */
type FrequentKind = 'BO_' | 'SG_' | 'CM_' | 'BA_' | 'VAL_';
type RareKind = Exclude<Statement['kind'], FrequentKind>;

/** Statements of each kind in their order. */
export type StatementsByKind = { readonly [Kind in RareKind]: StatementOf<Kind>[] };

/** What checks look at: a file, and what is found in it by name or id. */
export interface LintSubject extends LintOptions {
  readonly tree: SyntaxTree;
  /** Whether the text has nothing but ASCII. */
  readonly isAscii: boolean;
  readonly database: Database;
  /** The statements of the tree by their kind, in their order. */
  readonly runs: readonly StatementRun[];
  readonly statements: StatementsByKind;
  readonly messages: readonly WrittenMessage[];
  readonly comments: readonly WrittenComment[];
  readonly attributes: readonly WrittenAttribute[];
  readonly values: readonly WrittenValues[];
  /** By the id as it is written; of two with one id the last. */
  readonly messageById: ReadonlyMap<number, WrittenMessage>;
  /** Of two with one name the first. */
  readonly nodes: ReadonlyMap<string, Word>;
  readonly environmentVariables: ReadonlyMap<string, EnvironmentVariableStatement>;
  /** By name; of two with one name the last. */
  readonly definitions: ReadonlyMap<string, WrittenDefinition>;
  readonly relationDefinitions: ReadonlyMap<string, WrittenDefinition>;
}

/** Looks for something in a file and adds what it finds. */
export type Check = (subject: LintSubject, findings: Findings) => void;

/** A message as checks look at it. */
export interface SeenMessage {
  readonly message: WrittenMessage;
  /** Where its signals lie; undefined for one that lies nowhere. */
  readonly bits: readonly (WrittenBits | undefined)[];
  /** Whether it is known that its lines and those of its signals are written as nearly all are. */
  readonly isUsual: boolean;
}

/** Looks for something in a message. */
export type CheckMessage = (seen: SeenMessage) => void;

/** Begins to look for something in the messages of a file, which are then gone through once for all checks. */
export type BeginCheck = (subject: LintSubject, findings: Findings) => CheckMessage;

/**
 * Sorts the statements of a file for the checks. Parts of a statement are made anew whenever they are asked for, so that
 * checks take what is kept here, and ask a statement only for what they found something in.
 *
 * @param database Built from the same tree.
 */
export function surveyTree(tree: SyntaxTree, database: Database, options: LintOptions): LintSubject {
  const runs = listRuns(tree.statements, database);
  const messages = gatherMessages(tree.statements, runs, database);
  const messageById = new Map<number, WrittenMessage>();
  for (const message of messages) if (message.hasId) messageById.set(message.idValue, message);
  const survey = walkRuns(tree.statements, runs, messageById);
  const { statements } = survey;
  return {
    ...options,
    ...survey,
    tree,
    isAscii: options.encoding === 'ascii' || isAscii(tree.text),
    database,
    runs,
    messages,
    messageById,
    nodes: indexNodes(statements.BU_),
    environmentVariables: new Map(statements.EV_.map((variable) => [variable.name?.text ?? '', variable])),
    definitions: indexDefinitions(statements.BA_DEF_),
    relationDefinitions: indexDefinitions(statements.BA_DEF_REL_),
  };
}

type Survey = Pick<LintSubject, 'statements'> & {
  readonly comments: WrittenComment[];
  readonly attributes: WrittenAttribute[];
  readonly values: WrittenValues[];
};

function walkRuns(
  all: readonly Statement[],
  runs: readonly StatementRun[],
  messageById: MessagesById,
): Survey {
  const survey: Survey = { statements: createEmpty(), comments: [], attributes: [], values: [] };
  for (const run of runs)
    if (run.kind !== 'BO_' && run.kind !== 'SG_')
      for (let index = run.first; index < run.end; index++) sortStatement(all[index]!, survey, messageById);
  return survey;
}

function sortStatement(statement: Statement, survey: Survey, messageById: MessagesById): void {
  const { kind } = statement;
  switch (kind) {
    case 'BO_':
    case 'SG_':
      return;
    case 'CM_':
      survey.comments.push(new WrittenComment(statement, messageById));
      return;
    case 'BA_':
      survey.attributes.push(new WrittenAttribute(statement, messageById));
      return;
    case 'VAL_':
      survey.values.push(new WrittenValues(statement, messageById));
      return;
    default:
      (survey.statements[kind] as Statement[]).push(statement);
  }
}

function createEmpty(): StatementsByKind {
  return {
    VERSION: [],
    NS_: [],
    BS_: [],
    BU_: [],
    VAL_TABLE_: [],
    BO_TX_BU_: [],
    EV_: [],
    ENVVAR_DATA_: [],
    SIG_GROUP_: [],
    BA_DEF_: [],
    BA_DEF_REL_: [],
    BA_DEF_DEF_: [],
    BA_DEF_DEF_REL_: [],
    BA_REL_: [],
    SIG_VALTYPE_: [],
    SG_MUL_VAL_: [],
    unread: [],
    unknown: [],
    '//': [],
  };
}

function indexNodes(statements: StatementsByKind['BU_']): ReadonlyMap<string, Word> {
  const nodes = new Map<string, Word>();
  for (const statement of statements)
    for (const node of statement.nodes) if (!nodes.has(node.text)) nodes.set(node.text, node);
  return nodes;
}

function indexDefinitions(
  statements: readonly AttributeDefinitionStatement[],
): ReadonlyMap<string, WrittenDefinition> {
  const definitions = statements.map((statement) => new WrittenDefinition(statement));
  return new Map(definitions.map((definition) => [definition.name?.text ?? '', definition]));
}
