import type { Distribution } from './distribution.ts';

/** What was timed, in milliseconds. */
export const TIMES_LABELS = {
  'bare-node': '`node -e 0`, whole process',
  'start-fresh': 'cts-lite to its first answer, new data folder',
  'start-existing': 'cts-lite to its first answer, data folder with runs',
  'cts-version': '`cts --version`, whole process',
  'cts-cap': '`cts cap --data-dir`, whole process',
  'cts-cap-url': '`cts cap --url`, whole process',
  'run-begins': 'POST /v1/runs to the tool at work',
  'run-first-line': "POST /v1/runs to the tool's first line at an SSE reader",
  'burst-begins': 'the same to the tool at work, 8 at once',
  'load-all': 'all of them',
  'load-health': 'GET /v1/health',
  'load-version': 'GET /v1/version',
  'load-capabilities': 'GET /v1/capabilities',
  'load-runs': 'GET /v1/runs',
  'load-run': 'GET /v1/runs/{id}',
  'load-artifacts': 'GET /v1/runs/{id}/artifacts',
  'load-start': 'POST /v1/runs',
  'load-lateness': 'of that, sent too late by the client itself',
  'line-to-reader': 'line said to line read',
  'crowd-line': 'line said to line read, readers without pauses',
  'crowd-health': 'GET /v1/health meanwhile',
  'endurance-run': 'a run, from its request to its end, three at once',
} as const;

export type TimesId = keyof typeof TIMES_LABELS;

/** What was counted or weighed, and in which unit. */
export const AMOUNT_LABELS = {
  'load-working': ['runs at work, fewest seen', ''],
  'rest-health': ['GET /v1/health at rest, 10 connections', '/s'],
  'rest-runs': ['GET /v1/runs at rest, 10 connections', '/s'],
  'crowd-readers': ['readers that had the whole log', ''],
  'crowd-lines': ['lines delivered to all of them', ''],
  'crowd-missing': ['lines missing', ''],
  'crowd-repeated': ['lines repeated', ''],
  'crowd-reconnects': ['connections broken off and taken up again', ''],
  'crowd-put-off': ['connections refused because of overload, and made later', ''],
  'crowd-refused': ['of those requests for health, refused because of overload', ''],
  'crowd-delivery': ['last line said to the last reader done', 'ms'],
  'crowd-memory': ['memory of the service, peak minus before', 'MB'],
  'endurance-after-50': ['memory of the service after 50 runs', 'MB'],
  'endurance-after-all': ['memory of the service after 500 runs', 'MB'],
  'endurance-peak': ['memory of the service, peak', 'MB'],
  'endurance-handles': ['open handles, 5 s after the end minus before', ''],
  'endurance-processes': ['child processes, 5 s after the end minus before', ''],
} as const satisfies Readonly<Record<string, readonly [label: string, unit: string]>>;

export type AmountId = keyof typeof AMOUNT_LABELS;

/** Milliseconds of many repetitions of one thing. */
export interface TimesRow {
  readonly id: TimesId;
  readonly times: Distribution;
}

/** A count or a weight. */
export interface AmountRow {
  readonly id: AmountId;
  readonly value: number;
}

/** What one part of the bench found. */
export interface Findings {
  readonly times: readonly TimesRow[];
  readonly amounts?: readonly AmountRow[];
  /** Rows that this machine could not give, and why. */
  readonly omissions?: readonly string[];
}
