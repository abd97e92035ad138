import * as z from 'zod';
import type { Wire } from './wire.ts';

/** One line that a run said. */
export const RunLogEntry = z
  .strictObject({
    sequence: z.int().describe('1 for the first line; no number is left out or given twice'),
    timestamp: z.string().describe('RFC 3339, UTC'),
    level: z.enum(['DEBUG', 'INFO', 'WARNING', 'ERROR']),
    message: z.string(),
    source: z
      .enum(['tool', 'stdout', 'stderr', 'service'])
      .describe('Who said it; stdout and stderr are the process'),
  })
  .meta({ id: 'RunLogEntry' });

/** One line that a run said. */
export type RunLogEntry = Wire<typeof RunLogEntry>;

/** Which lines `runs/readLog` is asked for. */
export const ReadRunLogParams = z
  .strictObject({
    runId: z.string().min(1).max(100),
    after: z.int().min(0).default(0).describe('Only lines behind this sequence number'),
    limit: z.int().min(1).max(10_000).default(100),
  })
  .meta({ id: 'ReadRunLogParams' });

/** Which lines `runs/readLog` is asked for. */
export type ReadRunLogParams = Wire<typeof ReadRunLogParams>;

/** Lines of a run's log. */
export const RunLogPage = z
  .strictObject({
    entries: z.array(RunLogEntry),
    hasMore: z.boolean().describe('Whether more lines are there now'),
    isEnded: z.boolean().describe('Whether no line will follow those that are there'),
  })
  .meta({ id: 'RunLogPage' });

/** Lines of a run's log. */
export type RunLogPage = Wire<typeof RunLogPage>;

/** Which run `runs/followLog` follows, and from where. */
export const FollowRunLogParams = z
  .strictObject({
    runId: z.string().min(1).max(100),
    after: z.int().min(0).default(0).describe('Only lines behind this sequence number'),
  })
  .meta({ id: 'FollowRunLogParams' });

/** Which run `runs/followLog` follows, and from where. */
export type FollowRunLogParams = Wire<typeof FollowRunLogParams>;

/** Answered when the run has ended and every line was delivered. */
export const FollowRunLogResult = z
  .strictObject({ lastSequence: z.int() })
  .meta({ id: 'FollowRunLogResult' });

/** Answered when the run has ended and every line was delivered. */
export type FollowRunLogResult = Wire<typeof FollowRunLogResult>;

/** Lines that came. */
export const RunLogAppended = z
  .strictObject({ runId: z.string(), entries: z.array(RunLogEntry) })
  .meta({ id: 'RunLogAppended' });

/** Lines that came. */
export type RunLogAppended = Wire<typeof RunLogAppended>;
