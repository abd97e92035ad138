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
import { readLabels } from './labels.ts';
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
      for (const signal of objects.findSignals(statement.id, statement.signal))
        setValueType(signal, statement.type?.value ?? 0);
      break;
    case 'SG_MUL_VAL_':
      for (const signal of objects.findSignals(statement.id, statement.signal))
        addSelection(selections, signal, statement);
      break;
    default:
  }
}

type Described = NodeDraft | MessageDraft | SignalDraft | EnvironmentVariableDraft;

function findObjects({ objects }: Target, object: ReferredObject): readonly Described[] {
  switch (object.scope) {
    case 'BU_':
      return objects.findNodes(object.node);
    case 'BO_':
      return objects.findMessages(object.id);
    case 'SG_':
      return objects.findSignals(object.id, object.signal);
    case 'EV_':
      return objects.findVariables(object.name);
    case 'network':
      return [];
  }
}

function applyComment(target: Target, { object, text }: CommentStatement): void {
  if (text === undefined) return;
  if (object.scope === 'network') applyNetworkComment(target.draft, text.text);
  else for (const described of findObjects(target, object)) described.comment = text.text;
}

function applyNetworkComment(draft: DatabaseDraft, text: string): void {
  if (text.startsWith(IMPORT)) draft.imports.push(text.slice(IMPORT.length).trim());
  else draft.comment = draft.comment === undefined ? text : `${draft.comment}\n${text}`;
}

function applyValues({ draft, objects }: Target, { id, name, table, values }: ValuesStatement): void {
  const labels = table === undefined ? readLabels(values) : draft.valueTableByName.get(table.text)?.labels;
  const described = id === undefined ? objects.findVariables(name) : objects.findSignals(id, name);
  for (const one of described) one.labels = labels;
}

function applyAttribute(target: Target, { name, object, value: word }: AttributeStatement): void {
  if (name === undefined) return;
  const value = readAttributeValue(word, target.draft.definitionByName.get(name.text));
  if (value === undefined) return;
  if (object.scope === 'network') target.draft.attributes.set(name.text, value);
  else for (const described of findObjects(target, object)) setAttribute(described, name.text, value);
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
  for (const message of objects.findMessages(id)) {
    let names = transmitters.get(message);
    if (names === undefined) transmitters.set(message, (names = new Set(message.transmitters)));
    for (const name of readNodeNames(nodes)) names.add(name);
  }
}
