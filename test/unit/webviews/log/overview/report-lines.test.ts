import { describe, expect, test } from 'vitest';
import {
  listOddRows,
  listReportLines,
  type ReportPart,
  writeReport,
} from '../../../../../webviews/log/overview/report-lines.ts';
import {
  makeLoadReport,
  makeLogInfo,
  makeOverview,
  makeSegmentReport,
  makeServices,
} from '../../../../support/fake-log.ts';

function write(overview: Parameters<typeof listReportLines>[0]): readonly string[] {
  const text = (part: ReportPart): string => {
    if (typeof part === 'string') return part;
    return 'bold' in part ? `*${part.bold}*` : `[${part.link}]`;
  };
  return listReportLines(overview).map(({ tone, parts }) =>
    `${tone}: ${parts.map(text).join('')}`.replaceAll(/[\u2009\u00A0]/g, ' '),
  );
}

test('a whole log', () => {
  expect(write(makeOverview())).toEqual([
    'ok: 1 of 1 segment, *rlog*, zstd stream ended cleanly',
    'ok: *83 721* events, none skipped, none unknown',
    'ok: 12.2 MB read, 31.9 MB unpacked',
    'quiet: 22 201 events out of time order, sorted for display',
    'warning: *can* silent for 1.51 s at [0:35.56]',
    'warning: *sendcan* 91 of 100 Hz, *magnetometer* 9.9 of 25 Hz',
  ]);
});

describe('a damaged log', () => {
  const segment = makeSegmentReport({
    isWhole: false,
    events: 1134,
    unreadableEvents: 12,
    problems: [
      { code: 'EVENT_UNREADABLE', message: '12 events', count: 12 },
      {
        code: 'LOG_CUT',
        message: '3 984 bytes of one unfinished event left out',
        atByte: 5,
        byteLength: 3984,
      },
    ],
  });
  const [first] = makeServices();
  const unknown = { ...first, service: 'unknown(148)', tag: 148, count: 22 } as ReturnType<
    typeof makeServices
  >[number];
  const info = makeLogInfo({
    report: makeLoadReport({ segments: [segment] }),
    services: [unknown],
    inversions: 0,
  });
  const overview = makeOverview({ info, findings: [] });

  test('says what is missing', () => {
    expect(write(overview)).toEqual([
      'warning: 1 of 1 segment, *rlog*, zstd stream not read whole',
      'ok: *1 134* events read',
      'warning: *12* of 1 146 events have a damaged root, skipped',
      'note: *22* events of unknown kinds, kept as they are',
      'ok: 12.2 MB read, 31.9 MB unpacked',
      'warning: 3 984 bytes of one unfinished event left out',
    ]);
  });

  test('lists what CTS does with odd events', () => {
    expect(listOddRows(overview)).toEqual([
      { what: 'unknown which=148', count: 22, deed: 'listed in Events, bytes shown' },
      { what: 'damaged root pointer', count: 12, deed: 'skipped' },
    ]);
  });

  test('can be sent to others as text', () => {
    const text = writeReport(overview);
    expect(text).toContain('warning: 12 of 1 146 events have a damaged root, skipped');
    expect(text).not.toMatch(/[\u2009\u00A0]/);
  });
});

test('a thousand problems do not fill the page', () => {
  const problems = Array.from({ length: 1000 }, (_, atByte) => ({
    code: 'GARBAGE' as const,
    message: 'x',
    atByte,
  }));
  const report = makeLoadReport({ segments: [makeSegmentReport({ isWhole: false, problems })] });
  const lines = write(makeOverview({ info: makeLogInfo({ report }), findings: [] }));
  expect(lines.length).toBeLessThan(20);
  expect(lines.at(-1)).toBe('quiet: 988 more in the copied report');
});
