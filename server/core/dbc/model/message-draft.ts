import type { MessageStatement } from '../syntax/syntax-tree.ts';
import { messageKey } from './database.ts';
import type { MessageDraft } from './draft.ts';
import { NO_ATTRIBUTES } from './draft.ts';
import { readNodeName } from './read-names.ts';
import { NO_ID, toSize, toWrittenId } from './read-numbers.ts';

/** Makes a message of its `BO_` line; signals and what other statements say of it are put in later. */
export function createMessage(statement: MessageStatement): MessageDraft {
  const writtenId = toWrittenId(statement.idValue);
  const name = statement.nameText ?? '';
  return {
    writtenId,
    arbitrationId: readArbitrationId(writtenId),
    // What 11 bits do not hold has 29, with or without bit 31.
    isExtended: writtenId > 0x7ff,
    name,
    shortName: name,
    size: toSize(statement.sizeValue),
    transmitters: readNodeName(statement.transmitterText),
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

/** Takes bit 31 off an id; what 29 bits do not hold is on no bus. */
function readArbitrationId(writtenId: number): number {
  const bits = writtenId & 0x7fff_ffff;
  return writtenId === NO_ID || bits > 0x1fff_ffff ? NO_ID : bits;
}

/** Lists messages by key; of two with one the last, as all readers have it. */
export function indexMessages(messages: readonly MessageDraft[]): Map<number, MessageDraft> {
  const byKey = new Map<number, MessageDraft>();
  for (const message of messages) {
    if (message.arbitrationId !== NO_ID) byKey.set(messageKey(message), message);
  }
  return byKey;
}
