import { formatAddress } from '../../core/can/address-text.ts';
import { describeBit } from '../../core/can/bits/bit-position.ts';
import type { ReportCell, ReportColumn } from '../../core/report/report.ts';

/** A bit of a message on a bus, or on none that is known. */
export interface NamedBit {
  readonly arbitrationId: number;
  readonly bus: number | undefined;
  /** Global index. */
  readonly bit: number;
}

/** Columns that name a bit in every numbering. */
export const BIT_COLUMNS: readonly ReportColumn[] = [
  { title: 'Message', kind: 'code' },
  { title: 'Bus', kind: 'number' },
  { title: 'Bit', kind: 'number' },
  { title: 'LSB', kind: 'code' },
  { title: 'MSB', kind: 'code' },
];

/** The cells of `BIT_COLUMNS`. */
export function toBitCells({ arbitrationId, bus, bit }: NamedBit): readonly ReportCell[] {
  const { lsbLabel, msbLabel } = describeBit(bit);
  return [formatAddress(arbitrationId), bus ?? null, bit, lsbLabel, msbLabel];
}

/** Names a bit in a sentence: `0x027 bit 46 (MSB B5b1) on bus 1`. */
export function nameBit({ arbitrationId, bus, bit }: NamedBit): string {
  const where = bus === undefined ? '' : ` on bus ${String(bus)}`;
  return `${formatAddress(arbitrationId)} bit ${String(bit)} (${describeBit(bit).msbLabel})${where}`;
}

/** Names a bit beside its lane, where there is little room: `1:0x027 bit 46 (B5b1)`, the bus in front. */
export function labelBit({ arbitrationId, bus, bit }: NamedBit): string {
  const where = bus === undefined ? '' : `${String(bus)}:`;
  return `${where}${formatAddress(arbitrationId)} bit ${String(bit)} (${describeBit(bit).shortMsb})`;
}
