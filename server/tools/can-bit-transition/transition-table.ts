import type { Row, TableSchema } from '../../core/table/table-schema.ts';
import { BIT_COLUMNS, toBitCells } from '../results/bit-columns.ts';
import type { BitTransition } from './bit-transitions.ts';

export const BIT_TRANSITIONS: TableSchema = {
  name: 'bit_transitions',
  version: 'bit_transitions.v1',
  description:
    'Bits with one value in all frames of the low ranges and the other in all frames of the high ones.',
  columns: [
    ...BIT_COLUMNS,
    {
      name: 'low_value',
      type: 'integer',
      description: 'Its value in the low ranges: 0, or 1 where it goes down',
    },
    { name: 'high_value', type: 'integer', description: 'Its value in the high ranges' },
    { name: 'low_frames', type: 'integer', description: 'Frames of the message in the low ranges' },
    { name: 'high_frames', type: 'integer', description: 'Frames of the message in the high ranges' },
    { name: 'toggles', type: 'integer', description: 'How often the bit changes in the whole recording' },
  ],
};

export function toTransitionRow(found: BitTransition): Row {
  const { lowValue, lowFrames, highFrames, toggles } = found;
  return [...toBitCells(found), lowValue, 1 - lowValue, lowFrames, highFrames, toggles];
}
