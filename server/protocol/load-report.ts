import type { Problem } from './problems.ts';

/** What was read of one file. */
export interface SegmentReport {
  /** Number of the segment in its route; null for a file that stands alone. */
  readonly segment: number | null;
  readonly name: string;
  readonly kind: 'rlog' | 'qlog' | 'unknown';
  /** How the file is packed, as its first bytes tell; null when it could not be opened. */
  readonly container: 'zstd' | 'bzip2' | 'plain' | null;
  readonly fileBytes: number;
  /** Bytes of log after decompression, as far as they were read. */
  readonly logBytes: number;
  /** Readable events. */
  readonly events: number;
  readonly unreadableEvents: number;
  readonly emptyMessages: number;
  /** Decompressed bytes that belong to no message. */
  readonly garbageBytes: number;
  /** Whether everything in the file was read: no damage, no cut, no limit. */
  readonly isWhole: boolean;
  readonly problems: readonly Problem[];
}

/** What loading a log came to: read, skipped, damaged, cut, and where. */
export interface LoadReport {
  readonly name: string;
  readonly segments: readonly SegmentReport[];
  readonly fileBytes: number;
  readonly logBytes: number;
  readonly events: number;
  /** Whether every segment is there and whole. */
  readonly isWhole: boolean;
  /** What concerns the route as a whole; each segment has its own besides. */
  readonly problems: readonly Problem[];
}
