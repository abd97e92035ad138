import type { AttributeValue, DatabaseDraft } from './draft.ts';

/**
 * Gives messages, signals, nodes and environment variables the names that attributes keep for them, as names in DBC
 * statements once had at most 32 characters. All statements refer to the short ones.
 */
export function applyLongNames({ nodes, messages, environmentVariables }: DatabaseDraft): void {
  const longNames = new Map<string, string>();
  for (const node of nodes) {
    node.name = readLongName(node.attributes, 'SystemNodeLongSymbol') ?? node.name;
    if (node.name !== node.shortName) longNames.set(node.shortName, node.name);
  }
  for (const variable of environmentVariables)
    variable.name = readLongName(variable.attributes, 'SystemEnvVarLongSymbol') ?? variable.name;
  for (const message of messages) {
    message.name = readLongName(message.attributes, 'SystemMessageLongSymbol') ?? message.name;
    message.transmitters = renameNodes(message.transmitters, longNames);
    for (const signal of message.signals) {
      signal.name = readLongName(signal.attributes, 'SystemSignalLongSymbol') ?? signal.name;
      signal.receivers = renameNodes(signal.receivers, longNames);
    }
  }
}

function readLongName(
  attributes: ReadonlyMap<string, AttributeValue>,
  attribute: string,
): string | undefined {
  const name = attributes.size === 0 ? undefined : attributes.get(attribute);
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function renameNodes(names: readonly string[], longNames: ReadonlyMap<string, string>): readonly string[] {
  return longNames.size === 0 ? names : names.map((name) => longNames.get(name) ?? name);
}
