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
import {
  CanAt,
  CanAtParams,
  FindFrameParams,
  FramePlace,
  FrameRows,
  FrameRowsParams,
  MessageDetail,
  MessageDetailParams,
  MessageTable,
  MessageTableParams,
} from './session-can.ts';
import {
  EventQuery,
  EventRows,
  EventRowsParams,
  EventTree,
  FindEventParams,
  FindLogLineParams,
  LogLines,
  LogLinesParams,
  RowPlace,
} from './session-events.ts';
import {
  ServiceActivity,
  ServiceActivityParams,
  SessionOverview,
  SessionOverviewParams,
  ThumbnailImage,
  ThumbnailParams,
} from './session-overview.ts';
import {
  FindSeriesParams,
  FoundSeries,
  Samples,
  SamplesParams,
  SeriesAnswer,
  SeriesPointsParams,
  ValuesAt,
  ValuesAtParams,
} from './session-series.ts';
import {
  OpenSessionParams,
  SessionChanged,
  SessionDatabases,
  SessionQuery,
  SessionState,
  UseDatabasesParams,
} from './sessions.ts';
import { ToolManifest, ToolQuery } from './tools.ts';
import { CreateUploadParams, Upload, UploadQuery } from './uploads.ts';

/** One request: what it takes and gives, and what it is for. */
export interface RequestDefinition {
  readonly params: z.ZodType;
  readonly result: z.ZodType;
  readonly summary: string;
}

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

  'sessions/open': { params: OpenSessionParams, result: SessionState, summary: 'Open a log to look at it' },
  'sessions/follow': {
    params: SessionQuery,
    result: SessionState,
    summary: 'How far an open log is read, until all is; keeps it open as long as it is asked',
  },
  'sessions/close': { params: SessionQuery, result: SessionState, summary: 'Forget an open log' },
  'sessions/stop': { params: SessionQuery, result: SessionState, summary: 'Read no further' },
  'sessions/resume': { params: SessionQuery, result: SessionState, summary: 'Read on' },
  'sessions/databases': {
    params: SessionQuery,
    result: SessionDatabases,
    summary: 'Which databases the buses of an open log are read with',
  },
  'sessions/useDatabases': {
    params: UseDatabasesParams,
    result: SessionDatabases,
    summary: 'Read the buses of an open log with other databases',
  },
  'sessions/overview': {
    params: SessionOverviewParams,
    result: SessionOverview,
    summary: 'What an open log holds, when what held, and what deserves a look',
  },
  'sessions/activity': {
    params: ServiceActivityParams,
    result: ServiceActivity,
    summary: 'Events of each service over time',
  },
  'sessions/thumbnail': { params: ThumbnailParams, result: ThumbnailImage, summary: 'A picture of a log' },
  'sessions/events': { params: EventRowsParams, result: EventRows, summary: 'A window of events' },
  'sessions/findEvent': { params: FindEventParams, result: RowPlace, summary: 'Where a time or event is' },
  'sessions/event': { params: EventQuery, result: EventTree, summary: 'One event with all its fields' },
  'sessions/logLines': { params: LogLinesParams, result: LogLines, summary: 'A window of log text' },
  'sessions/findLogLine': { params: FindLogLineParams, result: RowPlace, summary: 'Where a time is' },
  'sessions/messages': { params: MessageTableParams, result: MessageTable, summary: 'All messages of CAN' },
  'sessions/canAt': {
    params: CanAtParams,
    result: CanAt,
    summary: 'The last frame of every message at a time',
  },
  'sessions/message': {
    params: MessageDetailParams,
    result: MessageDetail,
    summary: 'Bits and signals of one message',
  },
  'sessions/frames': {
    params: FrameRowsParams,
    result: FrameRows,
    summary: 'A window of frames of a message',
  },
  'sessions/findFrame': { params: FindFrameParams, result: FramePlace, summary: 'The frame at a time' },
  'sessions/findSeries': {
    params: FindSeriesParams,
    result: FoundSeries,
    summary: 'Signals and fields that can be plotted, by part of a name',
  },
  'sessions/series': {
    params: SeriesPointsParams,
    result: SeriesAnswer,
    summary: 'Series at the resolution of a screen',
  },
  'sessions/values': { params: ValuesAtParams, result: ValuesAt, summary: 'Values of series at a time' },
  'sessions/samples': { params: SamplesParams, result: Samples, summary: 'All samples in a range as CSV' },

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
