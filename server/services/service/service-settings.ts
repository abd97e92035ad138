/** How the service is set up: presets, file, environment and flags put together. */
export interface ServiceSettings {
  readonly environment: 'development' | 'staging' | 'production';
  readonly debug: boolean;
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';
  readonly host: string;
  readonly port: number;
  readonly dataFolder: string;
  /** Runs at once; more wait in the queue. */
  readonly maxConcurrentRuns: number;
  /** Runs that may wait. */
  readonly maxQueuedRuns: number;
  readonly toolTimeoutSeconds: number;
  readonly maxArtifactBytes: number;
  readonly maxUploadBytes: number;
  /** Lower case, with the dot, e.g. `.zst`; a file without one counts as `''`. */
  readonly uploadExtensions: readonly string[];
  readonly retentionDays: number;
  /** Most bytes of artifacts; 0: no limit. */
  readonly retentionBytes: number;
  readonly cleanupIntervalMinutes: number;
  /** Most bytes of one run's log. */
  readonly maxRunLogBytes: number;
  readonly workerHeapMegabytes: number;
  readonly workerResidentMegabytes: number;
  /** What becomes of runs that were running when the service died. */
  readonly interruptedRuns: 'fail' | 'requeue';
  /** Folders that inputs by path must lie in; empty: see `chooseInputRoots`. */
  readonly inputRoots: readonly string[];
  /** Folders with DBC files, or opendbc checkouts. */
  readonly dbcPaths: readonly string[];
  /** Databases of buses: see `readDatabaseChoices`. */
  readonly dbcFiles: readonly string[];
  /** Folder that downloads from comma connect go to. */
  readonly downloadFolder: string;
  readonly isRateLimited: boolean;
  readonly maxRequestsPerMinute: number;
  readonly isAuthenticationRequired: boolean;
  /** Secrets; never shown. */
  readonly apiKeys: readonly string[];
  readonly jwtSecret: string | undefined;
  readonly jwtIssuer: string;
  readonly jwtAudience: string;
  /** Origins of pages that may use the service, besides its own. */
  readonly allowedOrigins: readonly string[];
  /** Names under which the service may be asked, besides loopback and its own address. */
  readonly allowedHosts: readonly string[];
  readonly isMetricsEnabled: boolean;
  readonly areHealthChecksEnabled: boolean;
  /** Stop after so long without a request or a run; 0: never. */
  readonly idleSeconds: number;
}

/** Whether only programs on the same machine can reach an address. */
export function isLoopbackHost(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '::1' ||
    host === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
  );
}

/** Folders that inputs by path must lie in. None means nowhere, unless the service is on loopback: then anywhere. */
export function chooseInputRoots({ host, inputRoots }: ServiceSettings): readonly string[] | 'anywhere' {
  return inputRoots.length === 0 && isLoopbackHost(host) ? 'anywhere' : inputRoots;
}
