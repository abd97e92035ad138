import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Runs take seconds to minutes. */
const RUN_BUCKETS_SECONDS = [10, 30, 60, 120, 300, 600];
const REQUEST_BUCKETS_SECONDS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5];

/** Everything that is counted or measured, made once for a registry. */
export type Instruments = ReturnType<typeof createInstruments>;

/** Makes the instruments; names are those that comma-tools planned, with `cts_` before and their unit behind. */
export function createInstruments(registry: Registry) {
  const maker = new InstrumentMaker(registry);
  return {
    ...createRunInstruments(maker),
    ...createRequestInstruments(maker),
    ...createStoreInstruments(maker),
    ...createMachineInstruments(maker),
  };
}

function createRunInstruments(make: InstrumentMaker) {
  return {
    runs: make.counter('cts_runs_total', 'Runs that ended, by tool and how they ended', [
      'tool_id',
      'result',
    ]),
    runsSuccessful: make.counter('cts_runs_successful', 'Runs that completed'),
    runsFailed: make.counter('cts_runs_failed', 'Runs that failed'),
    runsCanceled: make.counter('cts_runs_canceled', 'Runs that were canceled'),
    toolsUsage: make.counter('cts_tools_usage', 'Runs that started, by tool', ['tool_id']),
    executionDuration: make.histogram(
      'cts_execution_duration_seconds',
      'How long runs took, from start to end',
      {
        labelNames: ['tool_id'],
        buckets: RUN_BUCKETS_SECONDS,
      },
    ),
    activeRuns: make.gauge('cts_active_runs', 'Runs that are being executed'),
    queuedRuns: make.gauge('cts_queued_runs', 'Runs that wait'),
    peakRuns: make.gauge('cts_peak_concurrent_runs', 'Most runs that were executed at once'),
  };
}

function createRequestInstruments(make: InstrumentMaker) {
  return {
    requests: make.counter('cts_api_requests_total', 'Requests, by route and status', ['route', 'status']),
    requestErrors: make.counter('cts_api_errors', 'Requests answered with a status of 400 or more', [
      'route',
    ]),
    responseTime: make.histogram('cts_api_response_time_seconds', 'How long requests took to be answered', {
      labelNames: ['route'],
      buckets: REQUEST_BUCKETS_SECONDS,
    }),
    rateLimitHits: make.counter('cts_rate_limit_hits_total', 'Requests refused because there were too many'),
    authenticationFailures: make.counter(
      'cts_authentication_failures_total',
      'Requests without valid credentials',
    ),
    uniqueUsers: make.gauge('cts_unique_users', 'Users that came in since the start'),
  };
}

function createStoreInstruments(make: InstrumentMaker) {
  return {
    artifactsGenerated: make.counter('cts_artifacts_generated', 'Artifacts that runs left'),
    artifactBytes: make.gauge('cts_artifact_storage_bytes', 'Bytes of artifacts on disk'),
    logBytes: make.gauge('cts_log_storage_bytes', "Bytes of runs' logs on disk"),
    storeRepairs: make.counter('cts_store_repairs_total', 'Things put right in the store', ['kind']),
  };
}

function createMachineInstruments(make: InstrumentMaker) {
  return {
    cpu: make.gauge('cts_cpu_percent', 'How busy the processors are'),
    memory: make.gauge('cts_memory_percent', 'Memory in use'),
    memoryAvailable: make.gauge('cts_memory_available_bytes', 'Memory left'),
    resident: make.gauge('cts_process_resident_memory_bytes', 'Memory of the service itself'),
    eventLoopLag: make.gauge('cts_event_loop_lag_seconds', 'How late timers come'),
    diskFree: make.gauge('cts_disk_free_bytes', 'Free bytes of the disk with the data folder'),
    diskUsed: make.gauge('cts_disk_used_percent', 'How full that disk is'),
    uptime: make.gauge('cts_uptime_seconds', 'Time since the start'),
  };
}

/** Makes instruments that belong to one registry. */
class InstrumentMaker {
  readonly #registers: Registry[];

  constructor(registry: Registry) {
    this.#registers = [registry];
  }

  counter(name: string, help: string, labelNames: string[] = []): Counter {
    return new Counter({ name, help, labelNames, registers: this.#registers });
  }

  gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: this.#registers });
  }

  histogram(name: string, help: string, shape: { labelNames: string[]; buckets: number[] }): Histogram {
    return new Histogram({ name, help, ...shape, registers: this.#registers });
  }
}
