import { formatAddress } from '../../../core/can/address-text.ts';
import { describeBit } from '../../../core/can/bits/bit-position.ts';
import type { Cell, TableColumn } from '../../../core/table/table-schema.ts';
import { roundHalfEvenTo } from '../../../core/text/python-number.ts';
import { describeTime } from '../../../core/text/minutes-text.ts';
import type { NearestSpeed } from '../analysis/cruise-findings.ts';

/** A bit of a message; undefined for what no bit told. */
interface BitOfMessage {
  readonly arbitrationId: number | undefined;
  readonly bit: number | undefined;
}

export const ADDRESS_COLUMN: TableColumn = {
  name: 'address_hex',
  type: 'text',
  description: 'Arbitration id, three hexadecimal digits or more; empty for markers that were set by hand',
};

export const BUS_COLUMN: TableColumn = {
  name: 'bus',
  type: 'integer',
  description:
    'Bus as logged: 128 and up are echoes of what openpilot sent; empty for markers that were set by hand',
};

/** A bit in every numbering. */
export const BIT_COLUMNS: readonly TableColumn[] = [
  {
    name: 'bit_global',
    type: 'integer',
    description: 'Bit of the payload: 8 * byte_index + bit_lsb, as DBC counts',
  },
  { name: 'byte_index', type: 'integer', description: 'Byte of the payload, from 0' },
  { name: 'bit_lsb', type: 'integer', description: 'Bit of the byte, 0 being the least significant' },
  { name: 'bit_msb', type: 'integer', description: 'Bit of the byte, 0 being the most significant' },
  { name: 'label_lsb', type: 'text', description: 'Name of the bit, such as Byte5 bit3 (LSB)' },
  { name: 'label_msb', type: 'text', description: 'Name of the same bit, such as MSB B5b4' },
];

export const SPEED_COLUMN: TableColumn = {
  name: 'speed_mph',
  type: 'float',
  unit: 'mph',
  description: 'Speed of the wheels nearest in time, rounded to one decimal; empty where none is within 2 s',
};

/** The three columns of a time. */
export function describeTimeColumns(prefix: string, words: string): readonly TableColumn[] {
  const [abs, rel, text] = [`${prefix}_abs`, `${prefix}_rel`, `${prefix}_mmss`];
  const whole = `${words}, since the device was started, rounded to milliseconds`;
  return [
    { name: abs, type: 'float', unit: 's', description: whole },
    { name: rel, type: 'float', unit: 's', description: `${words}, after the time origin of the file` },
    { name: text, type: 'text', description: `${rel} as mm:ss.mmm; minutes may exceed 99` },
  ];
}

export function writeAddress({ arbitrationId }: Pick<BitOfMessage, 'arbitrationId'>): Cell {
  return arbitrationId === undefined ? null : formatAddress(arbitrationId);
}

/** Cells of `BIT_COLUMNS`. */
export function writeBit({ bit }: Pick<BitOfMessage, 'bit'>): readonly Cell[] {
  if (bit === undefined) return [null, null, null, null, null, null];
  const { global, byte, lsb, msb, lsbLabel, msbLabel } = describeBit(bit);
  return [global, byte, lsb, msb, lsbLabel, msbLabel];
}

/** Cells of `describeTimeColumns`. The origin of the exports is the start of the device. */
export function writeTime(seconds: number): readonly Cell[] {
  const { absolute, relative, minutes } = describeTime(seconds, 0);
  return [absolute, relative, minutes];
}

export function writeSpeed(speed: NearestSpeed | undefined): Cell {
  return speed === undefined ? null : roundHalfEvenTo(speed.mph, 1);
}
