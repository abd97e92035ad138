import * as z from 'zod';
import { Problem } from './problems.ts';
import type { Wire } from './wire.ts';

/** What was read of one file. */
export const SegmentReport = z
  .strictObject({
    segment: z.number().nullable().describe('Number of the segment in its route; null for a file alone'),
    name: z.string(),
    kind: z.enum(['rlog', 'qlog', 'unknown']),
    container: z
      .enum(['zstd', 'bzip2', 'plain'])
      .nullable()
      .describe('How the file is packed, as its first bytes tell; null when it could not be opened'),
    fileBytes: z.number(),
    logBytes: z.number().describe('Bytes of log after decompression, as far as they were read'),
    events: z.number().describe('Readable events'),
    unreadableEvents: z.number(),
    emptyMessages: z.number(),
    garbageBytes: z.number().describe('Decompressed bytes that belong to no message'),
    isWhole: z.boolean().describe('Whether everything in the file was read: no damage, no cut, no limit'),
    problems: z.array(Problem),
  })
  .meta({ id: 'SegmentReport' });

/** What was read of one file. */
export type SegmentReport = Wire<typeof SegmentReport>;

/** What loading a log came to: read, skipped, damaged, cut, and where. */
export const LoadReport = z
  .strictObject({
    name: z.string(),
    segments: z.array(SegmentReport),
    fileBytes: z.number(),
    logBytes: z.number(),
    events: z.number(),
    isWhole: z.boolean().describe('Whether every segment is there and whole'),
    problems: z
      .array(Problem)
      .describe('What concerns the route as a whole; each segment has its own besides'),
  })
  .meta({ id: 'LoadReport' });

/** What loading a log came to: read, skipped, damaged, cut, and where. */
export type LoadReport = Wire<typeof LoadReport>;
