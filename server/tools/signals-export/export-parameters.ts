import * as z from 'zod';
import { busFilesParameter } from '../file-parameter.ts';
import type { ParameterConflict } from '../tool.ts';

/** What can be chosen of an export. */
export const exportParameters = z.strictObject({
  fields: z
    .array(z.string().min(1).max(300))
    .max(2000)
    .default([])
    .describe(
      'Log fields, such as carState.vEgo,carState.gearShifter; carState.* for all numbers of a service',
    ),
  signals: z
    .array(z.string().min(1).max(1000))
    .max(2000)
    .default([])
    .describe(
      'Signals of CAN messages: SIGNAL, MESSAGE.SIGNAL, patterns such as WHEEL_SPEEDS.*, on one bus 1:MESSAGE.SIGNAL',
    ),
  dbc: busFilesParameter({
    kinds: ['text'],
    description: 'DBC files that signals are read with: FILE for all buses, 0=FILE for one bus',
  }),
  format: z.enum(['csv', 'parquet']).default('csv').describe('Form of the file'),
  layout: z
    .enum(['wide', 'long'])
    .default('wide')
    .describe('wide: a column for each field; long: a row for each value, with time, signal and value'),
  rate_hz: z
    .number()
    .min(0.001)
    .max(100_000)
    .optional()
    .describe('Rows per second, at whole multiples after second 0. Default: rows as recorded'),
  interpolation: z
    .enum(['previous', 'linear'])
    .default('previous')
    .describe(
      'With rate_hz: the last value, or for numbers the line between two; Booleans and enums keep their last value',
    ),
  fill: z
    .enum(['none', 'previous'])
    .default('none')
    .describe('As recorded and wide: leave cells without a value empty, or write the last one into them'),
  max_gap: z
    .number()
    .min(0.001)
    .optional()
    .describe('Seconds for which a value is carried on or a line drawn at most. Default: any time'),
  time: z
    .enum(['relative', 'uptime', 'ns'])
    .default('relative')
    .describe(
      'Time column: seconds after second 0, seconds since the device was started, or those in nanoseconds',
    ),
  time_from: z.number().optional().describe('First time to export, in seconds after second 0'),
  time_to: z.number().optional().describe('Last time to export, in seconds after second 0'),
  enums: z.enum(['names', 'numbers']).default('names').describe('How values of enums are written'),
  schema: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Log schema to read with, such as v0.9.8. Default: the one that the log names'),
});

/** Parameters as they are after checking. */
export type ExportParameters = z.output<typeof exportParameters>;

/** Finds parameters that contradict each other. */
export function findExportConflict(parameters: ExportParameters): ParameterConflict | undefined {
  return [
    checkFields(parameters),
    checkTimes(parameters),
    checkFill(parameters),
    checkInterpolation(parameters),
    checkGap(parameters),
  ].find((conflict) => conflict !== undefined);
}

type Check = (parameters: ExportParameters) => ParameterConflict | undefined;

const checkFields: Check = ({ fields, signals, dbc }) => {
  if (signals.length > 0 && dbc.length === 0)
    return expect('dbc', 'must name the DBC files that signals are read with');
  if (dbc.length > 0 && signals.length === 0)
    return expect('signals', 'must name signals of the DBC files, or * for all that were recorded');
  if (fields.length + signals.length > 0) return undefined;
  return expect(
    'fields',
    'must name at least one log field, such as carState.vEgo, or signals a signal of dbc',
  );
};

const checkTimes: Check = ({ time_from, time_to }) =>
  time_from === undefined || time_to === undefined || time_to >= time_from
    ? undefined
    : expect('time_to', `must be at least time_from (${String(time_from)})`);

const checkFill: Check = ({ fill, layout, rate_hz }) => {
  if (fill === 'none') return undefined;
  if (layout === 'long') return expect('fill', 'must be none with layout=long, which has no empty cells');
  return rate_hz === undefined
    ? undefined
    : expect('fill', 'must be none with rate_hz: interpolation says what stands between samples');
};

const checkInterpolation: Check = ({ interpolation, rate_hz }) =>
  interpolation === 'previous' || rate_hz !== undefined
    ? undefined
    : expect('interpolation', 'must be previous without rate_hz: rows as recorded are not interpolated');

const checkGap: Check = ({ max_gap, rate_hz, fill }) =>
  max_gap === undefined || rate_hz !== undefined || fill === 'previous'
    ? undefined
    : expect('max_gap', 'needs rate_hz or fill=previous: without them no value is carried on');

function expect(parameter: keyof ExportParameters, expected: string): ParameterConflict {
  return { parameter, expected };
}
