import * as z from 'zod';
import { CtsError } from '#protocol';
import { parseWatch } from '../../core/can/bits/bit-position.ts';
import { busFilesParameter, fileParameter } from '../file-parameter.ts';
import type { ParameterConflict } from '../tool.ts';
import { readSignalName } from './signal-name.ts';

/** Bits that are watched where nothing else is asked for; those of comma-tools. */
export const DEFAULT_WATCH: readonly string[] = ['0x027:B4b5', '0x027:B5b1', '0x67A:B3b7', '0x321:B5b1'];

/** What can be chosen; names and defaults of the first three are those of comma-tools. */
export const bitwatchParameters = z.strictObject({
  output_prefix: z
    .string()
    .max(1000)
    .default('analysis')
    .describe('The files are called PREFIX.counts.csv and so on; of a path, its last part'),
  window_start: z
    .number()
    .optional()
    .describe(
      'For a log: start of the window, in seconds after the first can event. For CSV, where rows are labelled: second 0 ' +
        'of the column rel, and where the search for pulses begins. Default for CSV: the first row labelled window',
    ),
  watch: z
    .array(z.string().max(200))
    .max(1000)
    .default([...DEFAULT_WATCH])
    .describe(
      'Bits whose edges are listed: 0x027:B4b5 (byte 4, bit 5 from the most significant), 0x027:B4.2 (bit 2 from the ' +
        'least significant) or 0x027:34 (global index); a bus may stand in front, as in 0:0x027:34. With dbc also SIGNAL or MESSAGE.SIGNAL, all its bits. An empty list: none. ' +
        'The default gives way to a watchlist',
    ),
  dbc: busFilesParameter({
    kinds: ['text'],
    description: 'DBC files whose signals watch may name: FILE for all buses, 0=FILE for one bus',
  }),
  watchlist: fileParameter({
    kinds: ['text'],
    description: 'A file with more bits to watch: one a line, and a comment behind #',
  }),
  window_dur: z.number().min(0).optional().describe('For a log: length of the window in seconds'),
  window_end: z
    .number()
    .optional()
    .describe(
      'For a log: end of the window, instead of window_dur. For CSV: where the search for pulses ends',
    ),
  marker: z
    .enum(['none', 'blinkers'])
    .default('none')
    .describe(
      'For a log, instead of times: windows from the last flash of the left blinker to the first of the right one (Subaru, 0x390)',
    ),
  marker_pre: z
    .number()
    .min(0)
    .default(1.5)
    .describe('Seconds before the start of a marker that belong to it'),
  marker_post: z.number().min(0).default(1.5).describe('Seconds after the end of a marker that belong to it'),
  buses: z
    .array(z.union([z.int(), z.string().max(20)]))
    .max(256)
    .default([])
    .describe('Only frames of these buses. Default: all'),
  pulse_sec: z
    .number()
    .positive()
    .default(2)
    .describe('Length of the pulses that are looked for, in seconds'),
  pulse_tol: z.number().min(0).default(0.5).describe('How far a pulse may be from that length, in seconds'),
  pulse_count: z.int().min(1).max(1000).default(3).describe('How many pulses there must be'),
  payload_bytes: z
    .int()
    .min(1)
    .max(64)
    .default(8)
    .describe('How many bytes of a payload are compared; CAN FD carries up to 64'),
  export_json: z.boolean().default(false).describe('Leave the tables as JSON files too'),
});

/** What was chosen. */
export type BitwatchParameters = z.output<typeof bitwatchParameters>;

/**
 * Refuses values that contradict each other or that cannot be read.
 */
export function checkBitwatchParameters(parameters: BitwatchParameters): ParameterConflict | undefined {
  return (
    checkWatch(parameters) ??
    checkWindow(parameters) ??
    checkMarker(parameters) ??
    checkBuses(parameters) ??
    checkPrefix(parameters)
  );
}

function checkWatch({ watch, dbc }: BitwatchParameters): ParameterConflict | undefined {
  for (const each of watch) {
    if (dbc.length > 0 && readSignalName(each) !== undefined) continue;
    try {
      parseWatch(each);
    } catch (error) {
      if (!(error instanceof CtsError)) throw error;
      return { parameter: 'watch', expected: `must name bits of messages. ${error.message}` };
    }
  }
  return undefined;
}

function checkWindow({
  window_start,
  window_dur,
  window_end,
}: BitwatchParameters): ParameterConflict | undefined {
  if (window_dur !== undefined && window_end !== undefined)
    return { parameter: 'window_dur', expected: 'must not be given together with window_end' };
  if (window_dur !== undefined && window_start === undefined)
    return { parameter: 'window_dur', expected: 'needs window_start beside it' };
  if (window_start !== undefined && window_end !== undefined && window_end <= window_start)
    return { parameter: 'window_end', expected: `must be later than window_start (${String(window_start)})` };
  return undefined;
}

function checkMarker(parameters: BitwatchParameters): ParameterConflict | undefined {
  if (parameters.marker === 'none') return undefined;
  const times = (['window_start', 'window_dur', 'window_end'] as const).find(
    (name) => parameters[name] !== undefined,
  );
  if (times === undefined) return undefined;
  return {
    parameter: 'marker',
    expected: `must be none where ${times} is given: each says where the window is`,
  };
}

function checkBuses({ buses }: BitwatchParameters): ParameterConflict | undefined {
  if (buses.every((bus) => !Number.isNaN(readBus(bus)))) return undefined;
  return { parameter: 'buses', expected: 'must hold numbers from 0 to 255' };
}

function checkPrefix({ output_prefix }: BitwatchParameters): ParameterConflict | undefined {
  const name = takeFileName(output_prefix);
  if (/^(?!\.*$)[^\p{Cc}]{1,150}$/u.test(name)) return undefined;
  return { parameter: 'output_prefix', expected: 'must end in a file name of at most 150 characters' };
}

/** The last part of a path. */
export function takeFileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? '';
}

/** The buses that are looked at; undefined: all. */
export function selectBuses({ buses }: BitwatchParameters): ReadonlySet<number> | undefined {
  return buses.length === 0 ? undefined : new Set(buses.map(readBus));
}

function readBus(bus: number | string): number {
  const value = typeof bus === 'string' && !/^\s*\d{1,3}\s*$/.test(bus) ? NaN : Number(bus);
  return value >= 0 && value <= 255 ? value : NaN;
}
