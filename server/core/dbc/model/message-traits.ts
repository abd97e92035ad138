import type { AttributeValue, DatabaseDraft, MessageDraft } from './draft.ts';

/** Values of `VFrameFormat` that stand for CAN FD and J1939, where its definition has numbers instead of texts. */
const FD_FORMATS: readonly AttributeValue[] = ['StandardCAN_FD', 'ExtendedCAN_FD', 14, 15];
const J1939_FORMATS: readonly AttributeValue[] = ['J1939PG', 3];

/** Bytes of the longest frame of classic CAN, and of any. */
const CLASSIC_BYTES = 8;
const FD_BYTES = 64;

/** What the network says of all its messages: the attribute itself or, where it is not set, its default. */
interface NetworkTraits {
  readonly isFd: boolean;
  readonly isJ1939: boolean;
}

/** Reads from attributes and their defaults what messages are: how often and how they are sent, and in which frames. */
export function applyTraits(database: DatabaseDraft): void {
  const network = {
    isFd: readAttribute(database, database, 'BusType') === 'CAN FD',
    isJ1939: readAttribute(database, database, 'ProtocolType') === 'J1939',
  };
  for (const message of database.messages) {
    const cycleTime = readAttribute(database, message, 'GenMsgCycleTime');
    const sendType = readAttribute(database, message, 'GenMsgSendType');
    message.cycleTimeMs = typeof cycleTime === 'number' && cycleTime > 0 ? cycleTime : undefined;
    message.sendType = sendType === undefined ? undefined : String(sendType);
    applyFormat(message, network, readAttribute(database, message, 'VFrameFormat'));
  }
}

function applyFormat(
  message: MessageDraft,
  network: NetworkTraits,
  format: AttributeValue | undefined,
): void {
  const isLong = message.size > CLASSIC_BYTES && message.size <= FD_BYTES;
  message.isJ1939 = format === undefined ? network.isJ1939 : J1939_FORMATS.includes(format);
  const isSaidFd = format === undefined ? network.isFd : FD_FORMATS.includes(format);
  message.isFd = isSaidFd || (isLong && !message.isJ1939);
}

function readAttribute(
  { definitionByName }: DatabaseDraft,
  { attributes }: { readonly attributes: ReadonlyMap<string, AttributeValue> },
  name: string,
): AttributeValue | undefined {
  return attributes.get(name) ?? definitionByName.get(name)?.defaultValue;
}
