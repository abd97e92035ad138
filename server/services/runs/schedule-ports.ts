import type { Clock } from '../clock.ts';
import type { MetricsRecorder } from '../service/metrics.ts';
import type { RunChanges } from './run-changes.ts';
import type { RunLogs } from './run-logs.ts';
import type { RunStore } from './run-store.ts';
import type { WorkPorts } from './run-work.ts';

/** Hears what becomes of runs. */
export type RunObserver = Pick<
  MetricsRecorder,
  | 'observeRunQueued'
  | 'observeRunStarted'
  | 'observeRunEnded'
  | 'observeArtifactStored'
  | 'observeStoreRepair'
>;

/** How runs are scheduled. */
export interface ScheduleSettings {
  /** Runs at once. */
  readonly maxConcurrentRuns: number;
  readonly toolTimeoutSeconds: number;
  /** What becomes of runs that were working when the service ended. */
  readonly interruptedRuns: 'fail' | 'requeue';
}

/** What the schedule needs. */
export interface SchedulePorts {
  readonly store: RunStore;
  readonly logs: RunLogs;
  readonly changes: RunChanges;
  readonly clock: Clock;
  readonly work: WorkPorts;
  readonly settings: ScheduleSettings;
  readonly observer: RunObserver;
}
