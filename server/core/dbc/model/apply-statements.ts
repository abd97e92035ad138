import type {
  AttributeDefaultStatement,
  AttributeStatement,
  CommentStatement,
  ReferredObject,
  RelationAttributeStatement,
  Statement,
  TransmittersStatement,
  ValuesStatement,
} from '../syntax/syntax-tree.ts';
import { readAttributeValue } from './attribute-values.ts';
import type {
  DatabaseDraft,
  DefinitionDraft,
  EnvironmentVariableDraft,
  MessageDraft,
  NodeDraft,
  SignalDraft,
} from './draft.ts';
import { setAttribute } from './draft.ts';
import { readStatementLabels } from './labels.ts';
import type { Selections } from './multiplexing.ts';
import { addSelection } from './multiplexing.ts';
import { readNodeNames } from './read-names.ts';
import { readWrittenId } from './read-numbers.ts';
import { ReferredObjects } from './referred-objects.ts';
import { setValueType } from './signal-draft.ts';

/** What opendbc's templates begin with to take in another file. */
const IMPORT = 'IMPORT ';

/** A draft whose objects are all there, and how statements find them. */
interface Target {
  readonly draft: DatabaseDraft;
  readonly objects: ReferredObjects;
  readonly selections: Selections;
  /** Nodes that `BO_TX_BU_` adds. */
  readonly transmitters: Map<MessageDraft, Set<string>>;
}

/**
 * Goes over the statements that speak of others and puts what they say of nodes, messages, signals and variables into these; what
 * speaks of nothing that is there is left out.
 *
 * @returns What `SG_MUL_VAL_` says.
 */
export function applyStatements(draft: DatabaseDraft): Selections {
  const selections: Selections = new Map();
  const transmitters = new Map<MessageDraft, Set<string>>();
  const target = { draft, objects: new ReferredObjects(draft), selections, transmitters };
  for (const statement of draft.rest) applyStatement(target, statement);
  for (const [message, names] of transmitters) message.transmitters = [...names];
  return selections;
}

function applyStatement(target: Target, statement: Statement): void {
  const { draft, objects, selections } = target;
  switch (statement.kind) {
    case 'CM_':
      applyComment(target, statement);
      break;
    case 'VAL_':
      applyValues(target, statement);
      break;
    case 'BA_':
      applyAttribute(target, statement);
      break;
    case 'BA_DEF_DEF_':
      applyDefault(statement, draft.definitionByName);
      break;
    case 'BA_DEF_DEF_REL_':
      applyDefault(statement, draft.relationByName);
      break;
    case 'BA_REL_':
      applyRelation(draft, statement);
      break;
    case 'BO_TX_BU_':
      applyTransmitters(target, statement);
      break;
    case 'SIG_VALTYPE_':
      for (const signal of objects.findSignals(statement.id?.value ?? NaN, statement.signal?.text))
        setValueType(signal, statement.type?.value ?? 0);
      break;
    case 'SG_MUL_VAL_':
      for (const signal of objects.findSignals(statement.id?.value ?? NaN, statement.signal?.text))
        addSelection(selections, signal, statement);
      break;
    default:
  }
}

type Described = NodeDraft | MessageDraft | SignalDraft | EnvironmentVariableDraft;

function findObjects(
  { objects }: Target,
  statement: CommentStatement | AttributeStatement,
): readonly Described[] {
  switch (statement.objectScope) {
    case 'BO_':
      return objects.findMessages(statement.idValue);
    case 'SG_':
      return objects.findSignals(statement.idValue, statement.signalText);
    default:
      return findOthers(objects, statement.object);
  }
}

function findOthers(objects: ReferredObjects, object: ReferredObject): readonly Described[] {
  if (object.scope === 'BU_') return objects.findNodes(object.node);
  return object.scope === 'EV_' ? objects.findVariables(object.name) : [];
}

function applyComment(target: Target, statement: CommentStatement): void {
  const text = statement.text?.text;
  if (text === undefined) return;
  if (statement.objectScope === 'network') applyNetworkComment(target.draft, text);
  else for (const described of findObjects(target, statement)) described.comment = text;
}

function applyNetworkComment(draft: DatabaseDraft, text: string): void {
  if (text.startsWith(IMPORT)) draft.imports.push(text.slice(IMPORT.length).trim());
  else draft.comment = draft.comment === undefined ? text : `${draft.comment}\n${text}`;
}

function applyValues({ draft, objects }: Target, statement: ValuesStatement): void {
  const { table, idValue } = statement;
  const labels =
    table === undefined ? readStatementLabels(statement) : draft.valueTableByName.get(table.text)?.labels;
  const described =
    Number.isNaN(idValue) && statement.id === undefined
      ? objects.findVariables(statement.name)
      : objects.findSignals(idValue, statement.nameText);
  for (const one of described) one.labels = labels;
}

function applyAttribute(target: Target, statement: AttributeStatement): void {
  const name = statement.name?.text;
  if (name === undefined) return;
  const value = readAttributeValue(statement.value, target.draft.definitionByName.get(name));
  if (value === undefined) return;
  if (statement.objectScope === 'network') target.draft.attributes.set(name, value);
  else for (const described of findObjects(target, statement)) setAttribute(described, name, value);
}

function applyDefault(
  { name, value: word }: AttributeDefaultStatement,
  definitions: ReadonlyMap<string, DefinitionDraft>,
): void {
  const definition = name && definitions.get(name.text);
  if (definition !== undefined) definition.defaultValue = readAttributeValue(word, definition);
}

function applyRelation(
  draft: DatabaseDraft,
  { name, node, object, value: word }: RelationAttributeStatement,
): void {
  const value = readAttributeValue(word, name && draft.relationByName.get(name.text));
  if (name === undefined || node === undefined || value === undefined) return;
  draft.relationAttributes.push({
    name: name.text,
    node: node.text,
    writtenId: object !== undefined && 'id' in object ? readWrittenId(object.id) : undefined,
    signal: object?.scope === 'SG_' ? object.signal?.text : undefined,
    value,
  });
}

function applyTransmitters({ objects, transmitters }: Target, { id, nodes }: TransmittersStatement): void {
  for (const message of objects.findMessages(id?.value ?? NaN)) {
    let names = transmitters.get(message);
    if (names === undefined) transmitters.set(message, (names = new Set(message.transmitters)));
    for (const name of readNodeNames(nodes.map(({ text }) => text))) names.add(name);
  }
}
