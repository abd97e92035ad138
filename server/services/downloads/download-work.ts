import { CtsError, type StartDownloadParams } from '#protocol';
import type { CommaApi } from './comma-api.ts';
import type { DownloadFolder } from './download-folder.ts';
import type { DownloadEnd, DownloadRecord } from './download-record.ts';
import type { FetchedFile, FileFetcher } from './file-fetcher.ts';
import { planFiles, type FilePlan, type PlannedFile } from './file-plan.ts';
import { formatRouteIndex } from './route-index.ts';
import type { RouteRequest } from './route-request.ts';
import { findRoute, formatCommaRoute, type FoundRoute } from './route-search.ts';

/** What the work on a download needs of the world. */
export interface WorkPorts {
  readonly comma: CommaApi;
  readonly files: FileFetcher;
  readonly folder: DownloadFolder;
}

/** One download to be worked on. */
export interface DownloadJob {
  readonly record: DownloadRecord;
  readonly request: RouteRequest;
  readonly params: Pick<StartDownloadParams, 'fileTypes' | 'resume' | 'parallel'>;
}

/**
 * Finds a route and fetches its files, as far as they can be had.
 *
 * A route of which any file is missing has failed: what could be had stays, with the counters and `index.json`, and the
 * next download of the route goes on from there.
 *
 * @returns How it ended.
 * @throws {CtsError} what stopped the work as a whole: no route, no token, a full disk; and the signal's reason.
 */
export async function performDownload(
  ports: WorkPorts,
  job: DownloadJob,
  signal: AbortSignal,
): Promise<DownloadEnd> {
  const { record, request, params } = job;
  await record.advance({ state: 'resolving' });
  const route = await findRoute(ports.comma, request, signal);
  const plan = planFiles(route, params.fileTypes, request.name);
  const totalFiles = plan.files.length + plan.refused.length;
  if (totalFiles === 0) throw createNothingWanted(route, job);
  await record.advance({ state: 'downloading', canonicalRoute: formatCommaRoute(route), totalFiles });
  for (const file of plan.refused)
    record.countFailure(file, 'The address does not say which file of which segment it is');
  const sizes = await fetchFiles({ ports, job, route, plan }, signal);
  await writeIndex({ ports, job, route, plan }, sizes);
  return describeEnd(job);
}

interface Work {
  readonly ports: WorkPorts;
  readonly job: DownloadJob;
  readonly route: FoundRoute;
  readonly plan: FilePlan;
}

/** @returns Size of every file that is there, by its path. */
async function fetchFiles(work: Work, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const left = work.plan.files.values();
  const fetchInTurn = async (): Promise<void> => {
    for (const file of left) {
      const fetched = await fetchFile(work, file, either);
      if (fetched !== undefined) sizes.set(file.path, fetched.sizeBytes);
    }
  };
  const lanes = Array.from({ length: work.job.params.parallel }, () =>
    fetchInTurn().catch((error: unknown) => {
      // The first failure that stops one stops them all; the others only follow.
      if (!either.aborted) stop.abort(error);
    }),
  );
  await Promise.all(lanes);
  either.throwIfAborted();
  return sizes;
}

/** @returns Undefined where this file cannot be had, but others may. */
async function fetchFile(
  work: Work,
  file: PlannedFile,
  signal: AbortSignal,
): Promise<FetchedFile | undefined> {
  signal.throwIfAborted();
  const { record, params } = work.job;
  const { folder, path } = placeOf(work, file.path);
  try {
    const onProgress = record.countBytes.bind(record, path);
    const fetched = await work.ports.files.fetch(
      { url: file.url, folder, path, resume: params.resume },
      { signal, onProgress },
    );
    record.countFile(path, fetched.outcome, fetched.sizeBytes);
    return fetched;
  } catch (error) {
    if (signal.aborted || !(error instanceof CtsError) || error.code === 'DISK_FULL') throw error;
    record.countFailure(file.path, error.message);
    return undefined;
  }
}

async function writeIndex(work: Work, sizes: ReadonlyMap<string, number>): Promise<void> {
  if (sizes.size === 0) return;
  const { downloadedFiles, skippedFiles, failedFiles } = work.job.record.download;
  const files = work.plan.files.flatMap(({ path }) => {
    const size = sizes.get(path);
    return size === undefined ? [] : [{ path, size }];
  });
  const counts = { writtenFiles: downloadedFiles, skippedFiles, failedFiles };
  const text = formatRouteIndex({ route: work.route, files, ...counts });
  await work.ports.folder.writeText(placeOf(work, 'index.json'), text);
}

function placeOf({ job, route }: Work, path: string): { readonly folder: string; readonly path: string } {
  return { folder: job.record.download.destination, path: `${route.dongleId}/${route.logId}/${path}` };
}

function describeEnd({ record }: DownloadJob): DownloadEnd {
  const { failedFiles, totalFiles, failures } = record.download;
  if (failedFiles === 0) return { state: 'completed', error: null };
  const first = failures[0];
  const example = first === undefined ? '' : `, the first ${first.file}: ${first.message}`;
  const message = `${failedFiles} of ${totalFiles} files could not be fetched${example}`;
  return { state: 'failed', error: { code: 'DOWNLOAD_FAILED', message } };
}

function createNothingWanted(route: FoundRoute, { params, request }: DownloadJob): CtsError {
  const { segments, seconds } = request.name;
  const part = segments === undefined && seconds === undefined ? '' : ' in the segments asked for';
  const present = Object.entries(route.files).flatMap(([type, addresses]) =>
    addresses.length > 0 ? type : [],
  );
  const message = `Route ${formatCommaRoute(route)} has no ${params.fileTypes.join(', ')}${part}; comma has its ${present.join(', ')}`;
  return new CtsError('DOWNLOAD_FAILED', message, {
    details: { route: formatCommaRoute(route), present },
    actions: [
      'Ask for other file types.',
      'Have the device upload the files: connect, the route, "Upload all".',
    ],
  });
}
