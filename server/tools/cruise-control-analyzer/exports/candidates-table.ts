import type { Row, TableSchema } from '../../../core/table/table-schema.ts';
import { ADDRESS_COLUMN, BIT_COLUMNS, BUS_COLUMN, writeAddress, writeBit } from './bit-columns.ts';
import type { CandidateBit } from '../analysis/cruise-findings.ts';

export const CANDIDATES_TABLE: TableSchema = {
  name: 'candidates',
  version: 'candidates.v2',
  description:
    'The ten bits of each monitored message that toggled most, on every bus that carries it; best score first',
  columns: [
    ADDRESS_COLUMN,
    ...BIT_COLUMNS,
    { name: 'score', type: 'float', description: 'toggles less penalty' },
    { name: 'rises_set', type: 'integer', description: 'Changes from 0 to 1' },
    { name: 'falls_end', type: 'integer', description: 'Changes from 1 to 0' },
    { name: 'toggles', type: 'integer', description: 'Changes from one frame to the next' },
    { name: 'penalty', type: 'float', description: 'A tenth of the toggles above 40: the bit chatters' },
    BUS_COLUMN,
  ],
};

export function listCandidates(candidates: readonly CandidateBit[]): readonly Row[] {
  return candidates.map((bit) => [
    writeAddress(bit),
    ...writeBit(bit),
    bit.score,
    bit.rises,
    bit.falls,
    bit.toggles,
    bit.penalty,
    bit.bus,
  ]);
}
