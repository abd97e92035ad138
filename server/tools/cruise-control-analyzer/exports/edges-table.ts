import type { Row, TableSchema } from '../../../core/table/table-schema.ts';
import {
  ADDRESS_COLUMN,
  BIT_COLUMNS,
  BUS_COLUMN,
  describeTimeColumns,
  SPEED_COLUMN,
  writeAddress,
  writeBit,
  writeSpeed,
  writeTime,
} from './bit-columns.ts';
import type { BitEdge } from '../analysis/cruise-findings.ts';

export const EDGES_TABLE: TableSchema = {
  name: 'edges',
  version: 'edges.v2',
  description:
    'Every change of a bit of the cruise buttons, the cruise status, ES_Brake and the brake pedal, on every bus; by time',
  columns: [
    ADDRESS_COLUMN,
    ...BIT_COLUMNS,
    ...describeTimeColumns('ts', 'Seconds of the first frame with the new value'),
    { name: 'edge_type', type: 'text', description: 'rise or fall' },
    SPEED_COLUMN,
    BUS_COLUMN,
    { name: 'signal', type: 'text', description: 'Name of the bit' },
    {
      name: 'main',
      type: 'boolean',
      description: 'Whether cruise control was switched on then; empty: unknown',
    },
    { name: 'brake', type: 'boolean', description: 'Whether the brake lights were lit then; empty: unknown' },
  ],
};

export function listEdges(edges: readonly BitEdge[]): readonly Row[] {
  return edges.map((edge) => [
    writeAddress(edge),
    ...writeBit(edge),
    ...writeTime(edge.seconds),
    edge.edge,
    writeSpeed(edge.speed),
    edge.bus,
    edge.signal,
    edge.isCruiseOn ?? null,
    edge.isBraking ?? null,
  ]);
}
