import * as z from 'zod';
import { LoadReport } from './load-report.ts';
import { ParameterValues } from './tools.ts';
import type { Wire } from './wire.ts';

const id = z.string().min(1).max(100);
const time = z.iso.datetime({ offset: true }).describe('RFC 3339, UTC');

/** Where a run stands. Runs that ended never change again. */
export const RunState = z
  .enum(['queued', 'running', 'completed', 'failed', 'canceled'])
  .meta({ id: 'RunState' });

/** Where a run stands. */
export type RunState = z.output<typeof RunState>;

/** What a run reads: something on the service's machine, an upload, or what another run left. */
export const RunInput = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('path'),
      path: z.string().min(1).max(4096).describe('A file, a folder of segments, or the name of a route'),
    }),
    z.strictObject({ type: z.literal('upload'), uploadId: id }),
    z.strictObject({ type: z.literal('artifact'), artifactId: id }),
  ])
  .meta({ id: 'RunInput' });

/** What a run reads. */
export type RunInput = Wire<typeof RunInput>;

/** What `runs/start` is asked. */
export const StartRunParams = z
  .strictObject({
    toolId: z.string().min(1).max(200).describe('As listed by tools/list, e.g. rlog-to-csv'),
    input: RunInput.exactOptional(),
    parameters: ParameterValues.default({}).describe("Values by name, checked against the tool's manifest"),
    name: z.string().max(200).exactOptional().describe('What to call the run'),
    timeoutSeconds: z
      .number()
      .min(1)
      .max(86_400)
      .exactOptional()
      .describe("After this long the run is stopped; the service's setting when left out"),
    maxBytes: z
      .int()
      .min(1)
      .exactOptional()
      .describe('Most bytes to decompress of one segment; a limit against bombs is set when left out'),
    idempotencyKey: z
      .string()
      .min(1)
      .max(255)
      .exactOptional()
      .describe('The same key with the same request gives the same run again'),
  })
  .meta({ id: 'StartRunParams' });

/** What `runs/start` is asked. */
export type StartRunParams = Wire<typeof StartRunParams>;

/** Why a run failed. */
export const RunError = z
  .strictObject({
    code: z.string().describe('Stable; see docs/ERRORS.md'),
    category: z.enum(['validation_error', 'tool_error', 'system_error', 'tool_not_found']),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
    suggestedActions: z.array(z.string()).describe('At most five'),
  })
  .meta({ id: 'RunError' });

/** Why a run failed. */
export type RunError = Wire<typeof RunError>;

/** The execution of one tool on one input. */
export const Run = z
  .strictObject({
    id,
    toolId: z.string(),
    toolVersion: z.string(),
    name: z.string().nullable(),
    state: RunState,
    input: RunInput.nullable(),
    inputName: z.string().nullable().describe('What to call the input: file name or route'),
    parameters: ParameterValues.describe('The values the tool works with, defaults included'),
    createdAt: time,
    startedAt: time.nullable(),
    completedAt: time.nullable(),
    durationSeconds: z
      .number()
      .nullable()
      .describe('Of the work, by a clock that never jumps; null before the end'),
    progress: z.number().min(0).max(100).nullable(),
    progressMessage: z.string().nullable(),
    attempt: z.int().describe('1 for the first try'),
    queuePosition: z.int().nullable().describe('1 for the next to start; null when not queued'),
    artifactIds: z.array(id),
    error: RunError.nullable(),
    recoveryAttempted: z.boolean().describe('Whether it was tried a second time after a passing failure'),
    rerunOf: id.nullable(),
    report: LoadReport.nullable().describe('What was read of the input; null before the end'),
  })
  .meta({ id: 'Run' });

/** The execution of one tool on one input. */
export type Run = Wire<typeof Run>;

/** Names one run. */
export const RunQuery = z.strictObject({ runId: id }).meta({ id: 'RunQuery' });

/** Names one run. */
export type RunQuery = Wire<typeof RunQuery>;

/** What `runs/rerun` is asked. */
export const RerunParams = z
  .strictObject({
    runId: id,
    idempotencyKey: z
      .string()
      .min(1)
      .max(255)
      .exactOptional()
      .describe('The same key for the same run gives the same new run again'),
  })
  .meta({ id: 'RerunParams' });

/** What `runs/rerun` is asked. */
export type RerunParams = Wire<typeof RerunParams>;

/** Which runs `runs/list` is asked for. */
export const ListRunsParams = z
  .strictObject({
    states: z.array(RunState).exactOptional(),
    toolId: z.string().exactOptional(),
    since: time.exactOptional().describe('Created at this time or later'),
    limit: z.int().min(1).max(1000).default(100),
    cursor: z.string().max(200).exactOptional().describe('nextCursor of the page before'),
  })
  .meta({ id: 'ListRunsParams' });

/** Which runs `runs/list` is asked for. */
export type ListRunsParams = Wire<typeof ListRunsParams>;

/** A page of runs, newest first. */
export const RunPage = z
  .strictObject({
    runs: z.array(Run),
    nextCursor: z.string().nullable().describe('Null on the last page'),
    total: z.int().describe('Runs that match, on all pages'),
  })
  .meta({ id: 'RunPage' });

/** A page of runs, newest first. */
export type RunPage = Wire<typeof RunPage>;

/** What `runs/cancel` came to. */
export const CancelRunResult = z
  .strictObject({
    run: Run.nullable().describe('Null when there is no such run'),
    wasActive: z.boolean().describe('Whether there was anything to cancel'),
  })
  .meta({ id: 'CancelRunResult' });

/** What `runs/cancel` came to. */
export type CancelRunResult = Wire<typeof CancelRunResult>;

/** Which ended runs `runs/clean` removes, with their artifacts and logs. */
export const CleanRunsParams = z
  .strictObject({
    olderThanSeconds: z
      .number()
      .min(0)
      .exactOptional()
      .describe("Ended longer ago; the service's setting when left out"),
    keepBytes: z
      .number()
      .min(0)
      .exactOptional()
      .describe('Besides: the oldest, until the artifacts left fit'),
    isDryRun: z.boolean().default(false).describe('Only tell what would be removed'),
  })
  .meta({ id: 'CleanRunsParams' });

/** Which ended runs `runs/clean` removes. */
export type CleanRunsParams = Wire<typeof CleanRunsParams>;

/** What `runs/clean` removed, or would. */
export const CleanRunsResult = z
  .strictObject({
    isDryRun: z.boolean(),
    runIds: z.array(id),
    uploadIds: z.array(id),
    artifacts: z.int(),
    freedBytes: z.number().describe('Bytes of content that nothing else uses'),
  })
  .meta({ id: 'CleanRunsResult' });

/** What `runs/clean` removed, or would. */
export type CleanRunsResult = Wire<typeof CleanRunsResult>;

/** What a run was made of and what it left: enough to do it again and compare. */
export const RunManifest = z
  .strictObject({
    runId: id,
    tool: z.strictObject({ id: z.string(), version: z.string() }),
    ctsVersion: z.string(),
    parameters: ParameterValues,
    inputs: z.array(
      z.strictObject({ name: z.string(), path: z.string(), sizeBytes: z.number(), sha256: z.string() }),
    ),
    artifacts: z.array(
      z.strictObject({ name: z.string(), mediaType: z.string(), sizeBytes: z.number(), sha256: z.string() }),
    ),
    environment: z.strictObject({ node: z.string(), platform: z.string(), arch: z.string() }),
    startedAt: time,
    completedAt: time,
  })
  .meta({ id: 'RunManifest' });

/** What a run was made of and what it left. */
export type RunManifest = Wire<typeof RunManifest>;

/** How far the reading of a log has come. */
export const Progress = z
  .strictObject({
    fraction: z.number().describe('0 to 1'),
    message: z.string().describe('What is being done'),
  })
  .meta({ id: 'Progress' });

/** How far a run, or the reading of a log, has come. */
export type Progress = Wire<typeof Progress>;

/** What `runs/watch` tells: runs that are new or have changed, as they are now. */
export const RunsChanged = z
  .strictObject({ runs: z.array(Run), removed: z.array(z.string()).describe('Ids of runs that are gone') })
  .meta({ id: 'RunsChanged' });

/** What `runs/watch` tells. */
export type RunsChanged = Wire<typeof RunsChanged>;

/** What `runs/watch` comes to, when it is taken back or the service stops. */
export const WatchRunsResult = z.strictObject({ told: z.int() }).meta({ id: 'WatchRunsResult' });

/** What `runs/watch` comes to. */
export type WatchRunsResult = Wire<typeof WatchRunsResult>;
