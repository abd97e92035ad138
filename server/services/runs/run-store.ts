import type {
  Artifact,
  LoadReport,
  ParameterValues,
  RunError,
  RunInput,
  RunManifest,
  RunState,
} from '#protocol';

/** A run as it is kept: everything that must outlive the process. */
export interface RunRecord {
  readonly id: string;
  readonly toolId: string;
  readonly toolVersion: string;
  readonly name: string | null;
  readonly state: RunState;
  readonly input: RunInput | null;
  readonly inputName: string | null;
  readonly parameters: ParameterValues;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly durationSeconds: number | null;
  readonly attempt: number;
  readonly error: RunError | null;
  readonly recoveryAttempted: boolean;
  readonly rerunOf: string | null;
  readonly report: LoadReport | null;
  readonly manifest: RunManifest | null;
  /** Undefined: the service's setting. */
  readonly timeoutSeconds: number | null;
  readonly maxBytes: number | null;
  readonly idempotencyKey: string | null;
  /** Hash of what was asked, to tell whether a key was used for something else. */
  readonly requestDigest: string;
}

/** The members of a record that a transition may change. */
export type RunChange = Partial<
  Pick<
    RunRecord,
    | 'state'
    | 'startedAt'
    | 'completedAt'
    | 'durationSeconds'
    | 'attempt'
    | 'error'
    | 'recoveryAttempted'
    | 'report'
    | 'manifest'
  >
>;

/** What a run must be for a change to be made: whoever comes late changes nothing. */
export interface ExpectedRun {
  readonly state: RunState;
  readonly attempt: number;
}

/** Which runs are listed. */
export interface RunSelection {
  readonly states?: readonly RunState[];
  readonly toolId?: string;
  /** Created at this time or later. */
  readonly since?: string;
  /** Only runs that were added before the one with this id. */
  readonly before?: string;
  readonly limit: number;
}

/**
 * Keeps runs and what they left. What a promise acknowledged is on disk: it survives the death of the process and of
 * the machine.
 *
 * Every method throws {CtsError} STORE_UNAVAILABLE when the store cannot be read or written, DISK_FULL when it is full.
 */
export interface RunStore {
  /**
   * Adds a run. When there is one with the same idempotency key already, nothing is added and that one is returned.
   */
  add(run: RunRecord): Promise<{ readonly run: RunRecord; readonly isNew: boolean }>;
  get(id: string): Promise<RunRecord | undefined>;
  /** Newest first; `total` counts all that match, on this page or not, whatever `before` says. */
  list(selection: RunSelection): Promise<{ readonly runs: readonly RunRecord[]; readonly total: number }>;
  /** Queued and running ones, oldest first. */
  listActive(): Promise<readonly RunRecord[]>;
  /** Makes one change, if the run is as expected, and returns it as it is then; undefined when it was not. */
  change(id: string, expected: ExpectedRun, change: RunChange): Promise<RunRecord | undefined>;
  /** The same for a run's success, together with its artifacts: both are kept or neither. */
  complete(
    id: string,
    expected: ExpectedRun,
    completion: { readonly change: RunChange; readonly artifacts: readonly Artifact[] },
  ): Promise<RunRecord | undefined>;
  /** Runs that have ended, the one that ended first first. */
  listEnded(): Promise<readonly EndedRun[]>;
  /** Removes runs with their artifacts; those that have not ended stay. Returns the ids of those removed. */
  remove(ids: readonly string[]): Promise<readonly string[]>;

  /** In the order they were made. */
  listArtifacts(runId: string): Promise<readonly Artifact[]>;
  getArtifact(id: string): Promise<Artifact | undefined>;
  /** Ids of a run's artifacts by run, for those that have any. */
  listArtifactIds(runIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** As much of a run as it takes to decide whether it may go. */
export interface EndedRun {
  readonly id: string;
  readonly completedAt: string;
  /** Contents of its artifacts. */
  readonly contents: readonly { readonly sha256: string; readonly sizeBytes: number }[];
}
