import * as z from 'zod';
import { bus, BusDatabase, onLog } from './dbc-choice.ts';
import { DbcSignalInfo } from './dbc-files.ts';
import { LoadReport } from './load-report.ts';
import type { Wire } from './wire.ts';

const arbitrationId = z.int().min(0).max(0x1fff_ffff);
const name = z.string().min(1).max(1000);
const seconds = z.number().describe('From second 0 of the log');

/** A message as it was recorded, with its name. */
export const LogMessage = z
  .strictObject({
    bus,
    arbitrationId: z.number(),
    name: z.string().nullable().describe('Null where no database has it'),
    transmitters: z.array(z.string()),
    comment: z.string().nullable(),
    frames: z.number(),
    rateHz: z.number().nullable().describe('Null with fewer than two frames'),
    cycleTimeMs: z.number().nullable().describe('As the database says'),
    sizes: z.array(z.number()).describe('Bytes of payload that occurred'),
    sizeBytes: z.number().nullable().describe('As the database says'),
    signals: z.number(),
    checksums: z.strictObject({ checked: z.number(), wrong: z.number() }).nullable(),
    counters: z.strictObject({ checked: z.number(), wrong: z.number() }).nullable(),
  })
  .meta({ id: 'LogMessage' });

/** A message as it was recorded, with its name. */
export type LogMessage = Wire<typeof LogMessage>;

/** Messages of a log. */
export const LogMessages = z
  .strictObject({
    startMonoTime: z.string().nullable(),
    buses: z.array(BusDatabase),
    messages: z.array(LogMessage).describe('By bus and id'),
    report: LoadReport,
  })
  .meta({ id: 'LogMessages' });

/** Messages of a log. */
export type LogMessages = Wire<typeof LogMessages>;

/** What `dbc/signals` is asked. */
export const ListSignalsParams = z
  .strictObject({
    ...onLog,
    bus: bus.exactOptional(),
    arbitrationId: arbitrationId.exactOptional(),
    search: z.string().max(200).exactOptional().describe('Part of the name of a signal or message'),
    limit: z.int().min(1).max(10_000).exactOptional().describe('Most to list. Default 1000'),
  })
  .meta({ id: 'ListSignalsParams' });

/** What `dbc/signals` is asked. */
export type ListSignalsParams = Wire<typeof ListSignalsParams>;

/** Signals that occur in a log. */
export const LogSignals = z
  .strictObject({
    signals: z.array(
      z.strictObject({
        bus,
        arbitrationId: z.number(),
        message: z.string(),
        frames: z.number(),
        signal: DbcSignalInfo,
      }),
    ),
    omitted: z.number(),
    buses: z.array(BusDatabase),
  })
  .meta({ id: 'LogSignals' });

/** Signals that occur in a log. */
export type LogSignals = Wire<typeof LogSignals>;

/** One signal on one bus. */
export const SignalQuery = z.strictObject({ bus, arbitrationId, signal: name }).meta({ id: 'SignalQuery' });

/** One signal on one bus. */
export type SignalQuery = Wire<typeof SignalQuery>;

/** What `dbc/series` is asked. */
export const SignalSeriesParams = z
  .strictObject({
    ...onLog,
    signals: z.array(SignalQuery).min(1).max(200),
    fromSeconds: seconds.exactOptional(),
    toSeconds: seconds.exactOptional(),
    columns: z.int().min(1).max(20_000).exactOptional().describe('Pixels to draw into. Default 920'),
  })
  .meta({ id: 'SignalSeriesParams' });

/** What `dbc/series` is asked. */
export type SignalSeriesParams = Wire<typeof SignalSeriesParams>;

/** Signals over time, as many points as can be seen. */
export const SignalSeries = z
  .strictObject({
    startMonoTime: z.string().nullable(),
    fromSeconds: seconds,
    toSeconds: seconds,
    series: z.array(
      z.strictObject({
        ...SignalQuery.shape,
        unit: z.string(),
        labels: DbcSignalInfo.shape.labels,
        isStepped: z.boolean().describe('Whether a value holds until the next'),
        samples: z.number().describe('Values in the range of time'),
        minimum: z.number().nullable().describe('Of all samples in the range; null without one'),
        maximum: z.number().nullable(),
        seconds: z.array(z.number()),
        values: z
          .array(z.number().nullable())
          .describe('Of each pixel the first, least, greatest and last; null: a gap'),
      }),
    ),
    report: LoadReport.describe('Of the segments that were read: those of the range'),
  })
  .meta({ id: 'SignalSeries' });

/** Signals over time, as many points as can be seen. */
export type SignalSeries = Wire<typeof SignalSeries>;

/** What `dbc/values` is asked. */
export const SignalValuesParams = z
  .strictObject({
    ...onLog,
    atSeconds: seconds,
    messages: z.array(z.strictObject({ bus, arbitrationId })).max(5000).exactOptional(),
  })
  .meta({ id: 'SignalValuesParams' });

/** What `dbc/values` is asked. */
export type SignalValuesParams = Wire<typeof SignalValuesParams>;

/** The last frame of each message at a time, decoded. */
export const SignalValues = z
  .strictObject({
    startMonoTime: z.string().nullable(),
    messages: z.array(
      z.strictObject({
        bus,
        arbitrationId: z.number(),
        name: z.string().nullable(),
        seconds: seconds.describe('When that frame came'),
        dataHex: z.string(),
        isChecksumRight: z.boolean().nullable().describe('Null where there is none to check'),
        signals: z.array(
          z.strictObject({
            name: z.string(),
            raw: z.string().nullable().describe('As decimal text; null where the frame does not hold it'),
            value: z.number().nullable(),
            label: z.string().nullable(),
            unit: z.string(),
          }),
        ),
      }),
    ),
    report: LoadReport,
  })
  .meta({ id: 'SignalValues' });

/** The last frame of each message at a time, decoded. */
export type SignalValues = Wire<typeof SignalValues>;
