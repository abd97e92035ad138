import type { DbcInfo, DbcMessageInfo, DbcSignalInfo } from '#protocol';
import type { Attributes, Database, DatabaseMessage, DatabaseSignal, Labels } from './database.ts';

/** What the brand of a file makes of a signal. */
export type SignalRole = 'checksum' | 'counter';

/** What a database does not know by itself. */
export interface DescribeOptions {
  /** Finds the role of a signal in its message; without it, none has one. */
  readonly findRole?: (signal: DatabaseSignal, message: DatabaseMessage) => SignalRole | undefined;
}

/** Describes what a database says as it is handed out; the file that it comes from is for others to describe. */
export function describeDatabase(
  database: Database,
  options: DescribeOptions = {},
): Pick<DbcInfo, 'version' | 'comment' | 'nodes' | 'attributes' | 'valueTables' | 'messages'> {
  return {
    version: database.version ?? null,
    comment: database.comment ?? null,
    nodes: database.nodes.map(({ name, comment }) => ({ name, comment: comment ?? null })),
    attributes: describeAttributes(database.attributes),
    valueTables: database.valueTables.map(({ name, labels }) => ({ name, labels: describeLabels(labels) })),
    messages: database.messages.map((message) => describeMessage(message, options)),
  };
}

/** Describes a message with all its signals. An id of -1 is one that no frame can have. */
export function describeMessage(
  message: DatabaseMessage,
  { findRole }: DescribeOptions = {},
): DbcMessageInfo {
  return {
    arbitrationId: message.arbitrationId,
    isExtended: message.isExtended,
    name: message.name,
    sizeBytes: message.size,
    transmitters: [...message.transmitters],
    cycleTimeMs: message.cycleTimeMs ?? null,
    isFd: message.isFd,
    comment: message.comment ?? null,
    signals: message.signals.map((signal) => describeSignal(signal, findRole?.(signal, message))),
  };
}

/** Describes a signal. */
export function describeSignal(signal: DatabaseSignal, role?: SignalRole): DbcSignalInfo {
  return {
    name: signal.name,
    startBit: signal.startBit,
    length: signal.length,
    byteOrder: signal.byteOrder,
    isSigned: signal.isSigned,
    valueType: signal.valueType ?? 'integer',
    factor: signal.factor,
    offset: signal.offset,
    minimum: signal.minimum ?? null,
    maximum: signal.maximum ?? null,
    unit: signal.unit,
    labels: signal.labels === undefined ? [] : describeLabels(signal.labels),
    comment: signal.comment ?? null,
    receivers: [...signal.receivers],
    multiplexing: describeMultiplexing(signal),
    isDecodable: signal.isDecodable,
    role: role ?? null,
  };
}

function describeMultiplexing({ multiplexing }: DatabaseSignal): DbcSignalInfo['multiplexing'] {
  const { isMultiplexor, parent, ranges } = multiplexing;
  if (!isMultiplexor && parent === undefined) return null;
  return {
    isMultiplexor,
    parent: parent?.name ?? null,
    ranges: ranges.map(([first, last]) => ({ first, last })),
  };
}

function describeLabels(labels: Labels): DbcSignalInfo['labels'] {
  return Array.from(labels, ([value, label]) => ({ value, label }));
}

function describeAttributes(attributes: Attributes): DbcInfo['attributes'] {
  return Array.from(attributes, ([name, value]) => ({ name, value }));
}
