import * as z from 'zod';
import { LoadReport } from './load-report.ts';
import type { Wire } from './wire.ts';

const reading = {
  path: z.string().min(1).max(4096).describe('A file, a folder of segments, or the name of a route'),
  schema: z
    .string()
    .exactOptional()
    .describe("Schema to read with; chosen from the log's initData when left out"),
  maxBytes: z
    .int()
    .min(1)
    .exactOptional()
    .describe('Most bytes to decompress of one segment; a limit against bombs is set when left out'),
  resync: z
    .boolean()
    .exactOptional()
    .describe('Whether to search for the next whole message behind bytes that are none. Default true'),
};

/** Which log is read, and how. */
export const LogReading = z.strictObject(reading).meta({ id: 'LogReading' });

/** Which log is read, and how. */
export type LogReading = Wire<typeof LogReading>;

/** What `logs/info` is asked. */
export type LogInfoParams = LogReading;

/** One service of a log. */
export const ServiceInfo = z
  .strictObject({
    service: z.string().describe("Name under the log's schema; unknown(<tag>) where it has none"),
    tag: z.number().describe('Union tag on the wire'),
    count: z.number(),
    rateHz: z
      .number()
      .nullable()
      .describe("Events per second between the service's first and last event; null with fewer than two"),
    expectedHz: z
      .number()
      .nullable()
      .describe('Rate that openpilot promises; null where there is none, or the service speaks on demand'),
    longestGap: z
      .strictObject({ seconds: z.number(), fromSeconds: z.number() })
      .nullable()
      .describe('Longest time without an event, and when it began; null with fewer than two events'),
    firstSeconds: z.number().describe("From second 0 of the log to the service's first event"),
    lastSeconds: z.number().describe("From second 0 of the log to the service's last event"),
  })
  .meta({ id: 'ServiceInfo' });

/** One service of a log. */
export type ServiceInfo = Wire<typeof ServiceInfo>;

/** What a log says of the device and software that wrote it; null where it does not say. */
export const DeviceInfo = z
  .strictObject({
    dongleId: z.string().nullable(),
    deviceType: z.string().nullable(),
    version: z.string().nullable(),
    gitCommit: z.string().nullable(),
    gitBranch: z.string().nullable(),
    gitRemote: z.string().nullable(),
    isDirty: z.boolean().nullable(),
  })
  .meta({ id: 'DeviceInfo' });

/** What a log says of the device and software that wrote it; null where it does not say. */
export type DeviceInfo = Wire<typeof DeviceInfo>;

/** What a log says of the car; null where it does not say. */
export const CarInfo = z
  .strictObject({
    fingerprint: z.string().nullable(),
    brand: z.string().nullable(),
    vin: z.string().nullable().describe('All but the first characters masked'),
  })
  .meta({ id: 'CarInfo' });

/** What a log says of the car; null where it does not say. */
export type CarInfo = Wire<typeof CarInfo>;

/** CAN frames of one bus. */
export const BusInfo = z
  .strictObject({
    bus: z
      .number()
      .describe('0 to 127 received, +128 sent by openpilot and echoed, +192 rejected by the panda'),
    frames: z.number(),
    arbitrationIds: z.number(),
  })
  .meta({ id: 'BusInfo' });

/** CAN frames of one bus. */
export type BusInfo = Wire<typeof BusInfo>;

/** Everything that one pass over a log tells. */
export const LogInfo = z
  .strictObject({
    path: z.string(),
    name: z.string(),
    route: z.string().nullable().describe('dongle/log; null where neither path nor log tell it'),
    device: DeviceInfo,
    car: CarInfo,
    schema: z
      .strictObject({ id: z.string(), reason: z.string() })
      .describe('The schema the log was read with, and why it was chosen'),
    startMonoTime: z
      .string()
      .nullable()
      .describe(
        'Nanoseconds since boot as decimal text, null without events: second 0 of the log, which is the earliest event ' +
          'of its first segment, initData and sentinels aside (segments repeat what was written when logging began)',
      ),
    monoTime: z
      .strictObject({ first: z.string(), last: z.string(), min: z.string(), max: z.string() })
      .nullable()
      .describe('Of all events, initData too: the first and last in the file, the earliest and the latest'),
    durationSeconds: z.number().describe('From second 0 to the latest event'),
    inversions: z.number().describe('Events that are earlier than the one before them in the file'),
    services: z.array(ServiceInfo).describe('By count, most first'),
    buses: z.array(BusInfo).describe('Frames of can events by bus'),
    report: LoadReport,
  })
  .meta({ id: 'LogInfo' });

/** Everything that one pass over a log tells. */
export type LogInfo = Wire<typeof LogInfo>;

/** What `logs/readEvents` is asked. */
export const ReadEventsParams = z
  .strictObject({
    ...reading,
    services: z
      .array(z.string())
      .max(200)
      .exactOptional()
      .describe('Services to keep, by any name they ever had; all when left out'),
    fromSeconds: z
      .number()
      .exactOptional()
      .describe('From second 0 of the log; both ends belong to the range'),
    toSeconds: z.number().exactOptional().describe('From second 0 of the log'),
    limit: z.int().min(1).exactOptional().describe('Most events to deliver'),
  })
  .meta({ id: 'ReadEventsParams' });

/** What `logs/readEvents` is asked. */
export type ReadEventsParams = Wire<typeof ReadEventsParams>;

/** What `logs/readEvents` comes to, when the events themselves have been delivered. */
export const ReadEventsResult = z
  .strictObject({ delivered: z.number(), report: LoadReport })
  .meta({ id: 'ReadEventsResult' });

/** What `logs/readEvents` comes to, when the events themselves have been delivered. */
export type ReadEventsResult = Wire<typeof ReadEventsResult>;

/** Events as JSON, one object each: `logMonoTime` (decimal text), `valid`, and the service's content under its name. */
export const EventsRead = z.strictObject({ lines: z.array(z.string()) }).meta({ id: 'EventsRead' });

/** Events as JSON, one object each. */
export type EventsRead = Wire<typeof EventsRead>;
