import { CtsError } from '#protocol';
import * as z from 'zod';
import { parseBitSelector, type BitWatch } from '../../core/can/bits/bit-position.ts';
import { parseTimeRanges } from '../reading/time-ranges.ts';
import type { ParameterConflict } from '../tool.ts';
import type { CruiseOptions, EngagedOptions, MarkerOptions } from './analysis/cruise-analysis.ts';

const DEFAULT_RANGE = { min: 55, max: 56 };

/** What can be chosen; the names and defaults of the first seventeen are those of comma-tools. */
export const cruiseParameters = z.strictObject({
  speed_min: z.number().min(0).default(DEFAULT_RANGE.min).describe('Lower end of the target speed, in mph'),
  speed_max: z.number().min(0).default(DEFAULT_RANGE.max).describe('Upper end of the target speed, in mph'),
  repo_root: z
    .string()
    .optional()
    .meta({ description: 'Accepted and ignored: no openpilot checkout is needed', deprecated: true }),
  deps_dir: z
    .string()
    .optional()
    .meta({ description: 'Accepted and ignored: no Python packages are needed', deprecated: true }),
  install_missing_deps: z
    .boolean()
    .default(false)
    .meta({ description: 'Accepted and ignored: nothing has to be installed', deprecated: true }),
  marker_type: z
    .enum(['none', 'blinkers', 'manual', 'cruise-buttons'])
    .default('blinkers')
    .describe(
      'What marks a stretch of the drive: the left blinker and then the right one, the times in marker_times, or SET ' +
        'and then MAIN or RESUME',
    ),
  marker_pre: z
    .number()
    .min(0)
    .default(1.5)
    .describe('Seconds before the start of a marker that belong to it'),
  marker_post: z.number().min(0).default(1.5).describe('Seconds after the end of a marker that belong to it'),
  marker_timeout: z
    .number()
    .min(0)
    .default(15)
    .describe('A marker that is not ended after so many seconds is forgotten'),
  export_csv: z.boolean().default(false).describe('Leave the tables as CSV files'),
  export_json: z.boolean().default(false).describe('Leave the tables as JSON files'),
  output_dir: z.string().default('.').meta({
    description: 'Accepted and ignored: files become artifacts of the run; --out-dir brings them',
    deprecated: true,
  }),
  engaged_bit: z
    .string()
    .optional()
    .describe(
      'A bit that is 1 while cruise control is engaged: 0x241:B6b0, 0x241:B6.7 or 0x241:b55; a bus may stand in front',
    ),
  engaged_bus: z
    .int()
    .min(0)
    .max(255)
    .optional()
    .describe('Bus of engaged_bit. Default: the one that carries most frames of the message'),
  engaged_mode: z
    .enum(['annotate', 'filter'])
    .default('annotate')
    .describe('filter keeps only edges, runs and moments within engaged intervals'),
  engaged_margin: z
    .number()
    .min(0)
    .default(0.5)
    .describe('Seconds by which engaged intervals are widened on both sides'),
  marker_times: z
    .array(z.string())
    .max(1000)
    .default([])
    .describe(
      'For marker_type manual: stretches such as 12.5-14 or 1:05-1:20.5 after the first event of the log',
    ),
  watch: z
    .array(z.string())
    .max(1000)
    .default([])
    .describe('Further bits whose runs are listed, in the forms of engaged_bit'),
  max_events: z
    .int()
    .min(1)
    .optional()
    .describe('Look at so many events of the log only. Default: all of them'),
});

/** What was chosen. */
export type CruiseParameters = z.output<typeof cruiseParameters>;

/** Refuses values that contradict each other, and bits and times that cannot be read. */
export function checkCruiseParameters(parameters: CruiseParameters): ParameterConflict | undefined {
  return (
    checkSpeeds(parameters) ?? checkMarkers(parameters) ?? checkBits(parameters) ?? checkEngaged(parameters)
  );
}

/** @param zeroSeconds Where second 0 of the log lies on the time line of the frames. */
export function toCruiseOptions(parameters: CruiseParameters, zeroSeconds: number): CruiseOptions {
  return {
    speedRange: { minMph: parameters.speed_min, maxMph: parameters.speed_max },
    markers: toMarkerOptions(parameters),
    engaged: toEngagedOptions(parameters),
    watches: parameters.watch.map(parseBitSelector),
    zeroSeconds,
  };
}

function toMarkerOptions(parameters: CruiseParameters): MarkerOptions {
  return {
    type: parameters.marker_type,
    preSeconds: parameters.marker_pre,
    postSeconds: parameters.marker_post,
    timeoutSeconds: parameters.marker_timeout,
    manual: parseTimeRanges(parameters.marker_times, 'marker_times').map(({ from, to }) => ({
      startSeconds: from,
      endSeconds: to,
    })),
  };
}

function toEngagedOptions(parameters: CruiseParameters): EngagedOptions | undefined {
  const { engaged_bit, engaged_bus, engaged_mode, engaged_margin } = parameters;
  if (engaged_bit === undefined) return undefined;
  const bit = parseBitSelector(engaged_bit);
  return { bit: { ...bit, bus: engaged_bus ?? bit.bus }, mode: engaged_mode, marginSeconds: engaged_margin };
}

function checkSpeeds({ speed_min, speed_max }: CruiseParameters): ParameterConflict | undefined {
  if (speed_min <= speed_max) return undefined;
  return { parameter: 'speed_min', expected: `must be at most speed_max, which is ${String(speed_max)}` };
}

function checkMarkers({ marker_type, marker_times }: CruiseParameters): ParameterConflict | undefined {
  parseTimeRanges(marker_times, 'marker_times');
  if (marker_type === 'manual' && marker_times.length === 0)
    return {
      parameter: 'marker_times',
      expected: 'must hold at least one stretch where marker_type is manual',
    };
  if (marker_type !== 'manual' && marker_times.length > 0)
    return { parameter: 'marker_times', expected: `must be left out where marker_type is ${marker_type}` };
  return undefined;
}

function checkBits({ engaged_bit, watch }: CruiseParameters): ParameterConflict | undefined {
  const engaged = engaged_bit === undefined ? undefined : checkBit('engaged_bit', engaged_bit);
  if (engaged !== undefined) return engaged;
  return watch.map((text) => checkBit('watch', text)).find((conflict) => conflict !== undefined);
}

function checkBit(parameter: string, text: string): ParameterConflict | undefined {
  const bit = readBit(text);
  if (!(bit instanceof CtsError)) return undefined;
  const forms = 'such as 0x241:B6b0, 0x241:B6.7, 0x241:b55 or 0:0x241:b55';
  return { parameter, expected: `must name a bit of a message, ${forms}. ${bit.message}` };
}

function readBit(text: string): BitWatch | CtsError {
  try {
    return parseBitSelector(text);
  } catch (error) {
    if (error instanceof CtsError) return error;
    throw error;
  }
}

function checkEngaged({
  engaged_bit,
  engaged_bus,
  engaged_mode,
}: CruiseParameters): ParameterConflict | undefined {
  if (engaged_bit === undefined) {
    if (engaged_mode === 'filter')
      return { parameter: 'engaged_bit', expected: 'must be given where engaged_mode is filter' };
    if (engaged_bus !== undefined)
      return {
        parameter: 'engaged_bit',
        expected: `must be given where engaged_bus is (${String(engaged_bus)})`,
      };
    return undefined;
  }
  const { bus } = parseBitSelector(engaged_bit);
  if (bus === undefined || engaged_bus === undefined || bus === engaged_bus) return undefined;
  return {
    parameter: 'engaged_bus',
    expected: `must be ${String(bus)}, the bus that engaged_bit names, or be left out`,
  };
}
