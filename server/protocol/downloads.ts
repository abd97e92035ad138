import * as z from 'zod';
import type { Wire } from './wire.ts';

/** Kinds of files that comma connect keeps of a route. */
export const CommaFileType = z
  .enum(['logs', 'qlogs', 'cameras', 'dcameras', 'ecameras', 'qcameras'])
  .meta({ id: 'CommaFileType' });

/** Kinds of files that comma connect keeps of a route. */
export type CommaFileType = z.output<typeof CommaFileType>;

/** What `downloads/start` is asked. */
export const StartDownloadParams = z
  .strictObject({
    route: z.string().min(1).max(500).describe('Name of a route or a link of comma connect'),
    destination: z
      .string()
      .max(10_000)
      .exactOptional()
      .describe("Folder below the service's download folder; that folder itself when left out"),
    fileTypes: z.array(CommaFileType).min(1).default(['logs']),
    searchDays: z.int().min(1).max(30).default(7).describe('How far back to look for the route of a link'),
    since: z.iso.date().exactOptional().describe('Look from this day on, for the route of a link'),
    until: z.iso.date().exactOptional().describe('Look up to this day, for the route of a link'),
    resume: z.boolean().default(true).describe('Go on where an earlier download was broken off'),
    parallel: z.int().min(1).max(16).default(4),
  })
  .meta({ id: 'StartDownloadParams' });

/** What `downloads/start` is asked. */
export type StartDownloadParams = Wire<typeof StartDownloadParams>;

/** Files of a route on their way from comma connect. */
export const Download = z
  .strictObject({
    id: z.string(),
    state: z.enum(['queued', 'resolving', 'downloading', 'completed', 'failed', 'canceled']),
    route: z.string().describe('As it was asked for'),
    canonicalRoute: z.string().nullable().describe('Null until the route is found'),
    destination: z.string().describe('Absolute folder on the machine of the service'),
    totalFiles: z.int(),
    downloadedFiles: z.int(),
    skippedFiles: z.int().describe('Were there already, whole'),
    failedFiles: z.int(),
    receivedBytes: z.number(),
    totalBytes: z.number(),
    failures: z.array(z.strictObject({ file: z.string(), message: z.string() })),
    error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    createdAt: z.string(),
    completedAt: z.string().nullable(),
  })
  .meta({ id: 'Download' });

/** Files of a route on their way from comma connect. */
export type Download = Wire<typeof Download>;

/** Names one download. */
export const DownloadQuery = z
  .strictObject({ downloadId: z.string().min(1).max(100) })
  .meta({ id: 'DownloadQuery' });

/** Names one download. */
export type DownloadQuery = Wire<typeof DownloadQuery>;
