import { formatAddress } from '../../core/can/address-text.ts';
import { describeBit } from '../../core/can/bits/bit-position.ts';
import type { ReportCell, ReportColumn, Text } from '../../core/report/report.ts';
import type { Cell, TableColumn } from '../../core/table/table-schema.ts';

/** Columns that name a bit of a message in every numbering. */
export const BIT_COLUMNS: readonly TableColumn[] = [
  { name: 'address_hex', type: 'text', description: 'Arbitration id' },
  { name: 'bus', type: 'integer', description: 'Bus number as logged' },
  { name: 'bit_global', type: 'integer', description: '8 * byte + bit from the least significant one' },
  { name: 'byte_index', type: 'integer', description: 'Byte of the payload, from 0' },
  { name: 'bit_lsb', type: 'integer', description: 'Bit of the byte, 0 being the least significant one' },
  { name: 'bit_msb', type: 'integer', description: 'Bit of the byte, 0 being the most significant one' },
  {
    name: 'label_lsb',
    type: 'text',
    description: 'Label by the least significant bit, such as `Byte5 bit3 (LSB)`',
  },
  { name: 'label_msb', type: 'text', description: 'Label by the most significant bit, such as `MSB B5b4`' },
  { name: 'bitmask', type: 'integer', description: 'The bit as a mask of its byte' },
];

/** A bit of a message. */
export interface MessageBit {
  readonly bus: number;
  readonly arbitrationId: number;
  /** Global index, see `describeBit`. */
  readonly bit: number;
}

/** The cells of `BIT_COLUMNS`. */
export function toBitCells({ bus, arbitrationId, bit }: MessageBit): readonly Cell[] {
  const { global, byte, lsb, msb, lsbLabel, msbLabel } = describeBit(bit);
  return [formatAddress(arbitrationId), bus, global, byte, lsb, msb, lsbLabel, msbLabel, 1 << lsb];
}

/** Columns of a report that name a bit of a message. */
export const BIT_REPORT_COLUMNS: readonly ReportColumn[] = [
  { title: 'Message', kind: 'code' },
  { title: 'Bus', kind: 'number' },
  { title: 'Bit (LSB)', kind: 'code' },
  { title: 'Bit (MSB)', kind: 'code' },
  { title: 'Bit number', kind: 'number' },
];

/** The cells of `BIT_REPORT_COLUMNS`. */
export function toBitReportCells({ bus, arbitrationId, bit }: MessageBit): readonly ReportCell[] {
  const { global, lsbLabel, msbLabel } = describeBit(bit);
  return [formatAddress(arbitrationId), bus, lsbLabel, msbLabel, global];
}

/** Names a bit within a sentence. */
export function nameBit({ bus, arbitrationId, bit }: MessageBit): Text {
  const { global, lsbLabel, msbLabel } = describeBit(bit);
  const code = `${formatAddress(arbitrationId)} ${lsbLabel}`;
  return [{ code }, ` (${msbLabel}, bit ${String(global)}) on bus ${String(bus)}`];
}
