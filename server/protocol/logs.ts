import type { LoadReport } from './load-report.ts';

/** Which log is read, and how. */
export interface LogReading {
  /** A file, a folder of segments, or the name of a route. */
  readonly path: string;
  /** Schema to read with, as `cts info` names it; chosen from the log's initData when left out. */
  readonly schema?: string;
  /** Most bytes to decompress of one segment; a limit against bombs is set when left out. */
  readonly maxBytes?: number;
  /** Whether to search for the next whole message behind bytes that are none; false: stop there. Default true. */
  readonly resync?: boolean;
}

/** What `logs/info` is asked. */
export type LogInfoParams = LogReading;

/** One service of a log. */
export interface ServiceInfo {
  /** Name under the log's schema; `unknown(<tag>)` where it has none. */
  readonly service: string;
  /** Union tag on the wire. */
  readonly tag: number;
  readonly count: number;
  /** Events per second between the service's first and last event; null with fewer than two. */
  readonly rateHz: number | null;
  /** Rate that openpilot promises; null where there is none, or the service speaks on demand. */
  readonly expectedHz: number | null;
  /** Longest time without an event, in seconds, and when it began; null with fewer than two events. */
  readonly longestGap: { readonly seconds: number; readonly fromSeconds: number } | null;
  /** Seconds from the start of the log to the service's first and last event. */
  readonly firstSeconds: number;
  readonly lastSeconds: number;
}

/** What a log says of the device and software that wrote it; null where it does not say. */
export interface DeviceInfo {
  readonly dongleId: string | null;
  readonly deviceType: string | null;
  readonly version: string | null;
  readonly gitCommit: string | null;
  readonly gitBranch: string | null;
  readonly gitRemote: string | null;
  readonly isDirty: boolean | null;
}

/** What a log says of the car; null where it does not say. */
export interface CarInfo {
  readonly fingerprint: string | null;
  readonly brand: string | null;
  /** All but the first characters masked. */
  readonly vin: string | null;
}

/** CAN frames of one bus. */
export interface BusInfo {
  /** 0 to 127 received, +128 sent by openpilot and echoed, +192 rejected by the panda. */
  readonly bus: number;
  readonly frames: number;
  readonly arbitrationIds: number;
}

/** Everything that one pass over a log tells. */
export interface LogInfo {
  readonly path: string;
  readonly name: string;
  /** Canonical name of the route, `dongle/log`; null where neither path nor log tell it. */
  readonly route: string | null;
  readonly device: DeviceInfo;
  readonly car: CarInfo;
  /** The schema the log was read with, and why it was chosen. */
  readonly schema: { readonly id: string; readonly reason: string };
  /**
   * Nanoseconds since boot as decimal text, null without events: second 0 of the log, which is the earliest event of its
   * first segment, initData and sentinels aside (segments repeat what was written when logging began).
   */
  readonly startMonoTime: string | null;
  /** Of all events, initData too: the first and last in the file, the earliest and the latest. */
  readonly monoTime: {
    readonly first: string;
    readonly last: string;
    readonly min: string;
    readonly max: string;
  } | null;
  /** From second 0 to the latest event. */
  readonly durationSeconds: number;
  /** Events that are earlier than the one before them in the file. */
  readonly inversions: number;
  /** By count, most first. */
  readonly services: readonly ServiceInfo[];
  /** Frames of `can` events by bus. */
  readonly buses: readonly BusInfo[];
  readonly report: LoadReport;
}

/** What `logs/readEvents` is asked. */
export interface ReadEventsParams extends LogReading {
  /** Services to keep, by any name they ever had; all when left out. */
  readonly services?: readonly string[];
  /** Seconds from second 0 of the log (see `LogInfo`); both ends belong to the range. */
  readonly fromSeconds?: number;
  readonly toSeconds?: number;
  /** Most events to deliver. */
  readonly limit?: number;
}

/** What `logs/readEvents` comes to, when the events themselves have been delivered. */
export interface ReadEventsResult {
  readonly delivered: number;
  readonly report: LoadReport;
}

/** Events as JSON, one object each: `logMonoTime` (decimal text), `valid`, and the service's content under its name. */
export interface EventsRead {
  readonly lines: readonly string[];
}
