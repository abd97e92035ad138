import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { CTS_VERSION, type RequestHandlers } from '#protocol';
import { CommaClient } from './adapters/comma/comma-client.ts';
import { FolderOfDownloads } from './adapters/comma/folder-of-downloads.ts';
import { WebFileFetcher } from './adapters/comma/web-file-fetcher.ts';
import type { Stores } from './adapters/data-folder/stores.ts';
import { systemClock } from './adapters/time/system-clock.ts';
import { createTimeOrderedId } from './adapters/time/time-ordered-id.ts';
import { createWorkerPool } from './adapters/workers/worker-pool.ts';
import type { Reading } from './main-reading.ts';
import { createArtifactHandlers } from './services/artifacts/artifact-requests.ts';
import { ArtifactService } from './services/artifacts/artifact-service.ts';
import { ContentPins } from './services/artifacts/content-pins.ts';
import { createDownloadHandlers } from './services/downloads/download-requests.ts';
import { DownloadService } from './services/downloads/download-service.ts';
import { createMonitorHandlers } from './services/monitors/monitor-handlers.ts';
import { RunChanges } from './services/runs/run-changes.ts';
import { RunCleaning } from './services/runs/run-cleaning.ts';
import { RunLogs } from './services/runs/run-logs.ts';
import { createRunHandlers } from './services/runs/run-requests.ts';
import { RunSchedule } from './services/runs/run-schedule.ts';
import { RunService } from './services/runs/run-service.ts';
import type { RunExecutor } from './services/runs/run-executor.ts';
import type { Logger } from './services/service/logger.ts';
import type { MetricsRecorder } from './services/service/metrics.ts';
import type { ServiceSettings } from './services/service/service-settings.ts';
import { createStoreHandlers } from './services/store/store-verification.ts';
import type { ToolRegistry } from './services/tools/tool-registry.ts';
import { createUploadHandlers } from './services/uploads/upload-requests.ts';
import { UploadService } from './services/uploads/upload-service.ts';

/** What the services are joined from. */
export interface ServiceParts {
  readonly settings: ServiceSettings;
  readonly reading: Reading;
  readonly stores: Stores;
  readonly tools: ToolRegistry;
  readonly logger: Logger;
  readonly metrics: MetricsRecorder;
  readonly worker: WorkerProgram;
}

/** The program that executes runs. */
export interface WorkerProgram {
  readonly path: string;
  readonly execArgv?: readonly string[];
}

/** Everything that answers requests, but for what tells of the service itself. */
export interface JoinedServices {
  readonly handlers: Omit<RequestHandlers, `service/${string}`>;
  readonly artifacts: ArtifactService;
  readonly uploads: UploadService;
  readonly runs: RunService;
  readonly schedule: RunSchedule;
  readonly downloads: DownloadService;
  readonly cleaning: RunCleaning;
  readonly executor: RunExecutor;
}

/** Joins the services to the stores and processes of this machine. */
export async function joinServices(parts: ServiceParts): Promise<JoinedServices> {
  const { settings, stores, tools, reading } = parts;
  const pins = new ContentPins();
  const changes = new RunChanges();
  const shared = {
    ...{ store: stores.runs, contents: stores.contents, pins, changes },
    ...{ clock: systemClock, createId: createTimeOrderedId, keeper: stores.keeper },
  };
  const inputs = {
    gate: reading.gate,
    uploads: stores.uploads,
    store: stores.runs,
    contents: stores.contents,
  };
  const logs = new RunLogs({
    ...{ store: stores.runLogs, clock: systemClock, observer: parts.metrics },
    maxBytes: settings.maxRunLogBytes,
  });
  const executor = startWorkers(parts);
  const schedule = new RunSchedule({
    ...{ ...shared, logs, settings, observer: parts.metrics },
    work: {
      ...{ ...shared, tools, executor, inputs, logs, folders: stores.runFolders },
      limits: {
        heapMegabytes: settings.workerHeapMegabytes,
        residentMegabytes: settings.workerResidentMegabytes,
        artifactBytes: settings.maxArtifactBytes,
      },
      environment: { node: process.version, platform: process.platform, arch: process.arch },
      ctsVersion: CTS_VERSION,
    },
  });
  const { maxQueuedRuns } = settings;
  const runs = new RunService({ ...shared, tools, inputs, logs, schedule, maxQueuedRuns });
  const files = { uploads: stores.uploads, incoming: stores.incoming, folders: stores.runFolders };
  const cleaning = new RunCleaning({ ...shared, ...files, settings });
  const uploads = new UploadService({
    ...{ ...shared, store: stores.uploads, incoming: stores.incoming, runs: stores.runs, limits: settings },
  });
  const artifacts = new ArtifactService({ ...shared, encodeBase64 });
  const downloads = await openDownloads(parts);
  const handlers = {
    ...createRunHandlers({ tools, runs, cleaning }),
    ...createArtifactHandlers(artifacts),
    ...createUploadHandlers(uploads),
    ...createDownloadHandlers(downloads),
    ...createMonitorHandlers(),
    ...createStoreHandlers(shared),
    ...reading.handlers,
  };
  return { handlers, artifacts, uploads, runs, schedule, downloads, cleaning, executor };
}

function startWorkers({ settings, worker }: ServiceParts): RunExecutor {
  return createWorkerPool({
    program: worker.path,
    ...(worker.execArgv !== undefined && { execArgv: worker.execArgv }),
    heapMegabytes: settings.workerHeapMegabytes,
    compileCacheFolder: join(settings.dataFolder, 'compile-cache'),
  });
}

function openDownloads({ settings, stores, logger }: ServiceParts): Promise<DownloadService> {
  const folder = new FolderOfDownloads(settings.downloadFolder);
  const tokenPlaces = { environment: process.env, homeFolder: homedir() };
  return DownloadService.open({
    ...{ store: stores.downloads, clock: systemClock, createId: createTimeOrderedId, folder },
    comma: new CommaClient({ clock: systemClock, tokenPlaces }),
    files: new WebFileFetcher({ clock: systemClock, folder, reach: 'public' }),
    onFault: (error) => {
      logger.error('A download broke', { error });
    },
  });
}

function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
