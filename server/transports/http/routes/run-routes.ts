import * as z from 'zod';
import { REQUESTS } from '#contract';
import { CancelBody, CleanBody, CleanedBody, RunBody, RunLogBody, StartRunBody } from '#http-bodies';
import type { Run } from '#protocol';
import { keepGiven } from '../bodies/given-members.ts';
import {
  readClean,
  readStartRun,
  toCancelBody,
  toCleanedBody,
  toRunBody,
  toRunLogBody,
} from '../bodies/run-body.ts';
import { writeNextLink } from '../next-link.ts';
import { defineRoute, type TableRoute } from '../table-route.ts';
import { RunPath } from './named-paths.ts';
import { readRunFilters, RunFilters } from './run-filters.ts';

const LogQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(10_000).default(100).describe('Most lines'),
  after: z.coerce.number().int().min(0).default(0).describe('Only lines behind this sequence number'),
});

const RUN_EXAMPLE = {
  tool_id: 'rlog-to-csv',
  input: { type: 'path', value: '/data/rlog.zst' },
  params: { window_start: 10, window_dur: 5 },
};

const LOCATION = { Location: 'Where the run is' };

/** Runs and what is asked of one. */
export const RUN_ROUTES: readonly TableRoute[] = [
  defineRoute({
    verb: 'POST',
    path: '/v1/runs',
    method: 'runs/start',
    group: 'Runs',
    description:
      'The run waits in the queue when it is answered. Values of parameters are text, numbers, booleans or lists.',
    requestHeaders: { 'Idempotency-Key': 'The same key with the same request gives the same run again' },
    bodySchema: StartRunBody,
    bodyExample: RUN_EXAMPLE,
    read: ({ body, idempotencyKey }) => readStartRun(body, idempotencyKey),
    answer: { schema: RunBody, description: 'The run' },
    answerHeaders: LOCATION,
    writeHeaders: locateRun,
    project: toRunBody,
    errors: [
      'TOOL_NOT_FOUND',
      'INVALID_PARAMETER',
      'UNKNOWN_PARAMETER',
      'INPUT_MISSING',
      'INPUT_FORBIDDEN',
      'FILE_NOT_FOUND',
      'UPLOAD_NOT_FOUND',
      'UPLOAD_NOT_FINISHED',
      'ARTIFACT_NOT_FOUND',
      'IDEMPOTENCY_MISMATCH',
      'QUEUE_FULL',
      'DISK_FULL',
    ],
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/runs',
    method: 'runs/list',
    group: 'Runs',
    querySchema: RunFilters,
    read: ({ query }) => readRunFilters(query),
    answer: { schema: z.array(RunBody), description: 'A page of runs' },
    answerHeaders: {
      'X-Total-Count': 'Runs that match, on all pages',
      Link: 'The next page, as `rel="next"`',
    },
    writeHeaders: ({ total, nextCursor }, scene) => ({
      'x-total-count': String(total),
      ...(nextCursor !== null && { link: writeNextLink(scene, { cursor: nextCursor }) }),
    }),
    project: ({ runs }) => runs.map(toRunBody),
  }),
  defineRoute({
    verb: 'POST',
    path: '/v1/runs/clean',
    method: 'runs/clean',
    group: 'Runs',
    description:
      'Removes runs that have ended, with their artifacts and logs, and uploads that nothing uses.',
    bodySchema: CleanBody.prefault({}),
    bodyExample: { older_than_seconds: 604_800, dry_run: true },
    read: ({ body }) => readClean(body),
    answer: { schema: CleanedBody, description: 'What was removed, or would be' },
    project: toCleanedBody,
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/runs/:runId',
    method: 'runs/get',
    group: 'Runs',
    pathSchema: RunPath,
    read: ({ path }) => path,
    answer: { schema: RunBody, description: 'The run' },
    project: toRunBody,
    errors: ['RUN_NOT_FOUND'],
  }),
  defineCancelRoute('DELETE', '/v1/runs/:runId'),
  defineCancelRoute('POST', '/v1/runs/:runId/cancel'),
  defineRoute({
    verb: 'POST',
    path: '/v1/runs/:runId/rerun',
    method: 'runs/rerun',
    group: 'Runs',
    requestHeaders: { 'Idempotency-Key': 'The same key for the same run gives the same new run again' },
    pathSchema: RunPath,
    read: ({ path, idempotencyKey }) => ({ ...path, ...keepGiven({ idempotencyKey }) }),
    answer: { schema: RunBody, description: 'The new run' },
    answerHeaders: LOCATION,
    writeHeaders: locateRun,
    project: toRunBody,
    errors: ['RUN_NOT_FOUND', 'TOOL_NOT_FOUND', 'QUEUE_FULL'],
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/runs/:runId/manifest',
    method: 'runs/manifest',
    group: 'Runs',
    pathSchema: RunPath,
    read: ({ path }) => path,
    answer: { schema: REQUESTS['runs/manifest'].result, description: 'The manifest' },
    project: (manifest) => manifest,
    errors: ['RUN_NOT_FOUND', 'RUN_NOT_FINISHED'],
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/runs/:runId/logs/list',
    method: 'runs/readLog',
    group: 'Runs',
    pathSchema: RunPath,
    querySchema: LogQuery,
    read: ({ path, query }) => keepGiven({ ...path, ...query }),
    answer: { schema: RunLogBody, description: 'Lines of the log' },
    answerHeaders: { Link: 'The next lines, as `rel="next"`' },
    writeHeaders: ({ entries, hasMore }, scene) =>
      hasMore ? { link: writeNextLink(scene, { after: String(entries.at(-1)?.sequence ?? 0) }) } : {},
    project: (page, { path }) => toRunLogBody(page, path['runId'] ?? ''),
    errors: ['RUN_NOT_FOUND'],
  }),
];

function defineCancelRoute(verb: 'DELETE' | 'POST', path: string): TableRoute {
  return defineRoute({
    verb,
    path,
    method: 'runs/cancel',
    group: 'Runs',
    description: 'Answered also when there is nothing to stop; the message tells.',
    pathSchema: RunPath,
    read: (input) => input.path,
    answer: { schema: CancelBody, description: 'Whether there was anything to stop' },
    project: (result, scene) => toCancelBody(result, scene.path['runId'] ?? ''),
  });
}

function locateRun({ id }: Run): Readonly<Record<string, string>> {
  return { location: `/v1/runs/${encodeURIComponent(id)}` };
}
