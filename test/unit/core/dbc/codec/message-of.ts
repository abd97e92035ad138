import type {
  DatabaseMessage,
  DatabaseSignal,
  Multiplexing,
} from '../../../../../server/core/dbc/model/database.ts';
import { PLAIN } from './slow-codec.ts';

/** A signal of a message. */
export type TestSignal = DatabaseSignal;

/** Makes a signal: by default an unsigned byte at the beginning, always there. */
export function signalOf(
  given: Partial<DatabaseSignal>,
  parent?: DatabaseSignal,
  ranges: Multiplexing['ranges'] = [],
): TestSignal {
  const shortName = given.name ?? 'S';
  return {
    ...PLAIN,
    name: shortName,
    shortName,
    isDecodable: true,
    minimum: undefined,
    maximum: undefined,
    unit: '',
    receivers: [],
    comment: undefined,
    labels: undefined,
    multiplexing: { isMultiplexor: false, parent, ranges },
    attributes: new Map(),
    statement: undefined as never,
    ...given,
  };
}

/** Makes a message of eight bytes. */
export function messageOf(
  signals: readonly DatabaseSignal[],
  given: Partial<DatabaseMessage> = {},
): DatabaseMessage {
  return {
    writtenId: 256,
    arbitrationId: 256,
    isExtended: false,
    name: 'M',
    shortName: 'M',
    size: 8,
    transmitters: [],
    signals,
    comment: undefined,
    attributes: new Map(),
    cycleTimeMs: undefined,
    sendType: undefined,
    isFd: false,
    isJ1939: false,
    statement: undefined as never,
    ...given,
  };
}
