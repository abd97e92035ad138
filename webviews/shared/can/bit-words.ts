import type { DbcSignalInfo } from '#protocol';
import { formatCount } from '../number-text.ts';
import { toOrder } from './signal-bits.ts';

/** What is known of one bit. */
export interface BitFacts {
  /** As DBC counts. */
  readonly bit: number;
  readonly toggles: number;
  readonly owner: DbcSignalInfo | null;
}

/** The parts of the line below the bit grid: what is strong, and what explains it, in turn. */
export function describeBitParts({ bit, toggles, owner }: BitFacts): readonly {
  readonly text: string;
  readonly isValue: boolean;
}[] {
  const explained = (text: string) => ({ text, isValue: false });
  const value = (text: string) => ({ text, isValue: true });
  const order = owner?.byteOrder === 'big-endian' ? 'big-endian' : 'little-endian';
  return [
    explained('DBC bit '),
    value(String(bit)),
    explained(' · in order '),
    value(String(toOrder(bit))),
    explained(' · changed '),
    value(`${formatCount(toggles)}×`),
    ...(owner === null
      ? [explained(' · in no signal')]
      : [explained(' · '), value(owner.name), explained(` ${order}, ${String(owner.length)} bit`)]),
  ];
}

/** A count in at most four letters, for the corner of a cell: `999`, `1.2k`, `34k`, `5.6M`. */
export function shortenCount(count: number): string {
  if (count < 1000) return String(count);
  const [value, unit] = count < 999_500 ? [count / 1000, 'k'] : [count / 1_000_000, 'M'];
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)}${unit}`;
}

/** One bit for those who listen. */
export function labelBit({ bit, toggles, owner }: BitFacts, value: number): string {
  const place = `Byte ${String(bit >> 3)} bit ${String(bit & 7)}`;
  const name = owner === null ? '' : `, ${owner.name}`;
  return `${place}, value ${String(value)}, toggled ${formatCount(toggles)} times${name}`;
}
