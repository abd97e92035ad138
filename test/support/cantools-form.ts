import type {
  AttributeDefinition,
  Attributes,
  Database,
  DatabaseMessage,
  DatabaseSignal,
  RelationAttribute,
} from '../../server/core/dbc/model/database.ts';

/** What cantools made of a file; keys that say nothing are null, empty or not there. */
export interface Parsed {
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly attributeDefinitions?: Readonly<Record<string, ParsedDefinition>>;
  readonly relationAttributeDefinitions?: Readonly<Record<string, ParsedDefinition>>;
  readonly messages: readonly ParsedMessage[];
  readonly nodes: readonly WithAttributes[];
  readonly relationAttributes?: Readonly<Record<string, readonly WithAttributes[]>>;
}

interface WithAttributes {
  readonly attributes?: Readonly<Record<string, unknown>>;
}

interface ParsedMessage extends WithAttributes {
  readonly length: number;
  readonly senders: readonly string[];
  readonly fd: boolean;
  readonly protocol: string | null;
  readonly signals: readonly WithAttributes[];
}

interface ParsedDefinition {
  readonly choices?: readonly string[];
}

/** Our database in the words of cantools. */
export function asCantools(database: Database): unknown {
  const [relations, definitions] = partition(database.attributeDefinitions);
  return {
    version: database.version,
    buses: [
      {
        name: database.attributes.get('DBName') ?? '',
        baudrate: database.attributes.get('Baudrate'),
        comment: database.comment,
      },
    ],
    nodes: database.nodes.map(({ name, comment, attributes }) => ({
      name,
      comment,
      attributes: asObject(attributes),
    })),
    attributes: asObject(database.attributes),
    attributeDefinitions: Object.fromEntries(definitions.map((one) => [one.name, definitionAsCantools(one)])),
    relationAttributeDefinitions: Object.fromEntries(
      relations.map((one) => [one.name, definitionAsCantools(one)]),
    ),
    relationAttributes: {
      message: relationsAsCantools(database, ({ signal }) => signal === undefined),
      signal: relationsAsCantools(database, ({ signal }) => signal !== undefined),
    },
    environmentVariables: Object.fromEntries(
      database.environmentVariables.map(({ name, unit, comment, statement }) => [
        name,
        {
          type: statement.type?.value,
          min: statement.minimum?.value,
          max: statement.maximum?.value,
          unit,
          initial: statement.initial?.value,
          id: statement.number?.value,
          access: statement.access?.text,
          accessNode: statement.nodes[0]?.text,
          comment,
        },
      ]),
    ),
    valueTables: Object.fromEntries(database.valueTables.map(({ name, labels }) => [name, asObject(labels)])),
    messages: database.messages.map((message) => messageAsCantools(message, database)),
  };
}

function partition(
  definitions: readonly AttributeDefinition[],
): [relations: AttributeDefinition[], others: AttributeDefinition[]] {
  const isRelation = ({ statement }: AttributeDefinition): boolean => statement.kind === 'BA_DEF_REL_';
  return [definitions.filter(isRelation), definitions.filter((one) => !isRelation(one))];
}

function definitionAsCantools(definition: AttributeDefinition): unknown {
  return {
    kind: definition.scope === 'network' ? undefined : definition.scope,
    type: definition.type,
    default: definition.defaultValue,
    min: definition.minimum,
    max: definition.maximum,
    choices: definition.choices,
  };
}

/** Attributes of relations, together where they are of the same objects. */
function relationsAsCantools(
  { relationAttributes, nodes }: Database,
  isWanted: (relation: RelationAttribute) => boolean,
): unknown {
  const groups = Map.groupBy(relationAttributes.filter(isWanted), ({ writtenId: id, node, signal }) =>
    JSON.stringify({ id, node, signal }),
  );
  return [...groups].map(([key, relations]) => ({
    ...withShortNode(JSON.parse(key) as { readonly node: string }, nodes),
    attributes: Object.fromEntries(relations.map(({ name, value }) => [name, value])),
  }));
}

/** Of relations, cantools tells signals by their long names and nodes by their short ones. */
function withShortNode<T extends { readonly node: string }>(relation: T, nodes: Database['nodes']): T {
  return { ...relation, node: nodes.find(({ name }) => name === relation.node)?.shortName ?? relation.node };
}

function messageAsCantools(
  message: DatabaseMessage,
  { signalGroups, attributeDefinitions }: Database,
): unknown {
  return {
    id: message.arbitrationId,
    extended: message.isExtended,
    name: message.name,
    length: message.size,
    senders: message.transmitters,
    comment: message.comment,
    cycleTime: message.cycleTimeMs,
    sendType: message.sendType,
    fd: message.isFd,
    protocol: message.isJ1939 ? 'j1939' : undefined,
    attributes: asObject(message.attributes),
    signalGroups: signalGroups
      .filter(({ writtenId }) => writtenId === message.writtenId)
      .map(({ name, repetitions, signals }) => ({ name, repetitions, signals })),
    signals: byName(message.signals.map((signal) => signalAsCantools(signal, attributeDefinitions))),
  };
}

function signalAsCantools(signal: DatabaseSignal, definitions: readonly AttributeDefinition[]): unknown {
  const { multiplexing } = signal;
  return {
    name: signal.name,
    start: signal.startBit,
    length: signal.length,
    byteOrder: signal.byteOrder === 'little-endian' ? 'little_endian' : 'big_endian',
    signed: signal.isSigned,
    float: signal.valueType !== 'integer',
    scale: signal.factor,
    offset: signal.offset,
    min: signal.minimum,
    max: signal.maximum,
    unit: signal.unit,
    receivers: signal.receivers,
    comment: signal.comment,
    choices: asObject(signal.labels ?? new Map()),
    spn: signal.attributes.get('SPN') ?? definitions.find(({ name }) => name === 'SPN')?.defaultValue,
    rawInitial: signal.attributes.get('GenSigStartValue'),
    multiplexer: multiplexing.isMultiplexor,
    multiplexerSignal: multiplexing.parent?.shortName,
    multiplexerIds: multiplexing.ranges.flatMap(listNumbers),
    attributes: asObject(signal.attributes),
  };
}

function listNumbers([first, last]: readonly [number, number]): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function asObject(map: Attributes | ReadonlyMap<number, string>): Readonly<Record<string, unknown>> {
  return Object.fromEntries<unknown>(map as Iterable<[string | number, unknown]>);
}

/**
 * What cantools said, in our words: texts for the indexes of enums; no node that is nobody; and CAN FD also where a size
 * or the type of the bus says so, where cantools looks at the format of frames only.
 */
export function inOurWords(parsed: Parsed): unknown {
  const name = <T extends WithAttributes>(one: T): T => ({
    ...one,
    attributes: nameChoices(one.attributes, parsed.attributeDefinitions),
  });
  return {
    ...parsed,
    attributes: nameChoices(parsed.attributes, parsed.attributeDefinitions),
    relationAttributes: Object.fromEntries(
      Object.entries(parsed.relationAttributes ?? {}).map(([kind, relations]) => [
        kind,
        relations.map(({ attributes, ...rest }) => ({
          ...rest,
          attributes: nameChoices(attributes, parsed.relationAttributeDefinitions),
        })),
      ]),
    ),
    nodes: parsed.nodes.map(name),
    messages: parsed.messages.map((message) => ({
      ...name(message),
      senders: message.senders.filter((sender) => sender !== 'Vector__XXX'),
      fd: message.fd || isFdByOthers(message, parsed),
      signals: byName(message.signals.map(name)),
    })),
  };
}

function isFdByOthers(
  { length, protocol }: ParsedMessage,
  { attributes, attributeDefinitions }: Parsed,
): boolean {
  const isBusFd =
    attributes?.['BusType'] === 'CAN FD' && attributeDefinitions?.['VFrameFormat'] === undefined;
  return isBusFd || (length > 8 && length <= 64 && protocol !== 'j1939');
}

function nameChoices(
  attributes: Parsed['attributes'] = {},
  definitions: Parsed['attributeDefinitions'] = {},
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      definitions[name]?.choices?.[Number(value)] ?? value,
    ]),
  );
}

function byName(signals: readonly unknown[]): unknown[] {
  return [...signals].sort((a, b) => compare(JSON.stringify(a), JSON.stringify(b)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Leaves out what says nothing: null, false, empty texts, lists and objects. Numbers in texts become numbers. */
export function condense(value: unknown): unknown {
  if (Array.isArray(value)) return emptyAsUndefined(value.map(condense).filter((one) => one !== undefined));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, one]) => [key, condense(one)] as const);
    return emptyAsUndefined(Object.fromEntries(entries.filter(([, one]) => one !== undefined)));
  }
  if (typeof value === 'string' && /^-?\d{16,}$/.test(value)) return Number(value);
  return value === null || value === false || value === '' ? undefined : value;
}

function emptyAsUndefined(value: object): object | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}
