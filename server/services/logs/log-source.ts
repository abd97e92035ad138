import type { Problem } from '#protocol';
import type { ByteStream } from '../../core/rlog/byte-stream.ts';

/** Whether a log holds everything (rlog) or is decimated (qlog); unknown where the file's name does not tell. */
export type LogKind = 'rlog' | 'qlog' | 'unknown';

/** One file of a log. */
export interface LogSegment {
  /** Number of the segment in its route; undefined for a file that stands alone. */
  readonly segment: number | undefined;
  /** File name to show. */
  readonly name: string;
  /** Path to show and to open with. */
  readonly path: string;
  readonly kind: LogKind;
  readonly fileBytes: number;
  /**
   * Opens the file from its start; each call gives a stream of its own.
   *
   * @throws {CtsError} FILE_NOT_FOUND, FILE_UNREADABLE, FILE_EMPTY, UNSUPPORTED_CONTAINER.
   */
  open(options?: OpenOptions): Promise<ByteStream>;
}

export interface OpenOptions {
  /** Most bytes to decompress of one segment. The default is set by the adapter. */
  readonly maxBytes?: number;
}

/** The files that belong to one log: a single file, or the segments of a route in order. */
export interface LogSource {
  /** What to call the log: the route's name, or the file's name without extensions. */
  readonly name: string;
  /** Canonical name of the route, `dongle/log`, where the path or folder tells it. */
  readonly route: string | undefined;
  /** Sorted by segment number; never empty. */
  readonly segments: readonly LogSegment[];
  /** Segments that are missing between the first and the last, or that were asked for and are not there. */
  readonly problems: readonly Problem[];
}

/** Finds logs by what a person would type: a file, a folder of segments, a route's name below known folders. */
export interface LogLocator {
  /**
   * @throws {CtsError} FILE_NOT_FOUND when nothing is there, NO_SEGMENTS when a folder holds no log,
   * INVALID_ROUTE_NAME when a route's name is malformed.
   */
  locate(pathOrRoute: string): Promise<LogSource>;
}
