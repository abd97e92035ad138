import { access } from 'node:fs/promises';
import process from 'node:process';
import { CTS_VERSION, type RequestHandlers } from '#protocol';
import type { LiteFlags } from './adapters/config/lite-flags.ts';
import { readSettingsSources } from './adapters/config/settings-sources.ts';
import { openStores, type Stores } from './adapters/data-folder/stores.ts';
import { createLogger } from './adapters/logger/pino-logger.ts';
import { watchMachine } from './adapters/machine/machine-probe.ts';
import { PrometheusMetrics } from './adapters/metrics/service-metrics.ts';
import { systemClock } from './adapters/time/system-clock.ts';
import { createTimeOrderedId } from './adapters/time/time-ordered-id.ts';
import { encodeParquet } from './adapters/parquet/parquet-encoder.ts';
import { joinReading } from './main-reading.ts';
import { type JoinedServices, joinServices, type WorkerProgram } from './main-service.ts';
import { HealthService } from './services/service/health-service.ts';
import { IdleWatch } from './services/service/idle-watch.ts';
import type { Logger } from './services/service/logger.ts';
import type { Machine } from './services/service/machine.ts';
import type { MetricsRecorder } from './services/service/metrics.ts';
import { resolveSettings } from './services/service/resolve-settings.ts';
import type { ServiceSettings } from './services/service/service-settings.ts';
import { createServiceHandlers } from './services/service/service-handlers.ts';
import { ToolRegistry } from './services/tools/tool-registry.ts';
import { createAnalyzers } from './tools/analyzers.ts';
import type { Analyzer } from './tools/tool.ts';
import { describeApi } from './transports/http/api-description.ts';
import type { HttpPorts } from './transports/http/http-ports.ts';
import { createHttpServer, type HttpService } from './transports/http/http-server.ts';

/** What a service is started with. */
export interface LiteSurroundings {
  readonly worker: WorkerProgram;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Those of CTS when left out. */
  readonly tools?: readonly Analyzer[];
}

/** A service that answers. */
export interface LiteService {
  readonly url: string;
  readonly settings: ServiceSettings;
  /** Settled when it has stopped. */
  readonly stopped: Promise<unknown>;
  /** Stops well; a second call ends what is still working at once. */
  stop(reason: string): Promise<void>;
}

/** Time that working runs get when the service is told to stop, before they are ended. */
const GRACE_MS = 15_000;

/**
 * Starts the service: stores, workers, HTTP.
 *
 * @throws {CtsError} INVALID_CONFIGURATION, STORE_IN_USE, ADDRESS_IN_USE and others, before anything has been answered.
 */
export async function startLite(flags: LiteFlags, surroundings: LiteSurroundings): Promise<LiteService> {
  const read = await readSettingsSources(flags, surroundings.environment);
  const { settings, warnings } = resolveSettings(read.sources);
  const stores = await openStores(settings.dataFolder);
  try {
    const logger = openLogger(settings, stores.token);
    for (const warning of [...read.warnings, ...warnings]) logger.warning(warning);
    const token = flags.isStartedByClient ? stores.token : undefined;
    return await startParts({ ...surroundings, settings, stores, logger, token });
  } catch (error) {
    await stores.close();
    throw error;
  }
}

function openLogger(settings: ServiceSettings, token: string): Logger {
  const { logLevel, apiKeys, jwtSecret } = settings;
  const secrets = [...apiKeys, token, ...(jwtSecret === undefined ? [] : [jwtSecret])];
  return createLogger({ level: logLevel, format: process.stderr.isTTY ? 'pretty' : 'json', secrets });
}

interface ServiceParts extends LiteSurroundings {
  readonly settings: ServiceSettings;
  readonly stores: Stores;
  readonly logger: Logger;
  readonly token: string | undefined;
}

/** Everything that runs, and how it is stopped again. */
class RunningService implements LiteService {
  readonly url: string;
  readonly settings: ServiceSettings;
  readonly #parts: ServiceParts;
  readonly #services: JoinedServices;
  readonly #http: HttpService;
  readonly #machine: Machine;
  readonly #metrics: PrometheusMetrics;
  readonly #idle: IdleWatch;
  readonly #ending = Promise.withResolvers<undefined>();
  #cancelCleaning: () => void = () => undefined;
  #isStopping = false;

  constructor(parts: ServiceParts, { services, http, machine, metrics, idle, url }: Running) {
    this.url = url;
    this.settings = parts.settings;
    this.#parts = parts;
    this.#services = services;
    this.#http = http;
    this.#machine = machine;
    this.#metrics = metrics;
    this.#idle = idle;
    void this.#measureStorage().catch(() => undefined);
    this.#cleanLater();
  }

  get stopped(): Promise<unknown> {
    return this.#ending.promise;
  }

  async stop(reason: string): Promise<void> {
    const { runs, schedule, downloads, executor } = this.#services;
    if (this.#isStopping) {
      await executor.close();
      return;
    }
    this.#isStopping = true;
    this.#parts.logger.info('Stopping', { reason });
    this.#idle.close();
    this.#cancelCleaning();
    runs.close();
    await Promise.all([schedule.close(GRACE_MS), downloads.close()]);
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
  readonly url: string;
}

/** Starts everything in its order; who asks is answered when what was interrupted before has been put right. */
async function startParts(parts: ServiceParts): Promise<RunningService> {
  const { settings, stores, logger, tools = createAnalyzers({ encodeParquet }) } = parts;
  const registry = new ToolRegistry(tools);
  const machine = watchMachine(settings.dataFolder);
  const metrics = new PrometheusMetrics({
    toolIds: tools.map(({ id }) => id),
    routes: describeApi().map(nameRoute),
    machine,
  });
  reportLeftovers(stores, logger, metrics);
  const services = await joinServices({ ...parts, reading: joinReading(settings), tools: registry, metrics });
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
  const service = new RunningService(parts, { services, http, machine, metrics, idle, url });
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
  { settings, logger, token }: ServiceParts,
  { services, metrics, idle, handlers }: HttpParts,
): HttpPorts {
  return {
    ...{ handlers, settings, clock: systemClock, createRequestId: createTimeOrderedId },
    ...(token !== undefined && { token }),
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
