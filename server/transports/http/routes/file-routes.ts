import * as z from 'zod';
import { REQUESTS } from '#contract';
import { ArtifactBody, CreateUploadBody, DownloadBody, StartDownloadBody, UploadBody } from '#http-bodies';
import { keepGiven } from '../bodies/given-members.ts';
import {
  readCreateUpload,
  readStartDownload,
  toArtifactBody,
  toDownloadBody,
  toUploadBody,
} from '../bodies/file-body.ts';
import { defineRoute, type TableRoute } from '../table-route.ts';
import { ArtifactPath, DownloadPath, RunPath, UploadPath } from './named-paths.ts';

const ArtifactsQuery = z.strictObject({ run_id: z.string().min(1).max(100).describe('Whose artifacts') });

const LogInfoQuery = z.strictObject({
  path: z.string().min(1).max(4096).describe('A file, a folder of segments, or the name of a route'),
  schema: z.string().max(200).exactOptional().describe('Schema to read with'),
  max_bytes: z.coerce
    .number()
    .int()
    .min(1)
    .exactOptional()
    .describe('Most bytes to decompress of one segment'),
  resync: z
    .enum(['true', 'false'])
    .exactOptional()
    .describe('Whether to search on behind damage; default true'),
});

const EXAMPLE_SHA256 = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

/** The same list at every address that CTS-Lite ever promised. */
const listOfRun = defineRoute({
  verb: 'GET',
  path: '/v1/artifacts/:artifactId',
  method: 'artifacts/list',
  group: 'Artifacts',
  pathSchema: ArtifactPath,
  read: ({ path }) => ({ runId: path.artifactId }),
  answer: { schema: z.array(ArtifactBody), description: 'The artifacts of the run' },
  project: (artifacts, { origin }) => artifacts.map((artifact) => toArtifactBody(artifact, origin)),
});

/** What runs left. */
export const ARTIFACT_ROUTES: readonly TableRoute[] = [
  defineRoute({
    verb: 'GET',
    path: '/v1/runs/:runId/artifacts',
    method: 'artifacts/list',
    group: 'Artifacts',
    pathSchema: RunPath,
    read: ({ path }) => path,
    answer: { schema: z.array(ArtifactBody), description: 'The artifacts' },
    project: (artifacts, { origin }) => artifacts.map((artifact) => toArtifactBody(artifact, origin)),
    errors: ['RUN_NOT_FOUND'],
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/artifacts',
    method: 'artifacts/list',
    group: 'Artifacts',
    querySchema: ArtifactsQuery,
    read: ({ query }) => ({ runId: query.run_id }),
    answer: { schema: z.array(ArtifactBody), description: 'The artifacts' },
    project: (artifacts, { origin }) => artifacts.map((artifact) => toArtifactBody(artifact, origin)),
    errors: ['RUN_NOT_FOUND'],
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/artifacts/:artifactId',
    method: 'artifacts/get',
    group: 'Artifacts',
    description: 'With the id of a run: the list of its artifacts.',
    pathSchema: ArtifactPath,
    read: ({ path }) => path,
    answer: {
      schema: z.union([ArtifactBody, z.array(ArtifactBody)]),
      description: 'The artifact, or the artifacts of the run',
    },
    project: (artifact, { origin }) => toArtifactBody(artifact, origin),
    errors: ['ARTIFACT_NOT_FOUND'],
    fallback: { on: 'ARTIFACT_NOT_FOUND', route: listOfRun },
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/artifacts/:artifactId/metadata',
    method: 'artifacts/get',
    group: 'Artifacts',
    pathSchema: ArtifactPath,
    read: ({ path }) => path,
    answer: { schema: ArtifactBody, description: 'The artifact' },
    project: (artifact, { origin }) => toArtifactBody(artifact, origin),
    errors: ['ARTIFACT_NOT_FOUND'],
  }),
];

/** Files that clients hand over. Their bytes go by the streams. */
export const UPLOAD_ROUTES: readonly TableRoute[] = [
  defineRoute({
    verb: 'POST',
    path: '/v1/uploads',
    method: 'uploads/create',
    group: 'Uploads',
    description: 'Then send the bytes with PUT to `upload_url`, and finalize.',
    bodySchema: CreateUploadBody,
    bodyExample: { filename: 'rlog.zst', size: 5, sha256: EXAMPLE_SHA256 },
    read: ({ body }) => readCreateUpload(body),
    status: 201,
    answer: { schema: UploadBody, description: 'The upload' },
    answerHeaders: { Location: 'Where the upload is' },
    writeHeaders: ({ id }) => ({ location: `/v1/uploads/${encodeURIComponent(id)}` }),
    project: toUploadBody,
    errors: ['UPLOAD_TOO_LARGE', 'UPLOAD_TYPE_REFUSED', 'DISK_FULL'],
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/uploads',
    method: 'uploads/list',
    group: 'Uploads',
    answer: { schema: z.array(UploadBody), description: 'The uploads' },
    project: (uploads) => uploads.map(toUploadBody),
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/uploads/:uploadId',
    method: 'uploads/get',
    group: 'Uploads',
    pathSchema: UploadPath,
    read: ({ path }) => path,
    answer: { schema: UploadBody, description: 'The upload' },
    project: toUploadBody,
    errors: ['UPLOAD_NOT_FOUND'],
  }),
  defineRoute({
    verb: 'DELETE',
    path: '/v1/uploads/:uploadId',
    method: 'uploads/delete',
    group: 'Uploads',
    pathSchema: UploadPath,
    read: ({ path }) => path,
    answer: { schema: UploadBody, description: 'The upload that was removed' },
    project: toUploadBody,
    errors: ['UPLOAD_NOT_FOUND', 'UPLOAD_IN_USE'],
  }),
  defineRoute({
    verb: 'POST',
    path: '/v1/uploads/:uploadId/finalize',
    method: 'uploads/finalize',
    group: 'Uploads',
    pathSchema: UploadPath,
    read: ({ path }) => path,
    answer: { schema: UploadBody, description: 'The upload, complete' },
    project: toUploadBody,
    errors: ['UPLOAD_NOT_FOUND', 'UPLOAD_NOT_FINISHED', 'UPLOAD_MISMATCH'],
  }),
];

/** Files on their way from comma connect. */
export const DOWNLOAD_ROUTES: readonly TableRoute[] = [
  defineRoute({
    verb: 'POST',
    path: '/v1/downloads',
    method: 'downloads/start',
    group: 'Downloads',
    bodySchema: StartDownloadBody,
    bodyExample: { route: '0123456789abcdef/00000001--a1b2c3d4e5', file_types: { logs: true } },
    read: ({ body }) => readStartDownload(body),
    status: 202,
    answer: { schema: DownloadBody, description: 'The download, which goes on' },
    answerHeaders: { Location: 'Where to ask how far it is' },
    writeHeaders: ({ id }) => ({ location: `/v1/downloads/${encodeURIComponent(id)}` }),
    project: toDownloadBody,
    errors: ['INVALID_ROUTE_NAME', 'DESTINATION_REFUSED', 'COMMA_TOKEN_MISSING'],
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/downloads',
    method: 'downloads/list',
    group: 'Downloads',
    answer: { schema: z.array(DownloadBody), description: 'The downloads' },
    project: (downloads) => downloads.map(toDownloadBody),
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/downloads/:downloadId',
    method: 'downloads/get',
    group: 'Downloads',
    pathSchema: DownloadPath,
    read: ({ path }) => path,
    answer: { schema: DownloadBody, description: 'The download' },
    project: toDownloadBody,
    errors: ['DOWNLOAD_NOT_FOUND'],
  }),
  defineRoute({
    verb: 'DELETE',
    path: '/v1/downloads/:downloadId',
    method: 'downloads/cancel',
    group: 'Downloads',
    description: 'What has come is kept.',
    pathSchema: DownloadPath,
    read: ({ path }) => path,
    answer: { schema: DownloadBody, description: 'The download' },
    project: toDownloadBody,
    errors: ['DOWNLOAD_NOT_FOUND'],
  }),
];

/** Logs on the machine of the service. */
export const LOG_ROUTES: readonly TableRoute[] = [
  defineRoute({
    verb: 'GET',
    path: '/v1/logs/info',
    method: 'logs/info',
    group: 'Logs',
    querySchema: LogInfoQuery,
    read: ({ query }) =>
      keepGiven({
        path: query.path,
        schema: query.schema,
        maxBytes: query.max_bytes,
        resync: query.resync === undefined ? undefined : query.resync === 'true',
      }),
    answer: { schema: REQUESTS['logs/info'].result, description: 'What one pass over the log tells' },
    project: (info) => info,
    errors: [
      'FILE_NOT_FOUND',
      'FILE_UNREADABLE',
      'FILE_EMPTY',
      'NOT_A_LOG',
      'NO_SEGMENTS',
      'INPUT_FORBIDDEN',
      'SCHEMA_NOT_FOUND',
    ],
  }),
];
