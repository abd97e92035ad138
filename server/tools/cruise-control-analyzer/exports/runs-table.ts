import type { Cell, Row, TableSchema } from '../../../core/table/table-schema.ts';
import { roundHalfEvenTo } from '../../../core/text/python-number.ts';
import { formatMinutes } from '../../../core/text/minutes-text.ts';
import {
  ADDRESS_COLUMN,
  BIT_COLUMNS,
  BUS_COLUMN,
  describeTimeColumns,
  writeAddress,
  writeBit,
  writeTime,
} from './bit-columns.ts';
import type { BitRun, EngagedAnalysis } from '../analysis/cruise-findings.ts';

const STRETCH_COLUMNS: TableSchema['columns'] = [
  ADDRESS_COLUMN,
  ...BIT_COLUMNS,
  ...describeTimeColumns('start', 'Seconds at which it begins'),
  ...describeTimeColumns('end', 'Seconds at which it ends'),
  { name: 'duration_s', type: 'float', unit: 's', description: 'From start to end, rounded to milliseconds' },
  { name: 'duration_mmss', type: 'text', description: 'duration_s as mm:ss.mmm' },
  BUS_COLUMN,
];

export const RUNS_TABLE: TableSchema = {
  name: 'runs',
  version: 'runs.v2',
  description:
    'Stretches in which a bit was 1, and the markers; longest first. A marker that nothing ended has end 0.0 and ' +
    '"incomplete"',
  columns: [
    ...STRETCH_COLUMNS,
    {
      name: 'origin',
      type: 'text',
      description:
        'Why it is listed: signal (a bit of cruise control), watch (asked for), window-only (toggles in a marker ' +
        'window and never else), marker',
    },
    { name: 'signal', type: 'text', description: 'Name of the bit, where it has one' },
    { name: 'open_at_start', type: 'boolean', description: 'The bit was 1 in the first frame already' },
    { name: 'open_at_end', type: 'boolean', description: 'The bit was still 1 in the last frame' },
  ],
};

export const ENGAGED_TABLE: TableSchema = {
  name: 'engaged_intervals',
  version: 'engaged_intervals.v1',
  description:
    'When the engaged bit was 1, widened by the margin; intervals that overlap or touch are one; by time',
  columns: STRETCH_COLUMNS,
};

export function listRuns(runs: readonly BitRun[]): readonly Row[] {
  return runs.map((run) => [
    writeAddress(run),
    ...writeBit(run),
    ...writeStretch(run.startSeconds, run.endSeconds),
    run.bus ?? null,
    run.origin,
    run.signal ?? null,
    run.isOpenAtStart,
    run.isOpenAtEnd,
  ]);
}

export function listEngaged(engaged: EngagedAnalysis | undefined): readonly Row[] {
  if (engaged === undefined) return [];
  return engaged.intervals.map(({ startSeconds, endSeconds }) => [
    writeAddress(engaged.bit),
    ...writeBit(engaged.bit),
    ...writeStretch(startSeconds, endSeconds),
    engaged.bus ?? null,
  ]);
}

/** Cells from `start_abs` to `duration_mmss`. */
function writeStretch(startSeconds: number, endSeconds: number | undefined): readonly Cell[] {
  const start = writeTime(startSeconds);
  if (endSeconds === undefined) return [...start, 0, 0, 'incomplete', 0, formatMinutes(0)];
  const duration = roundHalfEvenTo(endSeconds - startSeconds, 3);
  return [...start, ...writeTime(endSeconds), duration, formatMinutes(duration)];
}
