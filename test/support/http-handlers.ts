import {
  type Artifact,
  type CreateUploadParams,
  CtsError,
  type Download,
  type Monitor,
  type RequestHandlers,
  type Run,
  type RunLogEntry,
  type StartRunParams,
  type Upload,
} from '#protocol';
import { answerDatabases } from './http-dbc-answers.ts';
import { answerService, findTool, type Some, TIME } from './http-service-answers.ts';
import { WHOLE_REPORT } from './sample-answers.ts';
import { buildDownload } from './store-records.ts';

/** The content of the artifact that every run of the handlers leaves. */
export const ARTIFACT_TEXT = 'a,b\r\n1,2\r\n';

/** State that handlers in memory work on, and what they were asked. */
export interface TestState {
  readonly runs: Run[];
  readonly artifacts: Artifact[];
  readonly uploads: Map<string, Upload>;
  readonly downloads: Map<string, Download>;
  readonly monitors: Map<string, Monitor>;
  /** Wire names of what was asked, in order. */
  readonly asked: string[];
}

/** State without anything in it. */
export function createTestState(): TestState {
  return {
    runs: [],
    artifacts: [],
    uploads: new Map(),
    downloads: new Map(),
    monitors: new Map(),
    asked: [],
  };
}

/** Handlers in memory that write down what they are asked; `replacements` answer instead of them. */
export function createTestHandlers(
  state: TestState,
  replacements: Partial<RequestHandlers> = {},
): RequestHandlers {
  const handlers = {
    ...answerService(),
    ...answerDatabases(),
    ...answerRuns(state),
    ...answerArtifacts(state),
    ...answerUploads(state),
    ...answerDownloads(state),
    ...answerMonitors(state),
    ...replacements,
  };
  const watched = Object.entries(handlers).map(([method, handle]) => [
    method,
    (...call: unknown[]) => {
      state.asked.push(method);
      return (handle as (...given: unknown[]) => unknown)(...call);
    },
  ]);
  return Object.fromEntries(watched) as RequestHandlers;
}

function answerRuns(state: TestState): Some<'runs'> {
  return {
    'runs/start': async (params) => addRun(state, params),
    'runs/list': async ({ states, toolId, limit, cursor }) => {
      const matching = state.runs
        .filter((run) => states?.includes(run.state) ?? true)
        .filter((run) => toolId === undefined || run.toolId === toolId)
        .reverse();
      const start = cursor === undefined ? 0 : Number(cursor);
      const end = start + limit;
      return {
        runs: matching.slice(start, end),
        nextCursor: end < matching.length ? String(end) : null,
        total: matching.length,
      };
    },
    'runs/get': async ({ runId }) => findRun(state, runId),
    'runs/cancel': async ({ runId }) => {
      const run = state.runs.find(({ id }) => id === runId) ?? null;
      return { run, wasActive: run?.state === 'queued' };
    },
    'runs/rerun': async ({ runId }) => {
      const { toolId, parameters } = findRun(state, runId);
      return { ...addRun(state, { toolId, parameters }), rerunOf: runId };
    },
    'runs/watch': async () => ({ told: 0 }),
    'runs/manifest': async ({ runId }) => ({
      runId: findRun(state, runId).id,
      tool: { id: 'can-bitwatch', version: '1.0.0' },
      ctsVersion: '9.9.9',
      parameters: {},
      inputs: [],
      artifacts: [],
      environment: { node: 'v24.0.0', platform: 'linux', arch: 'x64' },
      startedAt: TIME,
      completedAt: TIME,
    }),
    'runs/clean': async ({ isDryRun }) => ({
      isDryRun,
      runIds: ['r0'],
      uploadIds: [],
      artifacts: 2,
      freedBytes: 10,
    }),
    'runs/readLog': async ({ runId, after, limit }) => {
      findRun(state, runId);
      const entries = LOG.filter(({ sequence }) => sequence > after);
      return { entries: entries.slice(0, limit), hasMore: entries.length > limit, isEnded: true };
    },
    'runs/followLog': async ({ runId, after }, { notify }) => {
      await notify('runs/logAppended', { runId, entries: LOG.filter(({ sequence }) => sequence > after) });
      return { lastSequence: LOG.length };
    },
  };
}

const LOG: readonly RunLogEntry[] = ['Starting', 'Reading', 'Done'].map((message, index) => ({
  sequence: index + 1,
  timestamp: TIME,
  level: 'INFO',
  message,
  source: 'tool',
}));

function answerArtifacts(state: TestState): Some<'artifacts'> {
  return {
    'artifacts/list': async ({ runId }) => {
      findRun(state, runId);
      return state.artifacts.filter((artifact) => artifact.runId === runId);
    },
    'artifacts/get': async ({ artifactId }) => findArtifact(state, artifactId),
    'artifacts/read': async () => ({
      base64: Buffer.from(ARTIFACT_TEXT).toString('base64'),
      offset: 0,
      sizeBytes: ARTIFACT_TEXT.length,
    }),
  };
}

function answerUploads({ uploads }: TestState): Some<'uploads'> {
  const find = (id: string): Upload => {
    const upload = uploads.get(id);
    if (upload === undefined) throw new CtsError('UPLOAD_NOT_FOUND', `There is no upload ${id}`);
    return upload;
  };
  return {
    'uploads/create': async (params) => addUpload(uploads, params),
    'uploads/list': async () => [...uploads.values()].reverse(),
    'uploads/get': async ({ uploadId }) => find(uploadId),
    'uploads/finalize': async ({ uploadId }) => {
      const upload: Upload = { ...find(uploadId), state: 'completed', completedAt: TIME };
      uploads.set(uploadId, upload);
      return upload;
    },
    'uploads/delete': async ({ uploadId }) => {
      const upload = find(uploadId);
      uploads.delete(uploadId);
      return upload;
    },
  };
}

function answerDownloads({ downloads }: TestState): Some<'downloads'> {
  const find = (id: string): Download => {
    const download = downloads.get(id);
    if (download === undefined) throw new CtsError('DOWNLOAD_NOT_FOUND', `There is no download ${id}`);
    return download;
  };
  return {
    'downloads/start': async ({ route, destination = '/downloads' }) => {
      const download = buildDownload({ id: `d${downloads.size + 1}`, route, destination, createdAt: TIME });
      downloads.set(download.id, download);
      return download;
    },
    'downloads/list': async () => [...downloads.values()].reverse(),
    'downloads/get': async ({ downloadId }) => find(downloadId),
    'downloads/cancel': async ({ downloadId }) => ({ ...find(downloadId), state: 'canceled' }),
  };
}

function answerMonitors({ monitors }: TestState): Some<'monitors'> {
  const find = (id: string): Monitor => {
    const monitor = monitors.get(id);
    if (monitor === undefined) throw new CtsError('MONITOR_NOT_FOUND', `There is no monitor ${id}`);
    return monitor;
  };
  return {
    'monitors/list': async () => [...monitors.values()],
    'monitors/start': async ({ toolId }) => {
      const id = `m${monitors.size + 1}`;
      const monitor: Monitor = { id, toolId, state: 'running', startedAt: TIME, stoppedAt: null };
      monitors.set(id, monitor);
      return monitor;
    },
    'monitors/get': async ({ monitorId }) => find(monitorId),
    'monitors/stop': async ({ monitorId }) => ({ ...find(monitorId), state: 'stopping' }),
  };
}

function addRun(state: TestState, { toolId, parameters, name, input }: StartRunParams): Run {
  const { id: knownId } = findTool(toolId);
  const id = `run-${state.runs.length + 1}`;
  const artifact = addArtifact(state, id);
  const run: Run = {
    ...{
      id,
      toolId: knownId,
      toolVersion: '1.0.0',
      name: name ?? null,
      state: 'queued',
      input: input ?? null,
    },
    ...{ inputName: null, parameters, createdAt: TIME, startedAt: TIME, completedAt: TIME },
    ...{ durationSeconds: 1.5, progress: 100, progressMessage: 'done', attempt: 1, queuePosition: 1 },
    ...{ artifactIds: [artifact.id], recoveryAttempted: false, rerunOf: null, report: WHOLE_REPORT },
    error: {
      code: 'TOOL_FAILED',
      category: 'tool_error',
      message: 'boom',
      details: { line: 3 },
      suggestedActions: ['Look'],
    },
  };
  state.runs.push(run);
  return run;
}

function addArtifact(state: TestState, runId: string): Artifact {
  const artifact = {
    id: `artifact-${state.artifacts.length + 1}`,
    runId,
    name: 'an.counts.csv',
    mediaType: 'text/csv',
    sizeBytes: ARTIFACT_TEXT.length,
    sha256: 'ab'.repeat(32),
    rows: 1,
    createdAt: TIME,
  };
  state.artifacts.push(artifact);
  return artifact;
}

function addUpload(
  uploads: Map<string, Upload>,
  { filename, sizeBytes, sha256 }: CreateUploadParams,
): Upload {
  const upload: Upload = {
    id: `upload-${uploads.size + 1}`,
    filename,
    state: 'pending',
    sizeBytes: sizeBytes ?? null,
    receivedBytes: 0,
    sha256: sha256 ?? null,
    createdAt: TIME,
    completedAt: null,
  };
  uploads.set(upload.id, upload);
  return upload;
}

function findRun({ runs }: TestState, runId: string): Run {
  const run = runs.find(({ id }) => id === runId);
  if (run === undefined) throw new CtsError('RUN_NOT_FOUND', `There is no run "${runId}"`);
  return run;
}

/** @throws {CtsError} ARTIFACT_NOT_FOUND */
export function findArtifact({ artifacts }: TestState, artifactId: string): Artifact {
  const artifact = artifacts.find(({ id }) => id === artifactId);
  if (artifact === undefined)
    throw new CtsError('ARTIFACT_NOT_FOUND', `There is no artifact "${artifactId}"`);
  return artifact;
}
