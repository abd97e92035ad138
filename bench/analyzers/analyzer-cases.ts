import type { ParameterValues } from '#protocol';

/** A tool as it is measured. */
export interface AnalyzerCase {
  /** Of the tool; the row of frames to columns has its own. */
  readonly id: string;
  readonly parameters: ParameterValues;
  /** How many times as long as reading the frames to columns it may take, at most. */
  readonly ratioLimit?: number;
  /** How long it may take, at most. */
  readonly millisecondsLimit?: number;
  /** One that takes seconds is repeated less often. */
  readonly isLong?: boolean;
}

/** The row that the others are compared with. */
export const READING = 'frames to columns';

/** Every tool of logs; what they are given asks as much of them as users do. */
export const ANALYZER_CASES: readonly AnalyzerCase[] = [
  {
    id: 'cruise-control-analyzer',
    parameters: { export_csv: true, export_json: true },
    ratioLimit: 4,
  },
  { id: 'can-bitwatch', parameters: { window_start: 20, window_dur: 10 }, ratioLimit: 4 },
  { id: 'log-stats', parameters: {}, ratioLimit: 6 },
  { id: 'find-signal', parameters: { field: 'carState.vEgo' }, millisecondsLimit: 5000, isLong: true },
  { id: 'can-unique', parameters: { background_times: ['0-20'], interesting_times: ['20.5-50'] } },
  { id: 'can-bit-transition', parameters: { low: ['5-15'], high: ['21-29'] } },
  { id: 'signals-export', parameters: { fields: ['carState.*'] } },
  { id: 'rlog-to-csv', parameters: {} },
];
