import type { AttributeValue, DatabaseDraft, NodeDraft, SignalDraft } from './draft.ts';

/**
 * Gives messages, signals, nodes and environment variables the names that attributes keep for them, as names in DBC
 * statements once had at most 32 characters. All statements refer to the short ones.
 */
export function applyLongNames(draft: DatabaseDraft): void {
  for (const variable of draft.environmentVariables)
    variable.name = readLongName(variable.attributes, 'SystemEnvVarLongSymbol') ?? variable.name;
  const nodeNames = nameNodes(draft.nodes);
  const renamed = new Map<number, SignalDraft[]>();
  for (const message of draft.messages) {
    message.name = readLongName(message.attributes, 'SystemMessageLongSymbol') ?? message.name;
    if (nodeNames.size > 0) message.transmitters = renameAll(message.transmitters, nodeNames);
    const signals = nameSignals(message.signals, nodeNames);
    if (signals.length > 0) renamed.set(message.writtenId, signals);
  }
  renameReferences(draft, nodeNames, indexNames(renamed));
}

/** Returns the long names by the short ones. */
function nameNodes(nodes: readonly NodeDraft[]): ReadonlyMap<string, string> {
  const longNames = new Map<string, string>();
  for (const node of nodes) {
    node.name = readLongName(node.attributes, 'SystemNodeLongSymbol') ?? node.name;
    if (node.name !== node.shortName) longNames.set(node.shortName, node.name);
  }
  return longNames;
}

/** Returns the signals that have a long name. */
function nameSignals(signals: readonly SignalDraft[], nodeNames: ReadonlyMap<string, string>): SignalDraft[] {
  const renamed: SignalDraft[] = [];
  for (const signal of signals) {
    if (nodeNames.size > 0) signal.receivers = renameAll(signal.receivers, nodeNames);
    const name = readLongName(signal.attributes, 'SystemSignalLongSymbol');
    if (name === undefined) continue;
    signal.name = name;
    renamed.push(signal);
  }
  return renamed;
}

/** Lists long names by message, and by short name. */
function indexNames(
  renamed: ReadonlyMap<number, readonly SignalDraft[]>,
): ReadonlyMap<number, ReadonlyMap<string, string>> {
  const names = new Map<number, ReadonlyMap<string, string>>();
  for (const [id, signals] of renamed)
    names.set(id, new Map(signals.map(({ shortName, name }) => [shortName, name])));
  return names;
}

function renameReferences(
  { signalGroups, relationAttributes }: DatabaseDraft,
  nodeNames: ReadonlyMap<string, string>,
  signalNames: ReadonlyMap<number, ReadonlyMap<string, string>>,
): void {
  for (const group of signalGroups) {
    const names = signalNames.get(group.writtenId);
    if (names !== undefined) group.signals = renameAll(group.signals, names);
  }
  for (const relation of relationAttributes) {
    const { node, writtenId, signal } = relation;
    relation.node = nodeNames.get(node) ?? node;
    if (writtenId === undefined || signal === undefined) continue;
    relation.signal = signalNames.get(writtenId)?.get(signal) ?? signal;
  }
}

function readLongName(
  attributes: ReadonlyMap<string, AttributeValue>,
  attribute: string,
): string | undefined {
  const name = attributes.size === 0 ? undefined : attributes.get(attribute);
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function renameAll(names: readonly string[], longNames: ReadonlyMap<string, string>): readonly string[] {
  return names.map((name) => longNames.get(name) ?? name);
}
