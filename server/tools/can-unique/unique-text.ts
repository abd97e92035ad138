import { compareMessageNames, nameMessage } from '../results/message-name.ts';
import type { UniqueMessage } from './unique-bits.ts';

/**
 * Writes what is new as the example script can_unique.py of panda prints it: a line per message that is new, and per byte
 * with new bits, in the order of the messages' names as text.
 */
export function formatUniqueText(messages: readonly UniqueMessage[]): string {
  return messages
    .toSorted(compareMessageNames)
    .flatMap(listLines)
    .map((line) => `${line}\n`)
    .join('');
}

function listLines(message: UniqueMessage): readonly string[] {
  const name = nameMessage(message);
  if (message.isNew) return [`New message_id: ${name}`];
  return [...message.newOnes.keys()].flatMap((byte) => [
    ...describeByte(`id ${name} new one `, byte, message.newOnes),
    ...describeByte(`id ${name} new zero`, byte, message.newZeros),
  ]);
}

function describeByte(what: string, byte: number, mask: Uint8Array): readonly string[] {
  const bits = mask[byte] ?? 0;
  return bits === 0 ? [] : [`${what} at byte ${String(byte)} bitmask ${String(bits)}`];
}
