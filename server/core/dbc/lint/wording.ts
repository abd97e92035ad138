import { describeBit } from '../../can/bits/bit-position.ts';
import type { NumberWord, TextRange, Word } from '../syntax/syntax-tree.ts';
import type { RelatedPlace } from './diagnostic.ts';
import type { WrittenMessage } from './written-messages.ts';

/** How much of a text a finding repeats. */
const MAX_QUOTED = 60;

/** Quotes a text of the file, cut where it is long, line breaks shown. */
export function quote(text: string): string {
  const cut = text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
  return `"${cut.replaceAll(/[\r\n]+/g, '⏎')}"`;
}

/** Names a signal, a message or a node as the file does; long names are cut. */
export function showName(word: Pick<Word, 'text'> | undefined): string {
  if (word === undefined) return 'without a name';
  return word.text.length > MAX_QUOTED ? `${word.text.slice(0, MAX_QUOTED)}…` : word.text;
}

/** Shows an id both ways: `256 (0x100)`; with bit 31 what is left of it: `2147483904 (0x100, bit 31 set)`. */
export function showId(id: number): string {
  if (!Number.isSafeInteger(id) || id < 0) return String(id);
  const hasFlag = id >= 0x8000_0000 && id <= 0xffff_ffff;
  const hex = (hasFlag ? id - 0x8000_0000 : id).toString(16).toUpperCase();
  return `${String(id)} (0x${hex}${hasFlag ? ', bit 31 set' : ''})`;
}

/** Shows an id as `showId` does, or as it is written where it is no number that any id is near to. */
export function showWrittenId({ value, text }: Pick<NumberWord, 'value' | 'text'>): string {
  return Number.isSafeInteger(value) ? showId(value) : quote(text);
}

/** Names a message with its id. */
export function showMessage({ name, id, idValue }: WrittenMessage): string {
  return id === undefined ? showName(name) : `${showName(name)}, id ${showId(idValue)}`;
}

/** Names a bit as DBC counts, and in both ways to count within a byte: `bit 7 (Byte0 bit7 (LSB), MSB B0b0)`. */
export function showBit(bit: number): string {
  const { lsbLabel, msbLabel } = describeBit(bit);
  return `bit ${String(bit)} (${lsbLabel}, ${msbLabel})`;
}

/** Counts things: `1 bit`, `2 bits`. */
export function count(amount: number, thing: string): string {
  return `${amount.toLocaleString('en-US')} ${thing}${amount === 1 ? '' : 's'}`;
}

/** Points at another place. */
export function relate({ start, end }: TextRange, message: string): RelatedPlace {
  return { start, end, message };
}
