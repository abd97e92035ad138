import { setTimeout as sleep } from 'node:timers/promises';
import { type DownloadBody, ERROR_TRAITS, type ErrorCode } from '#protocol';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE, EXIT_FAILED, EXIT_RUN_CANCELED } from '../exit-codes.ts';
import { tellFailure } from '../failure.ts';
import type { HttpClient } from '../http/http-client.ts';
import { ProgressLine } from '../render/progress-line.ts';
import { formatBytes, formatPlural } from '../render/quantities.ts';
import type { Output } from '../terminal.ts';

/** Kinds of files that comma connect keeps. */
const FILE_TYPES = ['logs', 'qlogs', 'cameras', 'dcameras', 'ecameras', 'qcameras'] as const;

const POLL_MS = 500;
const CANCEL_MS = 3000;

/** What `cts download` is told. */
export type DownloadOptions = Partial<Readonly<Record<(typeof FILE_TYPES)[number], boolean>>> & {
  /** Folder below the download folder of the service. */
  readonly dest?: string;
  readonly days?: number;
  readonly since?: string;
  readonly until?: string;
  readonly parallel?: number;
  readonly resume: boolean;
  readonly wait?: boolean;
};

/** `cts download ROUTE`: has the service fetch files of a route from comma connect. */
export async function downloadRoute(
  context: CommandContext,
  route: string,
  options: DownloadOptions,
): Promise<number> {
  const { output } = context;
  const { http } = await context.openService();
  const started = await http.ask('POST /v1/downloads', { json: composeBody(route, options) });
  if (options.wait !== true) {
    if (output.options.json === true) await output.printJson(started);
    else await output.print(`Started download: ${started.id}`);
    return EXIT_DONE;
  }
  output.note(`Started download: ${started.id}`);
  return tellDownload(await waitForDownload(http, started.id, context), output);
}

function composeBody(route: string, options: DownloadOptions): Readonly<Record<string, unknown>> {
  const chosen = FILE_TYPES.filter((type) => options[type] === true);
  const types = chosen.length === 0 ? ['logs'] : chosen;
  const { dest, days, since, until, parallel, resume } = options;
  return {
    route,
    file_types: Object.fromEntries(types.map((type) => [type, true])),
    resume,
    ...(dest !== undefined && { dest_root: dest }),
    ...(days !== undefined && { search_days: days }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(parallel !== undefined && { parallel }),
  };
}

async function waitForDownload(
  http: HttpClient,
  id: string,
  { output, signal }: CommandContext,
): Promise<DownloadBody> {
  const progress = new ProgressLine(output);
  try {
    for (;;) {
      const download = await http.ask('GET /v1/downloads/{id}', { id });
      progress.update(describeProgress(download));
      if (['completed', 'failed', 'canceled'].includes(download.status)) return download;
      await sleep(POLL_MS, undefined, { signal });
    }
  } catch (error) {
    const patient = http.with({ signal: AbortSignal.timeout(CANCEL_MS), attempts: 1 });
    if (signal.aborted) await patient.ask('DELETE /v1/downloads/{id}', { id }).catch(() => undefined);
    throw error;
  } finally {
    progress.clear();
  }
}

function describeProgress(download: DownloadBody): { readonly fraction: number; readonly message: string } {
  const { status, received_bytes, total_bytes, downloaded_files, total_files } = download;
  const files = `${String(downloaded_files)} of ${formatPlural(total_files, 'file')}`;
  return {
    fraction: total_bytes === 0 ? 0 : Math.min(1, received_bytes / total_bytes),
    message: status === 'downloading' ? files : status,
  };
}

async function tellDownload(download: DownloadBody, output: Output): Promise<number> {
  const { status, downloaded_files, skipped_files, received_bytes, dest_root, failures } = download;
  for (const { file, message } of failures) output.warn(`${file}: ${message}`);
  if (output.options.json === true) await output.printJson(download);
  else if (status === 'completed') {
    const fetched = `${formatPlural(downloaded_files, 'file')}, ${formatBytes(received_bytes)}`;
    await output.print(`Fetched ${fetched} to ${dest_root}; ${String(skipped_files)} were there.`);
  }
  if (status === 'completed') return EXIT_DONE;
  if (status === 'canceled') return EXIT_RUN_CANCELED;
  tellFailure(
    {
      code: download.error_code ?? 'DOWNLOAD_FAILED',
      category: 'system_error',
      message: download.error ?? `Download ${download.id} failed`,
      details: { downloadId: download.id },
      actions: [],
    },
    output,
  );
  return chooseExitCode(download.error_code);
}

function chooseExitCode(code: string | null): number {
  const isKnown = code !== null && Object.hasOwn(ERROR_TRAITS, code);
  return isKnown ? ERROR_TRAITS[code as ErrorCode].exitCode : EXIT_FAILED;
}
