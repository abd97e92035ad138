import { formatAddress } from '../../../core/can/address-text.ts';
import { describeBit } from '../../../core/can/bits/bit-position.ts';
import { formatNumber } from '../../../core/report/number-text.ts';
import type { BitCount } from '../analysis/cruise-findings.ts';
import type { SpeedRange } from './cruise-story.ts';
import { CRUISE_MESSAGES } from '../../subaru/subaru-signals.ts';

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.values(CRUISE_MESSAGES).map(({ arbitrationId, name }) => [arbitrationId, name]),
);

/** A range of speeds: `55–56 mph`. */
export function writeRange({ minMph, maxMph }: SpeedRange): string {
  const [min, max] = [formatNumber(minMph), formatNumber(maxMph, { unit: 'mph' })];
  return minMph === maxMph ? max : `${min}–${max}`;
}

/** `once`, `twice`, `3 times`. */
export function writeTimes(count: number): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${formatNumber(count)} times`;
}

const SMALL = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** A small count in words: `two`, `12`. */
export function writeSmall(count: number): string {
  return SMALL[count] ?? formatNumber(count);
}

/** `1 span`, `3 spans`. */
export function writeCount(count: number, word: string, plural = `${word}s`): string {
  return `${formatNumber(count)} ${count === 1 ? word : plural}`;
}

/** `0x146 Cruise_Buttons`, or the address alone. */
export function nameAddress(arbitrationId: number): string {
  const name = NAMES.get(arbitrationId);
  return name === undefined ? formatAddress(arbitrationId) : `${formatAddress(arbitrationId)} ${name}`;
}

/** A bit in both numberings: `B5b4 = bit 43`. */
export function nameBit(bit: number): string {
  return `${describeBit(bit).shortMsb} = bit ${String(bit)}`;
}

/** The first bits with how often they toggled: `B0b7 = bit 0 (699×), …`. */
export function listBits(bits: readonly BitCount[], most: number): string {
  const texts = bits.slice(0, most).map(({ bit, toggles }) => `${nameBit(bit)} (${formatNumber(toggles)}×)`);
  return bits.length > most ? `${texts.join(', ')}, …` : texts.join(', ');
}

/** A list in a sentence: `0`, `0 and 1`, `0, 1 and 2`. */
export function joinWords(words: readonly (string | number)[]): string {
  const texts = words.map(String);
  const last = texts.pop() ?? '';
  return texts.length === 0 ? last : `${texts.join(', ')} and ${last}`;
}
