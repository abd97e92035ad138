import { formatAddress } from '../../core/can/address-text.ts';
import type { Row, TableSchema } from '../../core/table/table-schema.ts';
import { BIT_COLUMNS, toBitCells } from '../results/bit-columns.ts';
import type { NewMessage, UniqueBit } from './unique-bits.ts';

export const UNIQUE_BITS: TableSchema = {
  name: 'unique_bits',
  version: 'unique_bits.v1',
  description: 'Values of bits that the interesting frames have and the background never had.',
  columns: [
    ...BIT_COLUMNS,
    { name: 'new_value', type: 'integer', description: 'The value that is new: 1 set, 0 clear' },
    { name: 'frames', type: 'integer', description: 'Interesting frames in which the bit has that value' },
    { name: 'message_frames', type: 'integer', description: 'All interesting frames of the message' },
    {
      name: 'first_s',
      type: 'float',
      unit: 's',
      description: 'When it first has the value; empty without times',
    },
    {
      name: 'toggles',
      type: 'integer',
      description: 'How often the bit changes within the interesting frames',
    },
  ],
};

export const NEW_MESSAGES: TableSchema = {
  name: 'new_messages',
  version: 'new_messages.v1',
  description: 'Messages that the interesting frames have and the background does not have at all.',
  columns: [
    { name: 'address_hex', type: 'text', description: 'Arbitration id' },
    { name: 'bus', type: 'integer', description: 'Bus number as logged' },
    { name: 'frames', type: 'integer', description: 'Interesting frames of the message' },
    { name: 'byte_length', type: 'integer', unit: 'bytes', description: 'Length of its longest payload' },
    { name: 'first_s', type: 'float', unit: 's', description: 'When it is first seen; empty without times' },
  ],
};

export function toUniqueBitRow(found: UniqueBit): Row {
  const { newValue, frames, messageFrames, firstSeconds, toggles } = found;
  return [...toBitCells(found), newValue, frames, messageFrames, firstSeconds ?? null, toggles];
}

export function toNewMessageRow({ arbitrationId, bus, frames, byteLength, firstSeconds }: NewMessage): Row {
  return [formatAddress(arbitrationId), bus, frames, byteLength, firstSeconds ?? null];
}
