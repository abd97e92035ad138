import type { Artifact, RequestHandlers, Upload } from '#protocol';
import type { OpenContent } from '../../services/artifacts/content-store.ts';
import type { Clock, CreateId } from '../../services/clock.ts';
import type { ServiceSettings } from '../../services/service/service-settings.ts';
import type { AccessChecks } from './access-checks.ts';

/** One line of the log for each request that was answered. It holds no query, no header and no body: no secret. */
export interface RequestLine {
  readonly request_id: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  readonly ms: number;
}

/** Where the transport says what it did. */
export interface HttpLog {
  request(line: RequestLine): void;
  /** Something that is our bug: the caller is told INTERNAL_ERROR and nothing of this. */
  failure(line: { readonly request_id: string; readonly error: unknown }): void;
}

/** Counts what was asked. */
export interface HttpMetrics {
  /** @param route Verb and path as declared, e.g. `GET /v1/runs/{runId}`: never with an id in it. */
  observeRequest(route: string, status: number, ms: number): void;
  observeRateLimited(): void;
  observeAuthenticationFailed(): void;
  /** @param name Tells callers apart and nothing more: no key, no token. */
  observeUser(name: string): void;
}

/** Opens artifacts to read their bytes. */
export interface ArtifactContents {
  /**
   * The caller closes the content.
   *
   * @throws {CtsError} ARTIFACT_NOT_FOUND, ARTIFACT_LOST.
   */
  open(artifactId: string): Promise<{ readonly artifact: Artifact; readonly content: OpenContent }>;
}

/** Takes the bytes of uploads. A second writer of the same upload ends the first. */
export interface UploadBytes {
  /**
   * Takes bytes; what came before a failure of the sender stays, and is on disk when this settles.
   *
   * @throws {CtsError} UPLOAD_NOT_FOUND, UPLOAD_TOO_LARGE, UPLOAD_MISMATCH when `offset` is not what has been received,
   *   DISK_FULL.
   */
  receive(uploadId: string, bytes: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<Upload>;
}

/** Where the bytes of an upload begin, and when to stop waiting for them. */
export interface ReceiveOptions {
  /** Undefined: the bytes are the whole file and replace what has been received. */
  readonly offset?: number;
  readonly signal: AbortSignal;
}

/** Everything that HTTP needs of the rest of the service. */
export interface HttpPorts {
  readonly handlers: RequestHandlers;
  readonly settings: ServiceSettings;
  /** Random secret of a service that was started by `cts` for its own use; whoever sends it is let in. */
  readonly token?: string;
  readonly log: HttpLog;
  readonly metrics: HttpMetrics;
  /** All metrics as Prometheus text. */
  readonly prometheus: () => Promise<string>;
  readonly contents: ArtifactContents;
  readonly uploads: UploadBytes;
  /** Script and style of the pages: what `npm run build` leaves in `dist/pages`. */
  readonly pagesFolder: string;
  readonly clock: Clock;
  readonly createRequestId: CreateId;
  /** Other limits than the usual ones: for tests. */
  readonly limits?: Partial<HttpLimits>;
}

/** What is handed to the streams besides. */
export interface StreamPorts extends HttpPorts {
  /**
   * Host, Origin and authentication. Every request that Fastify routes has passed them before its handler runs, upgrades
   * by `@fastify/websocket` included; whoever takes the server's `upgrade` event itself must call `access.admit` and
   * `access.authenticate`.
   */
  readonly access: AccessChecks;
  /** Aborted when the service closes: streams say their goodbye and end. */
  readonly closing: AbortSignal;
}

/** Limits of the server, in milliseconds and bytes. */
export interface HttpLimits {
  /** For a whole request to arrive; routes that take long bodies lift it: see `allowLongRequest`. */
  readonly requestTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly connectionsCheckingIntervalMs: number;
  readonly keepAliveTimeoutMs: number;
  readonly maxHeaderBytes: number;
  /** Of JSON. */
  readonly maxBodyBytes: number;
  /** Mean lag of the event loop above which requests are refused. */
  readonly maxEventLoopDelayMs: number;
  /** Failed authentications a minute and address. */
  readonly maxFailedAuthentications: number;
}

export const HTTP_LIMITS: HttpLimits = {
  requestTimeoutMs: 15_000,
  headersTimeoutMs: 5000,
  connectionsCheckingIntervalMs: 2000,
  keepAliveTimeoutMs: 10_000,
  maxHeaderBytes: 16_384,
  maxBodyBytes: 1_048_576,
  maxEventLoopDelayMs: 300,
  maxFailedAuthentications: 10,
};
