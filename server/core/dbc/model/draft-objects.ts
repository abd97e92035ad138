import type {
  EnvironmentVariableStatement,
  NodesStatement,
  SignalGroupStatement,
  Statement,
  ValueTableStatement,
} from '../syntax/syntax-tree.ts';
import { createDefinition } from './attribute-values.ts';
import type { DatabaseDraft, DefinitionDraft, MessageDraft } from './draft.ts';
import { createDraft, NO_ATTRIBUTES } from './draft.ts';
import { readLabels } from './labels.ts';
import { createMessage } from './message-draft.ts';
import { INDEPENDENT_SIGNALS } from './read-names.ts';
import { readInteger, readRange, readWrittenId } from './read-numbers.ts';
import type { Reader } from './signal-draft.ts';
import { createSignal } from './signal-draft.ts';

/**
 * Goes over all statements once and makes of them what other statements speak of: nodes, messages, signals, value
 * tables, definitions and variables. Signals belong to the last `BO_`, whatever stands in between, as opendbc reads it.
 */
export function draftObjects(statements: readonly Statement[], readAs: Reader): DatabaseDraft {
  const draft = createDraft();
  let message: MessageDraft | undefined;
  for (const statement of statements) {
    if (statement.kind === 'SG_') {
      if (message === undefined) continue;
      message.signals.push(createSignal(statement, readAs));
      if (statement.multiplexingText !== undefined && draft.multiplexed.at(-1) !== message)
        draft.multiplexed.push(message);
    } else if (statement.kind === 'BO_') {
      message = createMessage(statement);
      if (message.name !== INDEPENDENT_SIGNALS) draft.messages.push(message);
    } else {
      draftOther(draft, statement);
    }
  }
  return draft;
}

function draftOther(draft: DatabaseDraft, statement: Statement): void {
  switch (statement.kind) {
    case 'VERSION':
      draft.version = statement.version?.text ?? draft.version;
      break;
    case 'BU_':
      addNodes(draft, statement);
      break;
    case 'VAL_TABLE_':
      addValueTable(draft, statement);
      break;
    case 'BA_DEF_':
      addDefinition(draft, createDefinition(statement), draft.definitionByName);
      break;
    case 'BA_DEF_REL_':
      addDefinition(draft, createDefinition(statement), draft.relationByName);
      break;
    case 'EV_':
      addVariable(draft, statement);
      break;
    case 'SIG_GROUP_':
      addSignalGroup(draft, statement);
      break;
    default:
      draft.rest.push(statement);
  }
}

function addNodes({ nodes }: DatabaseDraft, statement: NodesStatement): void {
  for (const word of statement.nodes) {
    nodes.push({
      name: word.text,
      shortName: word.text,
      comment: undefined,
      attributes: NO_ATTRIBUTES,
      word,
      statement,
    });
  }
}

function addValueTable(
  { valueTables, valueTableByName }: DatabaseDraft,
  statement: ValueTableStatement,
): void {
  const name = statement.name?.text ?? '';
  const table = { name, labels: readLabels(statement.values) ?? new Map<number, string>(), statement };
  valueTables.push(table);
  valueTableByName.set(name, table);
}

function addSignalGroup({ signalGroups }: DatabaseDraft, statement: SignalGroupStatement): void {
  signalGroups.push({
    name: statement.name?.text ?? '',
    writtenId: readWrittenId(statement.id),
    repetitions: readInteger(statement.repetitions, 0, Number.MAX_SAFE_INTEGER) ?? 1,
    signals: statement.signals.map(({ text }) => text),
    statement,
  });
}

function addDefinition(
  { definitions }: DatabaseDraft,
  definition: DefinitionDraft,
  byName: Map<string, DefinitionDraft>,
): void {
  definitions.push(definition);
  byName.set(definition.name, definition);
}

function addVariable({ environmentVariables }: DatabaseDraft, statement: EnvironmentVariableStatement): void {
  environmentVariables.push({
    name: statement.name?.text ?? '',
    unit: statement.unit?.text ?? '',
    ...readRange(statement.minimum, statement.maximum),
    comment: undefined,
    labels: undefined,
    attributes: NO_ATTRIBUTES,
    statement,
  });
}
