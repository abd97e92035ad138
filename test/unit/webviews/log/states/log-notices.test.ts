import type { SessionState } from '#protocol';
import { describe, expect, test } from 'vitest';
import type { LogNotice } from '../../../../../webviews/log/states/log-notice.ts';
import { listNotices, type NoticeFacts } from '../../../../../webviews/log/states/log-notices.ts';
import {
  FAKE_PATH,
  makeLoadReport,
  makeLogInfo,
  makeOverview,
  makeSegmentReport,
  makeServices,
  makeSessionState,
} from '../../../../support/fake-log.ts';

function list(state: Partial<SessionState>, facts: Partial<NoticeFacts> = {}): readonly LogNotice[] {
  return listNotices({
    path: FAKE_PATH,
    state: makeSessionState(state),
    overview: makeOverview(),
    isTrusted: true,
    backend: 'ready',
    wasReady: true,
    ...facts,
  });
}

/** Notices as they read, with spaces of all kinds made plain. */
function write(notices: readonly LogNotice[]): readonly string[] {
  return notices.map(({ title, text, buttons }) =>
    [`${title} ${text}`, ...buttons.map(({ label }) => label)].join(' | ').replaceAll(/[\u2009\u00A0]/g, ' '),
  );
}

test('of a whole log nothing is said', () => {
  expect(list({})).toEqual([]);
});

test('reading was stopped', () => {
  expect(write(list({ phase: 'stopped', seconds: 20.6 }))).toEqual([
    'Reading was stopped at 0:20.6. Everything before it is shown. | Read On',
  ]);
});

describe('the report', () => {
  test('a log that is cut off', () => {
    const segment = makeSegmentReport({
      events: 617,
      isWhole: false,
      problems: [{ code: 'CONTAINER_CUT', message: 'cut', atByte: 118_860 }],
    });
    const report = makeLoadReport({ segments: [segment] });
    expect(write(list({ report, seconds: 6.58, events: 617 }))).toEqual([
      'This log is cut off at 0:06.58. The zstd stream ends after 118 860 bytes in the middle of an event. ' +
        '617 events before it are shown; later ones were never written or are lost. | Details | Open qlog instead',
    ]);
  });

  test('a segment of several that is cut off is named', () => {
    const cut = makeSegmentReport({
      segment: 3,
      isWhole: false,
      problems: [{ code: 'LOG_CUT', message: 'cut', atByte: 5 }],
    });
    const report = makeLoadReport({ segments: [makeSegmentReport({ segment: 2 }), cut] });
    expect(write(list({ report }))[0]).toMatch(/^Segment 3 is cut off\. It ends after 5 bytes in the middle/);
  });

  test('damaged roots', () => {
    const segment = makeSegmentReport({ events: 1134, unreadableEvents: 12, isWhole: false });
    expect(write(list({ report: makeLoadReport({ segments: [segment] }) }))).toEqual([
      '12 of 1 146 events have a damaged root and were skipped. All others are shown. | Show Skipped Events',
    ]);
  });

  test('the limit of unpacked bytes', () => {
    const segment = makeSegmentReport({
      logBytes: 2 ** 30,
      isWhole: false,
      problems: [{ code: 'SIZE_LIMIT', message: 'limit' }],
    });
    expect(write(list({ report: makeLoadReport({ segments: [segment] }) }))).toEqual([
      'Reading stopped at 1 GiB unpacked. The file claims more, which real segments never have. ' +
        'Raise cts.log.maxUnpackedBytes if it is genuine. | Open Setting',
    ]);
  });

  test('a missing segment leads to where it can be fetched', () => {
    const segments = Array.from({ length: 10 }, (_, segment) => makeSegmentReport({ segment })).filter(
      ({ segment }) => segment !== 4,
    );
    const report = makeLoadReport({
      segments,
      isWhole: false,
      problems: [{ code: 'SEGMENT_MISSING', message: 'missing', segment: 4 }],
    });
    const notices = list({ report });
    expect(write(notices)).toEqual([
      'Segment 4 of 0–9 is missing. 4:00–5:00 stays empty on the time line. | Get from comma connect…',
    ]);
    expect(notices[0]?.buttons[0]?.deed).toEqual({
      kind: 'act',
      action: {
        action: 'openExternal',
        url: 'https://connect.comma.ai/b0c9d2329ad1606b/00000012--a1b2c3d4e5',
      },
    });
  });

  test('many missing segments are counted, and a foreign route leads nowhere', () => {
    const problems = Array.from({ length: 12 }, (_, segment) => ({
      code: 'SEGMENT_MISSING' as const,
      message: 'missing',
      segment,
    }));
    const report = makeLoadReport({
      segments: [makeSegmentReport({ segment: 20 })],
      isWhole: false,
      problems,
    });
    const overview = makeOverview({ info: makeLogInfo({ route: 'javascript:alert(1)' }) });
    expect(write(list({ report }, { overview }))).toEqual([
      'Segments 0, 1, 2, 3, 4, 5, 6, 7 and 4 more of 0–20 are missing. Their minutes stay empty on the time line. ' +
        '| Get from comma connect…',
    ]);
  });
});

test('events of unknown kinds', () => {
  const unknown = [148, 149].map((tag) => ({
    service: `unknown(${tag})`,
    tag,
    count: 19,
    rateHz: null,
    expectedHz: null,
    longestGap: null,
    firstSeconds: 0,
    lastSeconds: 1,
  }));
  const overview = makeOverview({ info: makeLogInfo({ services: [...makeServices(), ...unknown] }) });
  expect(write(list({}, { overview }))).toEqual([
    '38 events of unknown kinds, kept as they are. Recorded by openpilot newer than 0.10.0. ' +
      'A CTS update may name them. | Check for Updates',
  ]);
});

test('a qlog', () => {
  expect(write(list({ kinds: ['qlog'] }))).toEqual([
    'This is a qlog. It holds a sample of the events and almost no CAN frames. | Get rlog…',
  ]);
  expect(list({ kinds: ['rlog', 'qlog'] })).toEqual([]);
});

test('a file that has grown, and one that is gone', () => {
  expect(write(list({ hasGrown: true }))[0]).toMatch(
    /^This log has grown since it was read\..* \| Read Anew$/,
  );
  const failure = { code: 'FILE_NOT_FOUND', message: 'gone', firstBytesHex: null };
  expect(write(list({ phase: 'failed', seconds: 12, failure }))).toEqual([
    'The file of this log is gone. What was read up to 0:12.0 is shown. | Read Anew',
  ]);
});

describe('the backend', () => {
  test('that starts for the first time is no news', () => {
    expect(list({}, { backend: 'starting', wasReady: false })).toEqual([]);
  });

  test('that is gone', () => {
    expect(write(list({}, { backend: 'restarting' }))).toEqual([
      'The CTS backend stopped. Open logs stay as they are; it is starting again. | Show Log',
    ]);
    expect(list({}, { backend: 'stopped' })[0]?.tone).toBe('error');
  });
});

test('no trust', () => {
  expect(write(list({}, { isTrusted: false }))).toEqual([
    'This workspace is not trusted. Logs can be viewed; analyzers do not run. | Manage Trust',
  ]);
});
