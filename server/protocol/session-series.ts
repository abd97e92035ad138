import * as z from 'zod';
import { ByteBlock } from './byte-block.ts';
import { bus } from './dbc-choice.ts';
import { DbcSignalInfo } from './dbc-files.ts';
import { seconds, session } from './sessions.ts';
import type { Wire } from './wire.ts';

/**
 * Names a series, as people write it: a field of the log (`carState.vEgo`, `pandaStates[0].voltage`), or a signal
 * (`0:0x1D2:ACCEL_NET`: bus, id, name).
 */
export const seriesKey = z.string().min(1).max(400);

/** What `sessions/findSeries` is asked. */
export const FindSeriesParams = z
  .strictObject({ session, text: z.string().max(200), limit: z.int().min(1).max(500).exactOptional() })
  .meta({ id: 'FindSeriesParams' });

/** What `sessions/findSeries` is asked. */
export type FindSeriesParams = Wire<typeof FindSeriesParams>;

/** How a series is drawn. */
export const SeriesKind = z
  .enum(['number', 'steps', 'enum', 'boolean'])
  .describe('Steps: integers of up to 16 values; enum and boolean are lanes of states');

/** Something that can be plotted. */
export const SeriesInfo = z
  .strictObject({
    key: seriesKey,
    label: z.string().describe('The telling end first: ACCEL_NET, carState.vEgo'),
    source: z.string().describe('PCM_CRUISE 0x1D2, or the service'),
    origin: z.enum(['signal', 'field']),
    bus: bus.nullable(),
    rateHz: z.number().nullable(),
    unit: z.string(),
    kind: SeriesKind,
    labels: DbcSignalInfo.shape.labels,
  })
  .meta({ id: 'SeriesInfo' });

/** Something that can be plotted. */
export type SeriesInfo = Wire<typeof SeriesInfo>;

/** Series whose names hold a text: signals first, then fields, best match first. */
export const FoundSeries = z
  .strictObject({ revision: z.int(), all: z.int(), matches: z.int(), series: z.array(SeriesInfo) })
  .meta({ id: 'FoundSeries' });

/** Series whose names hold a text. */
export type FoundSeries = Wire<typeof FoundSeries>;

const keys = z.array(seriesKey).min(1).max(60);

/** What `sessions/series` is asked. */
export const SeriesPointsParams = z
  .strictObject({
    session,
    keys,
    fromSeconds: seconds,
    toSeconds: seconds,
    columns: z.int().min(1).max(8000).describe('Pixels; all series together at most 16 000'),
  })
  .meta({ id: 'SeriesPointsParams' });

/** What `sessions/series` is asked. */
export type SeriesPointsParams = Wire<typeof SeriesPointsParams>;

/** The points of one series in a range. */
export const SeriesPoints = z
  .strictObject({
    info: SeriesInfo,
    samples: z.int().describe('In the range'),
    minimum: z.number().nullable(),
    mean: z.number().nullable(),
    maximum: z.number().nullable(),
    seconds: ByteBlock.describe('Float64, in the order of time; NaN value behind it: a gap begins'),
    values: ByteBlock.describe('Float64; of each pixel the first, least, greatest and last; NaN: a gap'),
  })
  .meta({ id: 'SeriesPoints' });

/** The points of one series in a range. */
export type SeriesPoints = Wire<typeof SeriesPoints>;

/** What `sessions/series` gives. */
export const SeriesAnswer = z
  .strictObject({
    revision: z.int(),
    series: z.array(SeriesPoints),
    unknown: z.array(z.string()).describe('Keys that nothing in this log answers to'),
    silences: z
      .array(z.strictObject({ bus: bus.nullable(), from: seconds, to: seconds }))
      .describe('A whole bus without frames for longer than 0.5 s, in the range'),
  })
  .meta({ id: 'SeriesAnswer' });

/** What `sessions/series` gives. */
export type SeriesAnswer = Wire<typeof SeriesAnswer>;

/** What `sessions/values` is asked. */
export const ValuesAtParams = z
  .strictObject({
    session,
    keys,
    atSeconds: seconds,
    step: z
      .int()
      .min(-1)
      .max(1)
      .exactOptional()
      .describe('-1 or 1: at the sample before or behind. Default 0'),
  })
  .meta({ id: 'ValuesAtParams' });

/** What `sessions/values` is asked. */
export type ValuesAtParams = Wire<typeof ValuesAtParams>;

/** The last sample at or before a time. */
export const ValuesAt = z
  .strictObject({
    revision: z.int(),
    atSeconds: seconds.describe('Of the nearest sample of all series where a step was asked, else as asked'),
    values: z.array(
      z.strictObject({
        key: seriesKey,
        seconds: z.number().nullable(),
        value: z.number().nullable().describe('Null before the first sample and in gaps'),
        label: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ValuesAt' });

/** The last sample at or before a time. */
export type ValuesAt = Wire<typeof ValuesAt>;

/** What `sessions/samples` is asked. */
export const SamplesParams = z
  .strictObject({
    session,
    keys,
    fromSeconds: seconds,
    toSeconds: seconds,
    from: z.int().min(0).describe('First row'),
    count: z.int().min(1).max(20_000),
  })
  .meta({ id: 'SamplesParams' });

/** What `sessions/samples` is asked. */
export type SamplesParams = Wire<typeof SamplesParams>;

/** Samples as the lines of a CSV file with the columns seconds, series, value, label; in the order of time. */
export const Samples = z
  .strictObject({ revision: z.int(), total: z.int(), from: z.int(), lines: z.array(z.string()) })
  .meta({ id: 'Samples' });

/** Samples as the lines of a CSV file. */
export type Samples = Wire<typeof Samples>;
