import type { SyntaxTree } from '../syntax/syntax-tree.ts';
import { applyStatements } from './apply-statements.ts';
import type { Database } from './database.ts';
import { draftObjects } from './draft-objects.ts';
import { applyLongNames } from './long-names.ts';
import { indexMessages } from './message-draft.ts';
import { applyTraits } from './message-traits.ts';
import { resolveMultiplexing } from './multiplexing.ts';
import type { Reader } from './signal-draft.ts';

/** How a database is built. */
export interface BuildOptions {
  /** Whose reading counts where engines differ, that is for a byte order other than 0 and 1. Default: opendbc. */
  readonly readAs?: Reader;
}

/**
 * Makes of the statements of a DBC file what they say: messages with their signals, and what comments, value texts,
 * attributes and multiplexing add to them. Never fails: what cannot be read is left out or, of messages and signals,
 * kept and marked (`DatabaseMessage.arbitrationId` of -1, `DatabaseSignal.isDecodable`).
 */
export function buildDatabase(
  { statements }: Pick<SyntaxTree, 'statements'>,
  { readAs = 'opendbc' }: BuildOptions = {},
): Database {
  const draft = draftObjects(statements, readAs);
  const selections = applyStatements(draft);
  for (const message of draft.multiplexed) resolveMultiplexing(message, selections);
  applyLongNames(draft);
  applyTraits(draft);
  return {
    version: draft.version,
    comment: draft.comment,
    nodes: draft.nodes,
    messages: draft.messages,
    messageByKey: indexMessages(draft.messages),
    valueTables: draft.valueTables,
    attributeDefinitions: draft.definitions,
    attributes: draft.attributes,
    environmentVariables: draft.environmentVariables,
    signalGroups: draft.signalGroups,
    relationAttributes: draft.relationAttributes,
    imports: draft.imports,
  };
}
