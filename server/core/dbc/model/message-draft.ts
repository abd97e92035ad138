import type { MessageStatement } from '../syntax/syntax-tree.ts';
import { messageKey } from './database.ts';
import type { MessageDraft } from './draft.ts';
import { NO_ATTRIBUTES } from './draft.ts';
import { readNodeName } from './read-names.ts';
import { NO_ID, readSize, readWrittenId } from './read-numbers.ts';

/** Makes a message of its `BO_` line; signals and what other statements say of it are put in later. */
export function createMessage(statement: MessageStatement): MessageDraft {
  const writtenId = readWrittenId(statement.id);
  const name = statement.name?.text ?? '';
  return {
    writtenId,
    ...splitId(writtenId),
    name,
    shortName: name,
    size: readSize(statement.size),
    transmitters: readNodeName(statement.transmitter),
    signals: [],
    comment: undefined,
    attributes: NO_ATTRIBUTES,
    cycleTimeMs: undefined,
    sendType: undefined,
    isFd: false,
    isJ1939: false,
    statement,
  };
}

/** Takes bit 31 off an id. What 11 bits do not hold has 29, with or without it; what 29 do not hold is on no bus. */
function splitId(writtenId: number): Pick<MessageDraft, 'arbitrationId' | 'isExtended'> {
  if (writtenId === NO_ID) return { arbitrationId: NO_ID, isExtended: false };
  const bits = writtenId & 0x7fff_ffff;
  return {
    arbitrationId: bits <= 0x1fff_ffff ? bits : NO_ID,
    isExtended: writtenId > 0x7ff,
  };
}

/** Lists messages by key; of two with one the last, as all readers have it. */
export function indexMessages(messages: readonly MessageDraft[]): Map<number, MessageDraft> {
  const byKey = new Map<number, MessageDraft>();
  for (const message of messages) {
    if (message.arbitrationId !== NO_ID) byKey.set(messageKey(message), message);
  }
  return byKey;
}
