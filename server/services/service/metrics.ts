import type { RunState, ServiceMetrics } from '#protocol';

/** How a run ended. */
export interface EndedRunObservation {
  readonly toolId: string;
  readonly state: Extract<RunState, 'completed' | 'failed' | 'canceled'>;
  /** Since it started; null when it never left the queue. */
  readonly seconds: number | null;
}

/** What a start put right. */
export type StoreRepair = 'interrupted_run' | 'stale_upload' | 'leftover_file';

/**
 * Counts what happens. A run is observed as queued, then started, then ended; one that is canceled in the queue is
 * never started. A retry of a run is the same run.
 */
export interface MetricsRecorder {
  /** Also for runs that were queued when the service stopped, when it takes them up again. */
  observeRunQueued(): void;
  observeRunStarted(toolId: string): void;
  observeRunEnded(end: EndedRunObservation): void;
  /** @param route Verb and path as declared, e.g. `GET /v1/runs/{runId}`: never with an id in it. */
  observeRequest(route: string, status: number, ms: number): void;
  observeRateLimited(): void;
  observeAuthenticationFailed(): void;
  /** @param name Who came in, e.g. the subject of a token. Only their number is kept. */
  observeUser(name: string): void;
  observeArtifactStored(sizeBytes: number): void;
  /** Bytes that artifacts and logs take on disk, where somebody has counted them: at start, after a clean-up. */
  observeStorage(bytes: { readonly artifactBytes?: number; readonly logBytes?: number }): void;
  observeLogWritten(sizeBytes: number): void;
  observeStoreRepair(repair: StoreRepair): void;
}

/** Tells what was counted. */
export interface MetricsReader {
  /** For Prometheus to scrape: text format 0.0.4. */
  prometheusText(): Promise<string>;
  summarize(): Promise<ServiceMetrics>;
}
