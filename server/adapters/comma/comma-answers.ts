import * as z from 'zod';

const MOST_ADDRESSES = 10_000;
const MOST_SEGMENTS = 100_000;

const Addresses = z
  .array(z.string().max(8192))
  .max(MOST_ADDRESSES)
  .nullish()
  .transform((urls) => urls ?? []);

/** Answer of `/v1/route/{route}/files`. */
export const RouteFilesAnswer = z.object({
  logs: Addresses,
  qlogs: Addresses,
  cameras: Addresses,
  dcameras: Addresses,
  ecameras: Addresses,
  qcameras: Addresses,
});

/** A time with or without its zone, which is UTC then, or milliseconds. */
const Time = z
  .union([z.string().max(100), z.number()])
  .nullish()
  .transform((time) => (typeof time === 'string' ? readTime(time) : (time ?? undefined)))
  .transform((ms) => (ms !== undefined && isCalendarTime(ms) ? ms : undefined));

const SegmentAnswer = z
  .object({ url: z.string().max(8192).nullish(), start_time_utc: Time })
  .transform(({ url, start_time_utc: startMs }) => ({ url: url ?? '', startMs }));

/** Answer of `/v1/device/{dongle}/segments`. */
export const SegmentsAnswer = z
  .object({ segments: z.array(SegmentAnswer).max(MOST_SEGMENTS).nullish() })
  .transform(({ segments }) => segments ?? []);

function readTime(text: string): number {
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
}

/** Written with four digits of year; anything else is no time of a drive. */
function isCalendarTime(ms: number): boolean {
  return ms >= 0 && ms < Date.UTC(10_000, 0);
}
