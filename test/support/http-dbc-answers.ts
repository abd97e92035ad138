import { makeDbcInfo, makeLintResult } from './dbc-answers.ts';
import type { Some } from './http-service-answers.ts';
import { WHOLE_REPORT } from './sample-answers.ts';

/** Answers about databases: empty but for what a file is. */
export function answerDatabases(): Some<'dbc'> {
  const onLog = { startMonoTime: null, report: WHOLE_REPORT };
  return {
    'dbc/lint': async ({ path }) => makeLintResult({ path }),
    'dbc/rules': async () => ({ rules: [] }),
    'dbc/describe': async ({ path }) => makeDbcInfo({ path }),
    'dbc/text': async ({ path }) => ({ path, name: 'car', madeFrom: [], contentBase64: '' }),
    'dbc/list': async () => ({ searchPaths: [], databases: [], notMade: [] }),
    'dbc/match': async () => ({
      fingerprint: null,
      named: [],
      buses: [],
      searched: 0,
      report: WHOLE_REPORT,
    }),
    'dbc/decode': async () => ({ delivered: 0, buses: [], report: WHOLE_REPORT }),
    'dbc/decodeText': async () => ({
      lines: [],
      frames: 0,
      decodedFrames: 0,
      interfaces: [],
      unreadable: [],
    }),
    'dbc/messages': async () => ({ ...onLog, buses: [], messages: [] }),
    'dbc/signals': async () => ({ signals: [], omitted: 0, buses: [] }),
    'dbc/series': async () => ({ ...onLog, fromSeconds: 0, toSeconds: 0, series: [] }),
    'dbc/values': async () => ({ ...onLog, messages: [] }),
  };
}
