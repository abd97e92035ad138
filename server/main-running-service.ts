import { access } from 'node:fs/promises';
import process from 'node:process';
import { CTS_VERSION, type RequestHandlers } from '#protocol';
import type { Stores } from './adapters/data-folder/stores.ts';
import { watchMachine } from './adapters/machine/machine-probe.ts';
import { PrometheusMetrics } from './adapters/metrics/service-metrics.ts';
import { encodeParquet } from './adapters/parquet/parquet-encoder.ts';
import { systemClock } from './adapters/time/system-clock.ts';
import { createTimeOrderedId } from './adapters/time/time-ordered-id.ts';
import type { Reading } from './main-reading.ts';
import type { Programs } from './main-programs.ts';
import { type JoinedServices, joinServices } from './main-service.ts';
import { HealthService } from './services/service/health-service.ts';
import { IdleWatch } from './services/service/idle-watch.ts';
import type { Logger } from './services/service/logger.ts';
import type { Machine } from './services/service/machine.ts';
import type { MetricsRecorder } from './services/service/metrics.ts';
import type { ServiceSettings } from './services/service/service-settings.ts';
import { createServiceHandlers } from './services/service/service-handlers.ts';
import { ToolRegistry } from './services/tools/tool-registry.ts';
import { createAnalyzers } from './tools/analyzers.ts';
import type { Analyzer } from './tools/tool.ts';
import { describeApi } from './transports/http/api-description.ts';
import type { HttpPorts } from './transports/http/http-ports.ts';
import { createHttpServer, type HttpService } from './transports/http/http-server.ts';

/** What a service is made of. */
export interface ServiceParts extends Programs {
  readonly settings: ServiceSettings;
  readonly stores: Stores;
  readonly reading: Reading;
  readonly logger: Logger;
  /** Whoever shows it is let in. */
  readonly token: string | undefined;
  /** Those of CTS when left out. */
  readonly tools?: readonly Analyzer[];
}

/** A service that answers, over HTTP and in this process. */
export interface RunningService {
  readonly url: string;
  readonly settings: ServiceSettings;
  readonly handlers: RequestHandlers;
  /** Settled when it begins to stop. */
  readonly stopping: Promise<unknown>;
  /** Settled when it has stopped. */
  readonly stopped: Promise<unknown>;
  /** Stops well; a second call ends what is still working at once. */
  stop(reason: string, options?: StopOptions): Promise<void>;
}

/** How a service is stopped. */
export interface StopOptions {
  /** Time that working runs get before they are ended. */
  readonly graceMs?: number;
}

const GRACE_MS = 15_000;

/** Everything that runs, and how it is stopped again. */
class JoinedService implements RunningService {
  readonly url: string;
  readonly settings: ServiceSettings;
  readonly handlers: RequestHandlers;
  readonly #parts: ServiceParts;
  readonly #services: JoinedServices;
  readonly #http: HttpService;
  readonly #machine: Machine;
  readonly #metrics: PrometheusMetrics;
  readonly #idle: IdleWatch;
  readonly #stopping = Promise.withResolvers<undefined>();
  readonly #ending = Promise.withResolvers<undefined>();
  #cancelCleaning: () => void = () => undefined;
  #isStopping = false;

  constructor(parts: ServiceParts, { services, http, machine, metrics, idle, url, handlers }: Running) {
    this.url = url;
    this.settings = parts.settings;
    this.handlers = handlers;
    this.#parts = parts;
    this.#services = services;
    this.#http = http;
    this.#machine = machine;
    this.#metrics = metrics;
    this.#idle = idle;
    void this.#measureStorage().catch(() => undefined);
    this.#cleanLater();
  }

  get stopping(): Promise<unknown> {
    return this.#stopping.promise;
  }

  get stopped(): Promise<unknown> {
    return this.#ending.promise;
  }

  async stop(reason: string, { graceMs = GRACE_MS }: StopOptions = {}): Promise<void> {
    const { runs, schedule, downloads, executor } = this.#services;
    if (this.#isStopping) {
      await executor.close();
      return;
    }
    this.#isStopping = true;
    this.#stopping.resolve(undefined);
    this.#parts.logger.info('Stopping', { reason });
    this.#idle.close();
    this.#cancelCleaning();
    runs.close();
    await Promise.all([schedule.close(graceMs), downloads.close()]);
    runs.endWatches();
    await this.#http.close();
    await executor.close();
    this.#machine.close();
    await this.#parts.stores.close();
    this.#parts.logger.info('Stopped');
    this.#ending.resolve(undefined);
  }

  /** The same content counts once, however many runs left it. */
  async #measureStorage(): Promise<void> {
    let artifactBytes = 0;
    for await (const { sizeBytes } of this.#parts.stores.contents.list()) artifactBytes += sizeBytes;
    this.#metrics.observeStorage({ artifactBytes });
  }

  /** Removes what has been kept long enough, again and again. */
  #cleanLater(): void {
    const { logger, settings } = this.#parts;
    this.#cancelCleaning = systemClock.schedule(settings.cleanupIntervalMinutes * 60_000, () => {
      this.#services.cleaning
        .clean({ isDryRun: false })
        .then(({ runIds, uploadIds, freedBytes }) => {
          if (runIds.length + uploadIds.length > 0)
            logger.info('Removed what was kept long enough', { runs: runIds.length, freedBytes });
          return this.#measureStorage();
        })
        .catch((error: unknown) => {
          logger.error('Cannot clean up', { error });
        })
        .finally(() => {
          if (!this.#isStopping) this.#cleanLater();
        });
    });
  }
}

interface Running {
  readonly services: JoinedServices;
  readonly http: HttpService;
  readonly machine: Machine;
  readonly metrics: PrometheusMetrics;
  readonly idle: IdleWatch;
  readonly handlers: RequestHandlers;
  readonly url: string;
}

/** Starts everything in its order; who asks is answered when what was interrupted before has been put right. */
export async function startService(parts: ServiceParts): Promise<RunningService> {
  const { settings, stores, logger, tools = createAnalyzers({ encodeParquet }) } = parts;
  const registry = new ToolRegistry(tools);
  const machine = watchMachine(settings.dataFolder);
  const metrics = new PrometheusMetrics({
    toolIds: tools.map(({ id }) => id),
    routes: describeApi().map(nameRoute),
    machine,
  });
  reportLeftovers(stores, logger, metrics);
  const services = await joinServices({ ...parts, tools: registry, metrics });
  // A port that was left to the system is told as it turned out.
  const inForce = { ...settings };
  const idle = watchIdleness(services, settings);
  const handlers = {
    ...services.handlers,
    ...createServiceHandlers({
      ...{ settings: inForce, tools: registry, metrics },
      health: createHealth(parts, { services, machine, registry }),
    }),
  };
  const http = await createHttpServer(joinHttpPorts(parts, { services, metrics, idle, handlers }));
  await services.schedule.recover();
  const { url, port } = await http.listen();
  inForce.port = port;
  const startedAt = systemClock.now();
  await stores.writeServiceFile({ url, pid: process.pid, startedAt, version: CTS_VERSION });
  logger.info(`CTS listens on ${url}`, {
    dataFolder: settings.dataFolder,
    environment: settings.environment,
  });
  const service = new JoinedService(parts, { services, http, machine, metrics, idle, handlers, url });
  void idle.ended.then(() => service.stop('nobody uses it'));
  return service;
}

/** A client that is connected may come with the next request at any moment. */
function watchIdleness({ schedule }: JoinedServices, { idleSeconds }: ServiceSettings): IdleWatch {
  return new IdleWatch({
    clock: systemClock,
    idleSeconds,
    isBusy: () => schedule.activeRuns + schedule.queuedRuns > 0,
  });
}

interface HealthParts {
  readonly services: JoinedServices;
  readonly machine: Machine;
  readonly registry: ToolRegistry;
}

function createHealth(
  { settings, stores, worker }: ServiceParts,
  { services, machine, registry }: HealthParts,
): HealthService {
  return new HealthService({
    ...{ clock: systemClock, machine, keeper: stores.keeper },
    areHealthChecksEnabled: settings.areHealthChecksEnabled,
    isDraining: () => services.runs.isClosing,
    probeDatabase: () => stores.runs.get('none'),
    probeWorkers: () => access(worker.path),
    countTools: () => registry.list().length,
  });
}

interface HttpParts {
  readonly services: JoinedServices;
  readonly metrics: PrometheusMetrics;
  readonly idle: IdleWatch;
  readonly handlers: RequestHandlers;
}

function joinHttpPorts(
  { settings, logger, token, pagesFolder }: ServiceParts,
  { services, metrics, idle, handlers }: HttpParts,
): HttpPorts {
  return {
    ...{ handlers, settings, clock: systemClock, createRequestId: createTimeOrderedId },
    ...(token !== undefined && { token }),
    pagesFolder,
    contents: services.artifacts,
    uploads: services.uploads,
    prometheus: () => metrics.prometheusText(),
    log: {
      request: (line) => {
        logger.debug('Answered', { ...line });
      },
      failure: ({ request_id: requestId, error }) => {
        logger.error('A request broke', { requestId, error });
      },
    },
    metrics: {
      observeRequest: (route, status, ms) => {
        idle.touch();
        metrics.observeRequest(route, status, ms);
      },
      observeRateLimited: () => {
        metrics.observeRateLimited();
      },
      observeAuthenticationFailed: () => {
        metrics.observeAuthenticationFailed();
      },
      observeUser: (name) => {
        metrics.observeUser(name);
      },
    },
  };
}

function nameRoute({ verb, path }: { readonly verb: string; readonly path: string }): string {
  return `${verb} ${path.replaceAll(/:(\w+)/g, '{$1}')}`;
}

function reportLeftovers({ swept }: Stores, logger: Logger, metrics: MetricsRecorder): void {
  const { incomingFiles, ...others } = swept;
  const files = Object.values(others).reduce((sum, found) => sum + found, 0);
  for (let count = 0; count < incomingFiles; count++) metrics.observeStoreRepair('stale_upload');
  for (let count = 0; count < files; count++) metrics.observeStoreRepair('leftover_file');

  if (Object.values(swept).some((found) => found !== 0))
    logger.info('Removed what was left unfinished', { ...swept });
}
