import { formatAddress } from '../../core/can/address-text.ts';
import { describeBit } from '../../core/can/bits/bit-position.ts';
import type { Candidate } from '../../core/field-search/candidate-fit.ts';
import { bitAtPlace, type FieldPlace, lengthOf, startBitOf } from '../../core/field-search/field-place.ts';

type Place = Pick<Candidate, 'message'>;

/** `0x0AA · bus 0` */
export function nameMessage({ message }: Place): string {
  return `${formatAddress(message.arbitrationId)} · bus ${String(message.bus)}`;
}

/** As DBC writes it: `7|16@0+` is start bit 7, 16 bits, big-endian, unsigned. */
export function nameField(field: FieldPlace, byteLength: number): string {
  const order = field.order === 'little-endian' ? '1' : '0';
  return `${String(startBitOf(field, byteLength))}|${String(lengthOf(field))}@${order}${field.isSigned ? '-' : '+'}`;
}

/** In words: `16 bits, big-endian, from MSB B0b0 to MSB B1b7`. */
export function describeField(field: FieldPlace, byteLength: number): string {
  const low = describeBit(bitAtPlace(field.order, field.low, byteLength));
  if (field.low === field.high) return `bit ${String(low.global)} = ${low.lsbLabel} = ${low.msbLabel}`;
  const high = describeBit(bitAtPlace(field.order, field.high, byteLength));
  const sign = field.isSigned ? ', signed' : '';
  return `${String(lengthOf(field))} bits, ${field.order}${sign}, from ${nameBit(high)} down to ${nameBit(low)}`;
}

function nameBit({ global, shortMsb }: ReturnType<typeof describeBit>): string {
  return `bit ${String(global)} (MSB ${shortMsb})`;
}

/** Digits that a number of a fit is worth. */
export function formatNumber(value: number, digits = 6): string {
  return String(Number(value.toPrecision(digits)));
}

/** Fields of the message that belong to the reference as well, the field itself apart. */
export function nameCompanions({ companions, message }: Candidate): string {
  return companions.map((field) => nameField(field, message.byteLength)).join(' ');
}
