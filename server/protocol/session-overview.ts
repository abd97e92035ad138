import * as z from 'zod';
import { ByteBlock } from './byte-block.ts';
import { ChartSpan } from './charts.ts';
import { LogInfo } from './logs.ts';
import { seconds, session } from './sessions.ts';
import type { Wire } from './wire.ts';

/** Something about a log that deserves a look. */
export const LogFinding = z
  .strictObject({
    kind: z.enum(['slow', 'gap', 'problem', 'unknown', 'order', 'missing']),
    severity: z.enum(['warning', 'note']),
    service: z.string().nullable(),
    atSeconds: z.number().nullable().describe('Where to look'),
    text: z.string().describe('One line, such as "can silent for 1.51 s at 0:35.56"'),
  })
  .meta({ id: 'LogFinding' });

/** Something about a log that deserves a look. */
export type LogFinding = Wire<typeof LogFinding>;

/** When what held, over the whole log. */
export const LogBands = z
  .strictObject({
    engaged: z.array(ChartSpan),
    alerts: z.array(
      z.strictObject({ ...ChartSpan.shape, severity: z.enum(['normal', 'userPrompt', 'critical']) }),
    ),
    driverSteering: z.array(ChartSpan),
    userFlags: z.array(seconds),
    canErrors: z.array(ChartSpan),
    textErrors: z.array(seconds),
    gaps: z.array(ChartSpan).describe('No event at all, or a missing segment'),
    missingSegments: z.array(ChartSpan),
  })
  .meta({ id: 'LogBands' });

/** When what held, over the whole log. */
export type LogBands = Wire<typeof LogBands>;

/** A picture that the log holds. */
export const LogThumbnail = z
  .strictObject({ index: z.int(), seconds, service: z.string() })
  .meta({ id: 'LogThumbnail' });

/** A picture that the log holds. */
export type LogThumbnail = Wire<typeof LogThumbnail>;

/** What `sessions/overview` gives. */
export const SessionOverview = z
  .strictObject({
    revision: z.int(),
    info: LogInfo,
    ecus: z.int().nullable().describe('Firmware versions of carParams'),
    safetyModel: z.string().nullable(),
    engagedSeconds: z.number(),
    drivingSeconds: z.number().describe('From the first carState to the last; 0 without'),
    findings: z.array(LogFinding),
    bands: LogBands,
    speed: z
      .strictObject({ columns: z.int(), low: ByteBlock, high: ByteBlock })
      .nullable()
      .describe(
        'carState.vEgo in m/s, least and greatest per column over 0…durationSeconds, Float32, NaN: no data',
      ),
    thumbnails: z.array(LogThumbnail),
    textErrors: z
      .array(z.strictObject({ index: z.int(), seconds, text: z.string() }))
      .describe('The first 200 of errorLogMessage'),
    textErrorCount: z.int(),
  })
  .meta({ id: 'SessionOverview' });

/** What `sessions/overview` gives. */
export type SessionOverview = Wire<typeof SessionOverview>;

/** What `sessions/overview` is asked. */
export const SessionOverviewParams = z
  .strictObject({
    session,
    columns: z.int().min(1).max(4000).exactOptional().describe('Of speed. Default 1000'),
  })
  .meta({ id: 'SessionOverviewParams' });

/** What `sessions/overview` is asked. */
export type SessionOverviewParams = Wire<typeof SessionOverviewParams>;

/** One count per column and service: the column "over time" of wide windows. */
export const ServiceActivityParams = z
  .strictObject({ session, columns: z.int().min(1).max(500) })
  .meta({ id: 'ServiceActivityParams' });

/** What `sessions/activity` is asked. */
export type ServiceActivityParams = Wire<typeof ServiceActivityParams>;

/** Events per column of each service. */
export const ServiceActivity = z
  .strictObject({
    revision: z.int(),
    services: z.array(
      z.strictObject({
        service: z.string(),
        bytes: z.number(),
        counts: ByteBlock.describe('Uint32 per column'),
      }),
    ),
  })
  .meta({ id: 'ServiceActivity' });

/** Events per column of each service. */
export type ServiceActivity = Wire<typeof ServiceActivity>;

/** What `sessions/thumbnail` is asked. */
export const ThumbnailParams = z
  .strictObject({ session, index: z.int().min(0) })
  .meta({ id: 'ThumbnailParams' });

/** What `sessions/thumbnail` is asked. */
export type ThumbnailParams = Wire<typeof ThumbnailParams>;

/** A picture. */
export const ThumbnailImage = z
  .strictObject({ contentType: z.enum(['image/jpeg', 'image/png', 'image/webp']), bytes: ByteBlock })
  .meta({ id: 'ThumbnailImage' });

/** A picture. */
export type ThumbnailImage = Wire<typeof ThumbnailImage>;
