import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatRouteName,
  formatSegmentRange,
  isMeantAsRoute,
  parseRouteName,
  parseSegmentPath,
  parseTimeLink,
  resolveSegmentRange,
  type RouteName,
  type SegmentRange,
  segmentsOfSeconds,
} from '../../../../server/core/rlog/route-name.ts';
import { CtsError } from '#protocol';

const DONGLE = '0123456789abcdef';
const LOG = '00000001--a1b2c3d4e5';
const DATED = '2024-06-02--12-04-06';
const ROUTE = { dongleId: DONGLE, logId: LOG };

const SPELLINGS: readonly (readonly [text: string, name: RouteName])[] = [
  [`${DONGLE}/${LOG}`, ROUTE],
  [`${DONGLE}|${LOG}`, ROUTE],
  [`${DONGLE}_${LOG}`, ROUTE],
  [`  ${DONGLE}/${LOG}/\n`, ROUTE],
  [`${DONGLE}|${DATED}`, { dongleId: DONGLE, logId: DATED }],
  [LOG, { logId: LOG }],
  [DATED, { logId: DATED }],
  [`${DONGLE.toUpperCase()}/${LOG.toUpperCase()}`, ROUTE],

  [`${DONGLE}|${LOG}--3`, { ...ROUTE, segments: { from: 3, to: 4 } }],
  [`${DONGLE}/${LOG}/3`, { ...ROUTE, segments: { from: 3, to: 4 } }],
  [`${DONGLE}/${LOG}/-0`, { ...ROUTE, segments: { from: 0, to: 1 } }],
  [`${DONGLE}/${LOG}/-1`, { ...ROUTE, segments: { from: -1 } }],
  [`${DONGLE}/${LOG}/-2`, { ...ROUTE, segments: { from: -2, to: -1 } }],
  [`${DONGLE}/${LOG}/0:4`, { ...ROUTE, segments: { from: 0, to: 4 } }],
  [`${DONGLE}/${LOG}--0:4`, { ...ROUTE, segments: { from: 0, to: 4 } }],
  [`${DONGLE}/${LOG}/:4`, { ...ROUTE, segments: { to: 4 } }],
  [`${DONGLE}/${LOG}/4:`, { ...ROUTE, segments: { from: 4 } }],
  [`${DONGLE}/${LOG}/-3:-1`, { ...ROUTE, segments: { from: -3, to: -1 } }],
  [`${DONGLE}/${LOG}/:`, ROUTE],

  [`${DONGLE}/${LOG}/r`, { ...ROUTE, kind: 'rlog' }],
  [`${DONGLE}/${LOG}/q`, { ...ROUTE, kind: 'qlog' }],
  [`${DONGLE}/${LOG}/a`, ROUTE],
  [`${DATED}/0:4/q`, { logId: DATED, segments: { from: 0, to: 4 }, kind: 'qlog' }],

  [`https://connect.comma.ai/${DONGLE}/${LOG}`, ROUTE],
  [`connect.comma.ai/${DONGLE}/${LOG}/`, ROUTE],
  [`https://connect.comma.ai/${DONGLE}/${LOG}?a=b#c`, ROUTE],
  [`https://connect.comma.ai/${DONGLE}/${LOG}/65/130`, { ...ROUTE, seconds: { start: 65, end: 130 } }],
  [`https://connect.comma.ai/${DONGLE}%7C${LOG}`, ROUTE],
  [`https://useradmin.comma.ai/?onebox=${DONGLE}%7C${LOG}`, ROUTE],
  [
    `https://useradmin.comma.ai/?x=1&onebox=${DONGLE}%2F${LOG}%2F0%3A4&y`,
    { ...ROUTE, segments: { from: 0, to: 4 } },
  ],

  [`${LOG}--3/rlog.zst`, { logId: LOG, segments: { from: 3, to: 4 }, kind: 'rlog' }],
  [`${LOG}--3\\qlog`, { logId: LOG, segments: { from: 3, to: 4 }, kind: 'qlog' }],
  [`${DONGLE}_${LOG}--3--rlog.zst`, { ...ROUTE, segments: { from: 3, to: 4 }, kind: 'rlog' }],
  [`${DONGLE}_${LOG}--3/rlog.bz2`, { ...ROUTE, segments: { from: 3, to: 4 }, kind: 'rlog' }],
  [`${DONGLE}/${LOG}/3/qlog.zst`, { ...ROUTE, segments: { from: 3, to: 4 }, kind: 'qlog' }],
];

const NO_NAMES: readonly string[] = [
  '',
  'drive.rlog.zst',
  '/data/media/0/realdata',
  LOG.slice(1),
  `${DONGLE}/`,
  `${DONGLE}/${LOG}x`,
  `${DONGLE.slice(1)}/${LOG}`,
  `${DONGLE}/${LOG}/x`,
  `${DONGLE}/${LOG}/0:4:2`,
  `${DONGLE}/${LOG}/9999999999`,
  `https://connect.comma.ai/`,
  `https://connect.comma.ai/${DONGLE}`,
  `https://useradmin.comma.ai/?onebox=${DONGLE}`,
  `https://useradmin.comma.ai/?onebox=%`,
  `elsewhere/${LOG}--3/rlog.zst`,
  `${DONGLE}/${LOG}${' '.repeat(2000)}/`,
];

describe('parseRouteName', () => {
  it.each(SPELLINGS)('reads %s', (text, name) => {
    expect(parseRouteName(text)).toEqual(name);
  });

  it.each(NO_NAMES)('refuses %j', (text) => {
    expect(() => parseRouteName(text)).toThrow(expect.objectContaining({ code: 'INVALID_ROUTE_NAME' }));
  });

  it('says what was given and what was expected', () => {
    expect(messageOf('my\ndrive')).toBe(
      '"my\\ndrive" is not the name of a route: expected DONGLE/LOG, such as 0123456789abcdef/00000001--a1b2c3d4e5, ' +
        'with segments as in …/0:4 and /r or /q behind it, or a link of connect',
    );
    expect(messageOf('x'.repeat(5000))).toContain(`"${'x'.repeat(100)}…"`);
  });

  it('says of a link to a time that it names no route', () => {
    expect(messageOf(`https://connect.comma.ai/${DONGLE}/1632948396703/1632948453697`)).toContain(
      'names a device and a time, not a route',
    );
  });

  it('answers any text with a name or a CtsError', () => {
    const pieces = fc.constantFrom(
      DONGLE,
      LOG,
      DATED,
      '/',
      '|',
      '--',
      ':',
      '-1',
      '3',
      'rlog',
      '.zst',
      'https://',
      '?',
      '%',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary-ascii' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const outcome = tryParse(text);
        expect(outcome instanceof CtsError || outcome.logId.length === 20).toBe(true);
      }),
    );
  });

  it('is quick whatever it is given', () => {
    const start = performance.now();
    for (const text of [
      '0'.repeat(1e6),
      '/'.repeat(1e6),
      `${LOG}${'--'.repeat(1e6)}`,
      `https://${'a.'.repeat(1e6)}`,
    ]) {
      expect(tryParse(text)).toBeInstanceOf(CtsError);
      expect(parseSegmentPath(text)).toBeUndefined();
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

const hexDigit = fc.nat(15).map((digit) => digit.toString(16));
const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: hexDigit, minLength: length, maxLength: length });
const digits = (length: number): fc.Arbitrary<string> =>
  fc.nat(10 ** length - 1).map((number) => String(number).padStart(length, '0'));
const logIds = fc.oneof(
  fc.tuple(hex(8), hex(10)).map((parts) => parts.join('--')),
  fc
    .tuple(digits(4), digits(2), digits(2), digits(2), digits(2), digits(2))
    .map(([year, month, day, ...time]) => `${year}-${month}-${day}--${time.join('-')}`),
);
const segmentNumbers = fc.integer({ min: -999_999_999, max: 999_999_999 });
const ranges: fc.Arbitrary<SegmentRange> = fc
  .record({ from: segmentNumbers, to: segmentNumbers }, { requiredKeys: [] })
  .filter(({ from, to }) => from !== undefined || to !== undefined);
const names: fc.Arbitrary<RouteName> = fc.record(
  { dongleId: hex(16), logId: logIds, segments: ranges, kind: fc.constantFrom('rlog', 'qlog') },
  { requiredKeys: ['logId'] },
);
const segments = fc.record({
  dongleId: hex(16),
  logId: logIds,
  segment: fc.nat(999_999_999),
  kind: fc.constantFrom('rlog' as const, 'qlog' as const),
});

describe('formatRouteName', () => {
  it('writes what parseRouteName reads', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(parseRouteName(formatRouteName(name))).toEqual(name);
      }),
    );
  });

  it('writes the same name for every separator', () => {
    fc.assert(
      fc.property(names, fc.constantFrom('|', '_', '/'), (name, separator) => {
        const canonical = formatRouteName(name);
        expect(formatRouteName(parseRouteName(canonical.replace(/(?<=^[0-9a-f]{16})\//, separator)))).toBe(
          canonical,
        );
      }),
    );
  });

  it('leaves out what selects everything', () => {
    expect(formatRouteName({ ...ROUTE, segments: {} })).toBe(`${DONGLE}/${LOG}`);
  });

  it('writes ranges as short as they go', () => {
    const written = [
      { from: 3, to: 4 },
      { from: -1 },
      { from: -2, to: -1 },
      { from: -1, to: 0 },
      { to: 2 },
      { from: 2 },
    ];
    expect(written.map(formatSegmentRange)).toEqual(['3', '-1', '-2', '-1:0', ':2', '2:']);
  });
});

describe('links', () => {
  it('keep their times', () => {
    fc.assert(
      fc.property(hex(16), logIds, fc.nat(99_999), (dongleId, logId, start) => {
        const link = `https://connect.comma.ai/${dongleId}/${logId}/${String(start)}/${String(start + 9)}`;
        expect(parseRouteName(link)).toEqual({ dongleId, logId, seconds: { start, end: start + 9 } });
      }),
    );
  });

  it('of older kind name a device and a time', () => {
    const link = `https://connect.comma.ai/${DONGLE}/1632948396703/1632948453697`;
    const seconds = { start: 1632948396.703, end: 1632948453.697 };
    expect(parseTimeLink(link)).toEqual({ dongleId: DONGLE, seconds });
    expect(parseTimeLink(`https://connect.comma.ai/${DONGLE}/${LOG}`)).toBeUndefined();
    expect(parseTimeLink('drive')).toBeUndefined();
  });

  it('and names with a device are meant as routes, files are not', () => {
    const texts = [
      `connect.comma.ai/x`,
      `https://example.com`,
      `${DONGLE}/x`,
      'connect.rlog.zst',
      'drive.rlog',
      LOG,
    ];
    expect(texts.map(isMeantAsRoute)).toEqual([true, true, true, false, false, false]);
  });
});

describe('parseSegmentPath', () => {
  const folders = fc.constantFrom('', '/', './', '/data/media/0/realdata/', 'C:\\logs\\');
  const extensions = fc.constantFrom('', '.zst', '.bz2');

  it('reads device, download and nested form, wherever they lie', () => {
    fc.assert(
      fc.property(segments, folders, extensions, ({ dongleId, logId, segment, kind }, folder, extension) => {
        const file = `${kind}${extension}`;
        const number = String(segment);
        const withDongle = [
          `${dongleId}_${logId}--${number}--${file}`,
          `${dongleId}_${logId}--${number}/${file}`,
          `${dongleId}|${logId}/${number}/${file}`,
          `${dongleId}/${logId}/${number}/${file}`,
          `${dongleId}/${logId}--${number}/${file}`,
        ];
        for (const path of withDongle) {
          expect(parseSegmentPath(folder + path)).toEqual({ dongleId, logId, segment, kind });
        }
        for (const path of [`${logId}--${number}/${file}`, `${logId}/${number}\\${file}`]) {
          expect(parseSegmentPath(folder + path)).toEqual({ logId, segment, kind });
        }
        for (const path of [`${logId}--${number}`, `${logId}/${number}/`]) {
          expect(parseSegmentPath(folder + path)).toEqual({ logId, segment });
        }
      }),
    );
  });

  it.each([LOG, `${LOG}--3/fcamera.hevc`, `${LOG}--3/rlog.gz`, `x${LOG}--3/rlog`, '', 'rlog.zst'])(
    'reads nothing from %j',
    (path) => {
      expect(parseSegmentPath(path)).toBeUndefined();
    },
  );
});

describe('resolveSegmentRange', () => {
  it('selects what Python selects', () => {
    fc.assert(
      fc.property(ranges, fc.nat(50), (range, count) => {
        const { from, to } = resolveSegmentRange(range, count);
        const numbers = Array.from({ length: count }, (_, i) => i);
        expect(numbers.slice(from, Math.max(from, to))).toEqual(numbers.slice(range.from, range.to));
      }),
    );
  });

  it('keeps what was asked for behind the end', () => {
    expect(resolveSegmentRange({ from: 2, to: 9 }, 5)).toEqual({ from: 2, to: 9 });
    expect(resolveSegmentRange({ from: 7, to: 8 }, 5)).toEqual({ from: 7, to: 8 });
  });
});

describe('segmentsOfSeconds', () => {
  it.each([
    { start: 0, end: 60, segments: { from: 0, to: 1 } },
    { start: 59, end: 61, segments: { from: 0, to: 2 } },
    { start: 65, end: 130, segments: { from: 1, to: 3 } },
    { start: 120, end: 120, segments: { from: 2, to: 3 } },
    { start: 130, end: 0, segments: { from: 2, to: 3 } },
  ])('finds $start s to $end s', ({ segments: expected, ...seconds }) => {
    expect(segmentsOfSeconds(seconds)).toEqual(expected);
  });
});

function tryParse(text: string): RouteName | CtsError {
  try {
    return parseRouteName(text);
  } catch (error) {
    if (error instanceof CtsError) return error;
    throw error;
  }
}

function messageOf(text: string): string {
  const outcome = tryParse(text);
  return outcome instanceof CtsError ? outcome.message : '';
}
