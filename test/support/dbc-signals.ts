import type { DatabaseMessage, DatabaseSignal } from '../../server/core/dbc/model/database.ts';
import type { MessageStatement, SignalStatement } from '../../server/core/dbc/syntax/syntax-tree.ts';

const signalStatement: SignalStatement = {
  kind: 'SG_',
  start: 0,
  end: 0,
  keyword: { start: 0, end: 0 },
  problems: [],
  isUsual: false,
  name: undefined,
  multiplexing: undefined,
  startBit: undefined,
  length: undefined,
  byteOrder: undefined,
  sign: undefined,
  factor: undefined,
  offset: undefined,
  minimum: undefined,
  maximum: undefined,
  unit: undefined,
  receivers: [],
  nameText: undefined,
  multiplexingText: undefined,
  byteOrderValue: NaN,
  signText: undefined,
  unitText: undefined,
  receiverCount: 0,
  receiverTexts: [],
  readNumbers: (into) => {
    into.fill(NaN);
  },
};

const messageStatement: MessageStatement = {
  kind: 'BO_',
  start: 0,
  end: 0,
  keyword: { start: 0, end: 0 },
  problems: [],
  isUsual: false,
  id: undefined,
  name: undefined,
  size: undefined,
  transmitter: undefined,
  idValue: NaN,
  nameText: undefined,
  sizeValue: NaN,
  transmitterText: undefined,
};

/** A signal of no file: little-endian, unsigned, unscaled and always there unless told otherwise. */
export function makeSignal(
  name: string,
  place: Pick<DatabaseSignal, 'startBit' | 'length'> & Partial<DatabaseSignal>,
): DatabaseSignal {
  return {
    name,
    shortName: name,
    byteOrder: 'little-endian',
    isSigned: false,
    factor: 1,
    offset: 0,
    isDecodable: true,
    minimum: undefined,
    maximum: undefined,
    unit: '',
    receivers: [],
    comment: undefined,
    labels: undefined,
    multiplexing: { isMultiplexor: false, parent: undefined, ranges: [] },
    attributes: new Map(),
    statement: signalStatement,
    ...place,
  };
}

/** A message of no file, with these signals. */
export function makeMessage(
  name: string,
  signals: readonly DatabaseSignal[],
  { arbitrationId = 0x100, size = 8, ...rest }: Partial<DatabaseMessage> = {},
): DatabaseMessage {
  const isExtended = arbitrationId > 0x7ff;
  return {
    writtenId: isExtended ? (arbitrationId | 0x8000_0000) >>> 0 : arbitrationId,
    arbitrationId,
    isExtended,
    name,
    shortName: name,
    size,
    transmitters: [],
    signals,
    comment: undefined,
    attributes: new Map(),
    cycleTimeMs: undefined,
    sendType: undefined,
    isFd: size > 8,
    isJ1939: false,
    statement: messageStatement,
    ...rest,
  };
}
