import type { RequestDefinition } from './request-definition.ts';
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
  SessionDatabases,
  SessionQuery,
  SessionState,
  UseDatabasesParams,
} from './sessions.ts';

/** Requests about open logs: what the pages of the editor ask. */
export const SESSION_REQUESTS = {
  'sessions/open': { params: OpenSessionParams, result: SessionState, summary: 'Open a log to look at it' },
  'sessions/follow': {
    params: SessionQuery,
    result: SessionState,
    summary: 'Tell how far an open log is read, until the request is taken back; keeps the log open as long',
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
} as const satisfies Record<string, RequestDefinition>;
