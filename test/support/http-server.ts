import { onTestFinished } from 'vitest';
import type { RequestHandlers, Upload } from '#protocol';
import type { Clock } from '../../server/services/clock.ts';
import type { ServiceSettings } from '../../server/services/service/service-settings.ts';
import type { HttpLimits, HttpPorts, RequestLine } from '../../server/transports/http/http-ports.ts';
import { createHttpServer, type HttpService } from '../../server/transports/http/http-server.ts';
import { createCountedIds, FakeClock } from './fake-clock.ts';
import {
  ARTIFACT_TEXT,
  createTestHandlers,
  createTestState,
  findArtifact,
  type TestState,
} from './http-handlers.ts';

/** What a test decides about a server. */
export interface TestServerOptions {
  readonly settings?: Partial<ServiceSettings>;
  readonly handlers?: Partial<RequestHandlers>;
  readonly limits?: Partial<HttpLimits>;
  readonly token?: string;
  readonly pagesFolder?: string;
  readonly clock?: Clock;
}

/** The service on HTTP over handlers in memory, until the test is over. */
export interface TestServer {
  readonly service: HttpService;
  readonly state: TestState;
  readonly lines: readonly RequestLine[];
  /** What was written down as a bug of ours. */
  readonly failures: readonly unknown[];
  /** Route, status: what was counted. */
  readonly observed: readonly string[];
}

/** Settings of a service on a free port, without secrets. */
export const TEST_SETTINGS: ServiceSettings = {
  environment: 'development',
  debug: false,
  logLevel: 'INFO',
  host: '127.0.0.1',
  port: 0,
  dataFolder: '/data',
  maxConcurrentRuns: 2,
  maxQueuedRuns: 100,
  toolTimeoutSeconds: 300,
  maxArtifactBytes: 1e6,
  maxUploadBytes: 1e6,
  uploadExtensions: ['.zst', '.csv', ''],
  retentionDays: 7,
  retentionBytes: 0,
  cleanupIntervalMinutes: 60,
  maxRunLogBytes: 1e6,
  workerHeapMegabytes: 100,
  workerResidentMegabytes: 200,
  interruptedRuns: 'fail',
  inputRoots: [],
  dbcPaths: [],
  dbcFiles: [],
  downloadFolder: '/downloads',
  isRateLimited: false,
  maxRequestsPerMinute: 60,
  isAuthenticationRequired: false,
  apiKeys: [],
  jwtSecret: undefined,
  jwtIssuer: 'cts',
  jwtAudience: 'cts-api',
  allowedOrigins: [],
  allowedHosts: [],
  isMetricsEnabled: true,
  areHealthChecksEnabled: true,
  idleSeconds: 0,
};

/** Builds a server; it listens when the test tells it to. */
export async function createTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const state = createTestState();
  const lines: RequestLine[] = [];
  const failures: unknown[] = [];
  const observed: string[] = [];
  const service = await createHttpServer({
    handlers: createTestHandlers(state, options.handlers),
    settings: { ...TEST_SETTINGS, ...options.settings },
    ...(options.token !== undefined && { token: options.token }),
    log: { request: (line) => lines.push(line), failure: ({ error }) => failures.push(error) },
    metrics: {
      observeRequest: (route, status) => observed.push(`${route} ${status}`),
      observeRateLimited: () => observed.push('limited'),
      observeAuthenticationFailed: () => observed.push('unauthenticated'),
      observeUser: (name) => observed.push(`user ${name.length}`),
    },
    prometheus: async () => '# TYPE cts_runs_total counter\ncts_runs_total 3\n',
    pagesFolder: options.pagesFolder ?? '/nowhere',
    ...createContents(state),
    clock: options.clock ?? new FakeClock(),
    createRequestId: createCountedIds('request'),
    ...(options.limits && { limits: options.limits }),
  });
  onTestFinished(() => service.close({ graceMs: 100 }));
  return { service, state, lines, failures, observed };
}

/** Builds a server that listens on a free port, and tells its address. */
export async function openTestServer(
  options: TestServerOptions = {},
): Promise<TestServer & { readonly url: string }> {
  const server = await createTestServer(options);
  const { url } = await server.service.listen();
  return { ...server, url };
}

function createContents(state: TestState): Pick<HttpPorts, 'contents' | 'uploads'> {
  return {
    contents: {
      open: async (artifactId) => ({
        artifact: findArtifact(state, artifactId),
        content: openText(ARTIFACT_TEXT),
      }),
    },
    uploads: { receive: (uploadId, bytes) => receiveBytes(state, uploadId, bytes) },
  };
}

function openText(text: string): Awaited<ReturnType<HttpPorts['contents']['open']>>['content'] {
  const bytes = Buffer.from(text);
  return {
    sizeBytes: bytes.length,
    async *read({ start, end } = { start: 0, end: bytes.length }) {
      yield bytes.subarray(start, end);
    },
    close: async () => undefined,
  };
}

async function receiveBytes(
  { uploads }: TestState,
  uploadId: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Upload> {
  let receivedBytes = 0;
  for await (const piece of bytes) receivedBytes += piece.length;
  const known = uploads.get(uploadId);
  if (known === undefined) throw new Error(`Nobody announced ${uploadId}`);
  const upload = { ...known, receivedBytes };
  uploads.set(uploadId, upload);
  return upload;
}
