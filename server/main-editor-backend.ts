import { REQUESTS } from '#contract';
import {
  CTS_VERSION,
  CtsError,
  PROTOCOL_VERSION,
  type RequestContext,
  type RequestHandlers,
  type RequestMethod,
  type RunPage,
  type WatchRunsResult,
} from '#protocol';
import { readSettingsSources } from './adapters/config/settings-sources.ts';
import { accessTokenPath } from './adapters/data-folder/access-token.ts';
import { openStores } from './adapters/data-folder/stores.ts';
import { createLogger } from './adapters/logger/pino-logger.ts';
import { listMissingModules } from './adapters/machine/missing-modules.ts';
import { LinkLost } from './adapters/service-link/service-link.ts';
import { joinReading, type Reading } from './main-reading.ts';
import type { Programs } from './main-programs.ts';
import { type RunningService, startService } from './main-running-service.ts';
import { type StoreSeat, takeStoreSeat } from './main-store-seat.ts';
import type { Logger } from './services/service/logger.ts';
import { resolveSettings } from './services/service/resolve-settings.ts';
import type { ServiceSettings } from './services/service/service-settings.ts';
import type { BackendFacts, BegunBackend } from './transports/editor/editor-connection.ts';
import type { EditorOptions, EditorSettings } from './transports/editor/editor-options.ts';
import { RpcRequests } from './transports/rpc/rpc-requests.ts';

/** What changes nothing and tells nothing on its way may be asked again. */
const REPEATABLE = /\/(?:list|get|read|readLog|manifest|version|capabilities|configuration|health|metrics)$/;

/** What is told of runs when somebody else keeps them. */
const NEWEST_RUNS = 100;

/** What a backend is begun with besides the wishes of the editor. */
export interface EditorSurroundings extends Programs {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Hears where HTTP answers, when that changes. */
  readonly onMoved: (httpUrl: string) => void;
}

/**
 * Begins what works for an editor. Logs and databases are read in this process, whoever keeps the runs.
 *
 * @throws {CtsError} INVALID_CONFIGURATION, STORE_IN_USE and others.
 */
export async function beginEditorBackend(
  options: EditorOptions,
  surroundings: EditorSurroundings,
): Promise<EditorBackend> {
  const { settings, warnings } = await readSettings(options, surroundings.environment);
  const logger = createLogger({ level: settings.logLevel, format: 'json', secrets: settings.apiKeys });
  for (const warning of warnings) logger.warning(warning);
  const reading = joinReading(settings, logger);
  const backend = new EditorBackend({ ...surroundings, settings, logger, reading });
  await backend.begin();
  return backend;
}

interface BackendParts extends EditorSurroundings {
  readonly settings: ServiceSettings;
  readonly logger: Logger;
  readonly reading: Reading;
}

/** What works for one window of an editor. */
export class EditorBackend implements BegunBackend {
  readonly #parts: BackendParts;
  readonly #requests: RpcRequests;
  readonly #ending = new AbortController();
  #seat: Promise<StoreSeat> | undefined;
  #facts: BackendFacts | undefined;

  constructor(parts: BackendParts) {
    this.#parts = parts;
    this.#requests = new RpcRequests(this.#joinHandlers());
  }

  get facts(): BackendFacts {
    if (this.#facts === undefined) throw new Error('The backend has not begun');
    return this.#facts;
  }

  get logger(): Logger {
    return this.#parts.logger;
  }

  /** @throws {CtsError} */
  async begin(): Promise<void> {
    const { url } = await this.#findSeat();
    const missing = await listMissingModules();
    for (const sentence of missing) this.logger.warning(sentence);
    this.#facts = {
      ...{ protocolVersion: PROTOCOL_VERSION, ctsVersion: CTS_VERSION, httpUrl: url, missing },
      tokenFile: accessTokenPath(this.#parts.settings.dataFolder),
    };
  }

  answer(method: string, params: unknown, context: RequestContext): Promise<unknown> {
    return this.#requests.answer(method, params, context);
  }

  /** Stops well. */
  async end(reason: string): Promise<void> {
    if (this.#ending.signal.aborted) return;
    this.#ending.abort(new CtsError('SHUTTING_DOWN', 'The backend of the editor is closing'));
    this.#parts.reading.close();
    const seat = await this.#seat?.catch(() => undefined);
    await seat?.leave(reason);
  }

  /** What reads logs is here; all else is where the runs are. */
  #joinHandlers(): RequestHandlers {
    const methods = Object.keys(REQUESTS) as RequestMethod[];
    const forwarding = methods.map((method) => [
      method,
      (params: unknown, context: RequestContext) => this.#ask(method, params, context),
    ]);
    return {
      ...(Object.fromEntries(forwarding) as RequestHandlers),
      'runs/watch': (_params, context) => this.#watchRuns(context),
      ...this.#parts.reading.handlers,
    };
  }

  /** Watches whoever keeps the runs, one after the other: what happened in between is told as news, too. */
  async #watchRuns(context: RequestContext): Promise<WatchRunsResult> {
    let told = 0;
    const counting: RequestContext = {
      signal: context.signal,
      notify: (method, news) => {
        told++;
        return context.notify(method, news);
      },
    };
    for (let isFirst = true; !this.#isOver(context); isFirst = false) {
      const seat = await this.#findSeat();
      const watching = seat.answer('runs/watch', {}, counting).catch(passOverLoss);
      if (!isFirst) await this.#tellNewestRuns(seat, counting).catch(passOverLoss);
      await watching;
      if (!this.#isOver(context)) await seat.ended;
    }
    return { told };
  }

  #isOver({ signal }: RequestContext): boolean {
    return signal.aborted || this.#ending.signal.aborted;
  }

  async #tellNewestRuns(seat: StoreSeat, context: RequestContext): Promise<void> {
    const { runs } = (await seat.answer('runs/list', { limit: NEWEST_RUNS }, context)) as RunPage;
    await context.notify('runs/changed', { runs, removed: [] });
  }

  async #ask(method: RequestMethod, params: unknown, context: RequestContext): Promise<unknown> {
    const seat = await this.#findSeat();
    try {
      return await seat.answer(method, params, context);
    } catch (error) {
      if (!(error instanceof LinkLost)) throw error;
      if (!REPEATABLE.test(method)) throw describeLoss(method, error);
      await seat.ended;
      return this.#ask(method, params, context);
    }
  }

  /** The seat that was taken, or is being taken now. One that could not be taken is tried again when it is needed. */
  #findSeat(): Promise<StoreSeat> {
    this.#seat ??= this.#takeSeat();
    return this.#seat;
  }

  #takeSeat(): Promise<StoreSeat> {
    const { signal } = this.#ending;
    const { dataFolder } = this.#parts.settings;
    const taken = takeStoreSeat({ dataFolder, signal, startService: () => this.#startService() });
    taken.then(
      (seat) => {
        this.#watch(seat);
      },
      () => {
        this.#seat = undefined;
      },
    );
    return taken;
  }

  #watch({ ended, isOwn, url }: StoreSeat): void {
    if (!isOwn) this.logger.info(`Another window keeps the runs; asking it at ${url}`);
    void ended.then(() => {
      this.#seat = undefined;
      if (this.#ending.signal.aborted) return;
      this.#findSeat().then(
        (next) => {
          this.#parts.onMoved(next.url);
        },
        (error: unknown) => {
          this.logger.error('Cannot take over the runs', { error });
        },
      );
    });
  }

  async #startService(): Promise<RunningService> {
    const { settings, logger } = this.#parts;
    const stores = await openStores(settings.dataFolder);
    try {
      return await startService({ ...this.#parts, stores, logger, token: stores.token });
    } catch (error) {
      await stores.close();
      throw error;
    }
  }
}

async function readSettings(
  { dataFolder, settings }: EditorOptions,
  environment: EditorSurroundings['environment'],
) {
  // The configuration file is that of services.
  const variables = { ...environment, CTS_CONFIG: undefined };
  const flags = { data_dir: dataFolder, host: '127.0.0.1', port: '0', idle_timeout_seconds: '0' };
  const read = await readSettingsSources(
    { settings: flags, isStartedByClient: true, wantsHelp: false, wantsVersion: false },
    variables,
  );
  const file = { path: 'the settings of the editor', values: toSettingValues(settings) };
  const { settings: resolved, warnings } = resolveSettings({ ...read.sources, file });
  return { settings: resolved, warnings: [...read.warnings, ...warnings] };
}

/** A window that is closed ends its runs in the middle: they begin anew with the next. */
function toSettingValues({ dbcPaths, maxConcurrentRuns, retentionDays, logLevel }: EditorSettings) {
  return {
    interrupted_runs: 'requeue',
    ...(dbcPaths !== undefined && { dbc_paths: dbcPaths }),
    ...(maxConcurrentRuns !== undefined && { max_concurrent_runs: maxConcurrentRuns }),
    ...(retentionDays !== undefined && { artifact_retention_days: retentionDays }),
    ...(logLevel !== undefined && { log_level: logLevel.toUpperCase() }),
  };
}

function passOverLoss(error: unknown): void {
  if (!(error instanceof LinkLost)) throw error;
}

function describeLoss(method: string, cause: LinkLost): CtsError {
  return new CtsError(
    'SERVER_UNREACHABLE',
    `The window that kept the runs was closed before it had answered ${method}`,
    {
      details: { method },
      actions: ['Look whether it was done, and try again.'],
      cause,
    },
  );
}
