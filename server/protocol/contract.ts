import * as z from 'zod';
import { Artifact, ArtifactBytes, ArtifactQuery, ReadArtifactParams } from './artifacts.ts';
import { DbcMatches, DbcOnLog, MatchDbcParams } from './dbc-choice.ts';
import {
  DecodeLogParams,
  DecodeLogResult,
  DecodeTextParams,
  DecodeTextResult,
  FramesDecoded,
} from './dbc-decoding.ts';
import { DbcInfo, DbcList, DbcQuery, DbcText, ListDbcParams } from './dbc-files.ts';
import { LintParams, LintResult, LintRules, LintRulesParams } from './dbc-lint.ts';
import {
  ListSignalsParams,
  LogMessages,
  LogSignals,
  SignalSeries,
  SignalSeriesParams,
  SignalValues,
  SignalValuesParams,
} from './dbc-signals.ts';
import { Download, DownloadQuery, StartDownloadParams } from './downloads.ts';
import { EventsRead, LogInfo, LogReading, ReadEventsParams, ReadEventsResult } from './logs.ts';
import { Monitor, MonitorQuery, StartMonitorParams } from './monitors.ts';
import {
  FollowRunLogParams,
  FollowRunLogResult,
  ReadRunLogParams,
  RunLogAppended,
  RunLogPage,
} from './run-log.ts';
import {
  CancelRunResult,
  CleanRunsParams,
  CleanRunsResult,
  ListRunsParams,
  Progress,
  RerunParams,
  Run,
  RunManifest,
  RunPage,
  RunsChanged,
  WatchRunsResult,
  RunQuery,
  StartRunParams,
} from './runs.ts';
import {
  Capabilities,
  Health,
  NoParams,
  ServiceConfiguration,
  ServiceMetrics,
  ServiceVersion,
  StoreVerification,
  VerifyStoreParams,
} from './service.ts';
import type { RequestDefinition } from './request-definition.ts';
import { SESSION_REQUESTS } from './session-requests.ts';
import { SessionChanged } from './sessions.ts';
import { ToolManifest, ToolQuery } from './tools.ts';
import { CreateUploadParams, Upload, UploadQuery } from './uploads.ts';

/**
 * Every request that the engine answers, by wire name. All else follows from here: types, validation, the routes of
 * HTTP, OpenAPI, docs/API_REFERENCE.md.
 */
export const REQUESTS = {
  'service/version': { params: NoParams, result: ServiceVersion, summary: 'Which versions answer' },
  'service/health': { params: NoParams, result: Health, summary: 'How the service and its parts are' },
  'service/capabilities': { params: NoParams, result: Capabilities, summary: 'What the service can do' },
  'service/configuration': {
    params: NoParams,
    result: ServiceConfiguration,
    summary: 'The settings in force, without secrets',
  },
  'service/metrics': {
    params: NoParams,
    result: ServiceMetrics,
    summary: 'What has happened since the start',
  },
  'store/verify': {
    params: VerifyStoreParams,
    result: StoreVerification,
    summary: 'Check the database and the contents of artifacts',
  },

  'tools/list': {
    params: NoParams,
    result: z.array(ToolManifest),
    summary: 'All tools and their parameters',
  },
  'tools/get': { params: ToolQuery, result: ToolManifest, summary: 'One tool and its parameters' },

  'runs/start': { params: StartRunParams, result: Run, summary: 'Queue a run of a tool' },
  'runs/list': { params: ListRunsParams, result: RunPage, summary: 'Runs, newest first' },
  'runs/get': { params: RunQuery, result: Run, summary: 'One run' },
  'runs/cancel': { params: RunQuery, result: CancelRunResult, summary: 'Stop a run' },
  'runs/rerun': { params: RerunParams, result: Run, summary: 'Queue a run like an earlier one' },
  'runs/watch': {
    params: NoParams,
    result: WatchRunsResult,
    summary: 'Runs as they change, until the request is taken back',
  },
  'runs/manifest': {
    params: RunQuery,
    result: RunManifest,
    summary: 'What a run was made of and what it left, with hashes',
  },
  'runs/clean': { params: CleanRunsParams, result: CleanRunsResult, summary: 'Remove old runs' },
  'runs/readLog': { params: ReadRunLogParams, result: RunLogPage, summary: "Lines of a run's log" },
  'runs/followLog': {
    params: FollowRunLogParams,
    result: FollowRunLogResult,
    summary: "Lines of a run's log as they come, until the run ends",
  },

  'artifacts/list': { params: RunQuery, result: z.array(Artifact), summary: 'What a run left' },
  'artifacts/get': { params: ArtifactQuery, result: Artifact, summary: 'One artifact' },
  'artifacts/read': { params: ReadArtifactParams, result: ArtifactBytes, summary: 'Bytes of an artifact' },

  'uploads/create': { params: CreateUploadParams, result: Upload, summary: 'Announce an upload' },
  'uploads/list': { params: NoParams, result: z.array(Upload), summary: 'Uploads, newest first' },
  'uploads/get': { params: UploadQuery, result: Upload, summary: 'One upload' },
  'uploads/finalize': {
    params: UploadQuery,
    result: Upload,
    summary: 'Check that an upload is whole, and make it usable',
  },
  'uploads/delete': { params: UploadQuery, result: Upload, summary: 'Remove an upload' },

  'downloads/start': {
    params: StartDownloadParams,
    result: Download,
    summary: 'Fetch files of a route from comma connect',
  },
  'downloads/list': { params: NoParams, result: z.array(Download), summary: 'Downloads, newest first' },
  'downloads/get': { params: DownloadQuery, result: Download, summary: 'One download' },
  'downloads/cancel': { params: DownloadQuery, result: Download, summary: 'Stop a download' },

  'monitors/list': { params: NoParams, result: z.array(Monitor), summary: 'Monitors that run' },
  'monitors/start': { params: StartMonitorParams, result: Monitor, summary: 'Start a monitor' },
  'monitors/get': { params: MonitorQuery, result: Monitor, summary: 'One monitor' },
  'monitors/stop': { params: MonitorQuery, result: Monitor, summary: 'Stop a monitor' },

  'logs/info': { params: LogReading, result: LogInfo, summary: 'What a log is and holds' },
  'logs/readEvents': {
    params: ReadEventsParams,
    result: ReadEventsResult,
    summary: 'Events of a log as JSON',
  },

  ...SESSION_REQUESTS,

  'dbc/lint': { params: LintParams, result: LintResult, summary: 'What is wrong in a DBC file' },
  'dbc/rules': { params: LintRulesParams, result: LintRules, summary: 'What dbc/lint looks for' },
  'dbc/describe': { params: DbcQuery, result: DbcInfo, summary: 'Messages and signals of a DBC file' },
  'dbc/text': { params: DbcQuery, result: DbcText, summary: 'The text of a DBC file, generated or not' },
  'dbc/list': { params: ListDbcParams, result: DbcList, summary: 'Databases below the search paths' },
  'dbc/match': {
    params: MatchDbcParams,
    result: DbcMatches,
    summary: 'Which databases fit the buses of a log',
  },
  'dbc/decode': {
    params: DecodeLogParams,
    result: DecodeLogResult,
    summary: 'Frames of a log as values of signals',
  },
  'dbc/decodeText': {
    params: DecodeTextParams,
    result: DecodeTextResult,
    summary: 'Frames of a candump text as values of signals',
  },
  'dbc/messages': { params: DbcOnLog, result: LogMessages, summary: 'Messages of a log with their names' },
  'dbc/signals': { params: ListSignalsParams, result: LogSignals, summary: 'Signals that occur in a log' },
  'dbc/series': {
    params: SignalSeriesParams,
    result: SignalSeries,
    summary: 'Signals over time at the resolution of a screen',
  },
  'dbc/values': {
    params: SignalValuesParams,
    result: SignalValues,
    summary: 'What every signal was at a time',
  },
} as const satisfies Record<string, RequestDefinition>;

/** What the engine tells while it works on a request. */
export const NOTIFICATIONS = {
  'work/progressed': Progress,
  'logs/eventsRead': EventsRead,
  'runs/logAppended': RunLogAppended,
  'runs/changed': RunsChanged,
  'dbc/framesDecoded': FramesDecoded,
  'sessions/changed': SessionChanged,
} as const satisfies Record<string, z.ZodType>;
