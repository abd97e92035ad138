import { compareMessageNames, nameMessage } from '../results/message-name.ts';
import type { MessageTransitions } from './bit-transitions.ts';

/**
 * Writes what was found as the example script can_bit_transition.py of panda prints it: a line per byte with such bits,
 * in the order of the messages' names as text.
 */
export function formatTransitionText(messages: readonly MessageTransitions[]): string {
  return messages
    .toSorted(compareMessageNames)
    .flatMap(listLines)
    .map((line) => `${line}\n`)
    .join('');
}

function listLines(message: MessageTransitions): readonly string[] {
  const name = nameMessage(message);
  const bytes = Math.max(message.rising.length, message.falling.length);
  return Array.from({ length: bytes }, (_, byte) => [
    ...describeByte(`id ${name} 0 -> 1`, byte, message.rising),
    ...describeByte(`id ${name} 1 -> 0`, byte, message.falling),
  ]).flat();
}

function describeByte(what: string, byte: number, mask: Uint8Array): readonly string[] {
  const bits = mask[byte] ?? 0;
  return bits === 0 ? [] : [`${what} at byte ${String(byte)} bitmask ${String(bits)}`];
}
