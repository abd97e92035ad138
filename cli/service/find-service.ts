import { CtsError, PROTOCOL_VERSION, type VersionBody } from '#protocol';
import { HttpClient } from '../http/http-client.ts';
import { DEFAULT_URL, type Settings } from '../settings/settings.ts';
import { isLoopback, type Service } from './service.ts';
import { type PublishedService, readPublishedService, readToken } from './service-file.ts';

/** What is needed to reach a service. */
export interface ServiceSearch {
  readonly settings: Settings;
  readonly version: string;
  readonly signal: AbortSignal;
  /** Starts a service for the data folder; settled when it, or another that was faster, answers. */
  readonly start: (search: ServiceSearch) => Promise<Service>;
}

/** On this machine an answer takes milliseconds; what listens and stays silent is no service. */
const LOCAL_ANSWER_MS = 2000;

/**
 * Finds the service: the one that the user names and no other; else the one of the data folder, else one that
 * listens on the usual address, else one that is started.
 *
 * @throws {CtsError} SERVER_UNREACHABLE, SERVER_NOT_STARTED
 */
export async function findService(search: ServiceSearch): Promise<Service> {
  const { settings } = search;
  if (settings.url !== undefined) return openNamedService(search, settings.url);
  return (
    (await findPublishedService(search)) ??
    (settings.isUsualDataFolder ? await findUsualService(search) : undefined) ??
    (await search.start(search))
  );
}

async function openNamedService(search: ServiceSearch, url: URL): Promise<Service> {
  const { dataFolder, apiKey } = search.settings;
  const isOnThisMachine = isLoopback(url);
  const published = isOnThisMachine ? await readPublishedService(dataFolder) : undefined;
  const token = published?.url.origin === url.origin ? await readToken(dataFolder) : undefined;
  const credential = apiKey ?? token;
  const http = createClient(search, url, credential);
  return { http, isOnThisMachine, credential, version: await readVersion(http) };
}

/** Asks which version answers, which tells at once whether anybody does. */
async function readVersion(http: HttpClient): Promise<Partial<VersionBody> | undefined> {
  try {
    return checkVersion(await http.ask('GET /v1/version'), http.base);
  } catch (error) {
    // A service that does not know the question may know the others.
    if (error instanceof CtsError && error.code === 'ENDPOINT_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Finds the service of the data folder, if it still answers. */
export async function findPublishedService(search: ServiceSearch): Promise<Service | undefined> {
  const { dataFolder, apiKey } = search.settings;
  const published: PublishedService | undefined = await readPublishedService(dataFolder);
  if (published === undefined || !isLoopback(published.url)) return undefined;
  const version = await probe(search, published.url);
  if (version === undefined) return undefined;
  // The token is read, and sent, only when a CTS has answered.
  const credential = (await readToken(dataFolder)) ?? apiKey;
  const http = createClient(search, published.url, credential);
  return { http, version, credential, isOnThisMachine: true };
}

async function findUsualService(search: ServiceSearch): Promise<Service | undefined> {
  const url = new URL(DEFAULT_URL);
  const version = await probe(search, url);
  if (version === undefined) return undefined;
  const credential = search.settings.apiKey;
  return { http: createClient(search, url, credential), version, credential, isOnThisMachine: true };
}

async function probe(search: ServiceSearch, url: URL): Promise<Partial<VersionBody> | undefined> {
  const http = createClient(search, url, undefined).with({ attempts: 1, idleMs: LOCAL_ANSWER_MS });
  let version: Partial<VersionBody>;
  try {
    version = await http.ask('GET /v1/version');
  } catch (error) {
    if (error instanceof CtsError) return undefined;
    throw error;
  }
  return typeof version.cts_version === 'string' ? checkVersion(version, url) : undefined;
}

function checkVersion(version: Partial<VersionBody>, url: URL): Partial<VersionBody> {
  const spoken = version.protocol_version;
  if (spoken === undefined || spoken === PROTOCOL_VERSION) return version;
  const serviceVersion = version.cts_version ?? '(unknown)';
  const isNewer = spoken > PROTOCOL_VERSION;
  throw new CtsError(
    'CLIENT_TOO_OLD',
    `The service at ${url.href} is CTS ${serviceVersion} and speaks protocol ${String(spoken)}; ` +
      `this cts speaks ${String(PROTOCOL_VERSION)}`,
    {
      details: { url: url.href, serviceVersion },
      actions: [isNewer ? 'Update cts.' : 'Update the service, or stop it so that cts starts its own.'],
    },
  );
}

function createClient(
  { settings, version, signal }: ServiceSearch,
  base: URL,
  apiKey: string | undefined,
): HttpClient {
  const { timeoutMs: idleMs, verifiesTls } = settings;
  return new HttpClient({ base, version, apiKey, idleMs, verifiesTls, signal });
}
