import { createHash } from 'node:crypto';
import type { RequestContext, Run, StartRunParams } from '#protocol';
import { ContentPins } from '../../server/services/artifacts/content-pins.ts';
import { RunChanges } from '../../server/services/runs/run-changes.ts';
import { RunCleaning } from '../../server/services/runs/run-cleaning.ts';
import type { InputGate } from '../../server/services/runs/run-inputs.ts';
import { RunLogs } from '../../server/services/runs/run-logs.ts';
import { RunSchedule } from '../../server/services/runs/run-schedule.ts';
import { RunService } from '../../server/services/runs/run-service.ts';
import type { ScheduleSettings } from '../../server/services/runs/schedule-ports.ts';
import { ToolRegistry } from '../../server/services/tools/tool-registry.ts';
import { UploadService } from '../../server/services/uploads/upload-service.ts';
import type { Analyzer } from '../../server/tools/tool.ts';
import { createCountedIds, FakeClock } from './fake-clock.ts';
import { type FakeExecution, FakeExecutor } from './fake-executor.ts';
import { MemoryContentStore } from './memory-content-store.ts';
import type { MemoryFiles } from './memory-files.ts';
import { MemoryIncomingFiles } from './memory-incoming-files.ts';
import { MemoryRunFolders, MemoryRunLogStore } from './memory-run-logs.ts';
import { MemoryRunStore } from './memory-run-store.ts';
import { MemoryStoreKeeper } from './memory-store-keeper.ts';
import { MemoryUploadStore } from './memory-upload-store.ts';
import { createSampleTool } from './sample-tool.ts';

/** What a test decides about a service in memory. */
export interface MemoryServiceOptions {
  readonly tools?: readonly Analyzer[];
  readonly settings?: Partial<ScheduleSettings>;
  readonly maxLogBytes?: number;
  readonly maxQueuedRuns?: number;
  readonly retentionDays?: number;
  readonly gate?: InputGate;
  /** Stores that a service before has filled. */
  readonly before?: MemoryStores;
}

/** What outlives a service. */
export interface MemoryStores {
  readonly files: MemoryFiles;
  readonly runs: MemoryRunStore;
  readonly uploads: MemoryUploadStore;
  readonly contents: MemoryContentStore;
  readonly runLogs: MemoryRunLogStore;
}

/** Lets every path in. */
export const OPEN_GATE: InputGate = { roots: [], admit: (path) => Promise.resolve(path) };

function createStores(): MemoryStores {
  const files: MemoryFiles = new Map();
  return {
    files,
    runs: new MemoryRunStore(),
    uploads: new MemoryUploadStore(),
    contents: new MemoryContentStore(files),
    runLogs: new MemoryRunLogStore(),
  };
}

/** The services of runs and uploads, on stores in memory and processes in a test's hands. */
export class MemoryService {
  readonly clock = new FakeClock();
  readonly executor = new FakeExecutor();
  readonly pins = new ContentPins();
  readonly changes = new RunChanges();
  readonly observed: (readonly [string, ...(string | number | null)[]])[] = [];
  readonly stores: MemoryStores;
  readonly incoming: MemoryIncomingFiles;
  readonly folders: MemoryRunFolders;
  readonly keeper: MemoryStoreKeeper;
  readonly logs: RunLogs;
  readonly schedule: RunSchedule;
  readonly runs: RunService;
  readonly uploads: UploadService;
  readonly cleaning: RunCleaning;

  constructor(options: MemoryServiceOptions = {}) {
    const { clock, changes } = this;
    const tools = new ToolRegistry(options.tools ?? [createSampleTool()]);
    this.stores = options.before ?? createStores();
    const { files, runs: store, uploads, contents, runLogs } = this.stores;
    this.incoming = new MemoryIncomingFiles(files);
    this.folders = new MemoryRunFolders(files, runLogs);
    this.keeper = new MemoryStoreKeeper(store, uploads);
    this.logs = new RunLogs({
      ...{ store: runLogs, clock, maxBytes: options.maxLogBytes ?? 1e6 },
      observer: { observeLogWritten: () => undefined },
    });
    const inputs = { gate: options.gate ?? OPEN_GATE, uploads, store, contents };
    this.schedule = new RunSchedule({
      ...{ store, clock, changes, logs: this.logs },
      settings: {
        maxConcurrentRuns: 2,
        toolTimeoutSeconds: 300,
        interruptedRuns: 'fail',
        ...options.settings,
      },
      observer: {
        observeRunQueued: () => void this.observed.push(['queued']),
        observeRunStarted: (toolId) => void this.observed.push(['started', toolId]),
        observeRunEnded: ({ toolId, state, seconds }) =>
          void this.observed.push(['ended', toolId, state, seconds]),
        observeArtifactStored: (sizeBytes) => void this.observed.push(['stored', sizeBytes]),
        observeStoreRepair: (repair) => void this.observed.push(['repaired', repair]),
      },
      work: {
        tools,
        ...{ executor: this.executor, folders: this.folders, contents, pins: this.pins, inputs },
        ...{ logs: this.logs, changes, clock, createId: createCountedIds('artifact') },
        limits: { heapMegabytes: 100, residentMegabytes: 200, artifactBytes: 1000 },
        environment: { node: 'v24.0.0', platform: 'linux', arch: 'x64' },
        ctsVersion: '9.9.9',
      },
    });
    const createId = createCountedIds('run');
    this.runs = new RunService({
      ...{ tools, store, inputs, logs: this.logs, schedule: this.schedule, changes, clock, createId },
      maxQueuedRuns: options.maxQueuedRuns ?? 100,
    });
    this.uploads = new UploadService({
      ...{ store: uploads, incoming: this.incoming, contents, pins: this.pins, runs: store, clock },
      createId: createCountedIds('upload'),
      limits: { maxUploadBytes: 100, uploadExtensions: ['.zst', '.csv', ''] },
    });
    this.cleaning = new RunCleaning({
      ...{ store, uploads, incoming: this.incoming, contents, pins: this.pins, folders: this.folders },
      ...{
        keeper: this.keeper,
        changes,
        clock,
        settings: { retentionDays: options.retentionDays ?? 7, retentionBytes: 0 },
      },
    });
  }

  /** Queues a run of the sample tool. */
  start(params: Partial<StartRunParams> = {}): Promise<Run> {
    return this.runs.start({ toolId: 'sample-tool', parameters: {}, ...params });
  }

  /** Has an execution leave a file and finish. */
  finishWith(execution: FakeExecution, name: string, text: string): void {
    const sha256 = createHash('sha256').update(text).digest('hex');
    const path = `${execution.job.workFolder}/${name}`;
    this.stores.files.set(path, Buffer.from(text));
    execution.finish({
      files: [{ name, path, mediaType: 'text/csv', sizeBytes: text.length, sha256, rows: 1 }],
    });
  }

  /** What a run's log says, a line each. */
  async readLog(runId: string): Promise<readonly string[]> {
    const { entries } = await this.runs.readLog(runId, 0, 10_000);
    return entries.map(({ level, source, message }) => `${level} ${source}: ${message}`);
  }
}

/** What comes with a request that nobody cancels and whose notifications nobody hears. */
export function createQuietContext(): RequestContext {
  return { signal: new AbortController().signal, notify: () => undefined };
}
