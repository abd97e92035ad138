import * as z from 'zod';
import type { Wire } from './wire.ts';

/**
 * What was found wrong in a log that opened all the same. Stable names; clients switch on them.
 *
 * `CONTAINER_*` speak of the compressed file and count its bytes; the others count bytes of the decompressed log.
 */
export const ProblemCode = z.enum([
  /** The compressed file ends inside a frame or block, as it does after a power cut. */
  'CONTAINER_CUT',
  /** The compressed data is invalid from here on; what was decompressed before stands. */
  'CONTAINER_DAMAGED',
  /** A frame or block decompressed, but its checksum or its declared size disagrees with its content. */
  'CONTAINER_CHECKSUM',
  /** Bytes after the last frame or stream that belong to none. */
  'CONTAINER_TRAILING_BYTES',
  /** Reading stopped at the limit on decompressed bytes; the rest of the file was not read. */
  'SIZE_LIMIT',
  /** The log ends inside a message. */
  'LOG_CUT',
  /** Bytes that are no message; reading went on at the next whole message, if there was one. */
  'GARBAGE',
  /** Messages of no content, as a file system leaves them at the end of a file after a power cut. */
  'EMPTY_MESSAGES',
  /** Messages whose framing is whole but whose event cannot be read. */
  'EVENT_UNREADABLE',
  /** Events whose CAN frames could be read only in part. */
  'FRAMES_UNREADABLE',
  /** Events in which pointers lead nowhere; the fields behind them are null. */
  'FIELDS_UNREADABLE',
  /** Events that needed more work than an event may cost; what was left of them is null. */
  'BUDGET_EXCEEDED',
  /** A segment of a route that is not there. */
  'SEGMENT_MISSING',
  /** Segments of which there is only a qlog, read in place of the rlog: fewer events. */
  'SEGMENT_DECIMATED',
  /** A segment of a route that could not be opened at all. */
  'SEGMENT_UNREADABLE',
]);

/** Stable name of a finding about a log. */
export type ProblemCode = z.output<typeof ProblemCode>;

/** One finding about a log that could still be read, in part or in whole. */
export const Problem = z
  .strictObject({
    code: ProblemCode,
    message: z.string().describe('One line for people: what was found, where, and what it costs'),
    atByte: z
      .number()
      .exactOptional()
      .describe('First byte concerned: of the file for CONTAINER_*, else of the decompressed log'),
    byteLength: z.number().exactOptional().describe('Bytes concerned, where that is known'),
    count: z.number().exactOptional().describe('Events or messages concerned, where several share one entry'),
    segment: z.number().exactOptional().describe('Segment number, in a route'),
  })
  .meta({ id: 'Problem' });

/** One finding about a log that could still be read, in part or in whole. */
export type Problem = Wire<typeof Problem>;
