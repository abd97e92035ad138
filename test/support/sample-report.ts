import type { TimeChart } from '#protocol';
import type { Report, ReportTable } from '../../server/core/report/report.ts';
import { createSeries } from '../../server/core/series/chart-series.ts';
import { listSpans } from '../../server/core/series/chart-spans.ts';

/** What would break out of an element, an attribute, a script or a style that does not escape. */
export const HOSTILE = `</script><img src=x onerror="alert(1)">'"</style></title><svg onload=alert(2)>&amp;\u0000\u202e`;

const TIMES = Float64Array.from({ length: 6600 }, (_, i) => i / 100);

/** A drive of 66 s that reaches 55 mph three times; 1.51 s of it are missing. */
export function makeDriveChart(): TimeChart {
  const present = TIMES.filter((at) => at < 44 || at > 45.51);
  const speed = present.map(findSpeed);
  const range = { from: 0, to: 66 };
  return {
    title: 'Speed and events',
    ...range,
    panels: [
      {
        title: '',
        unit: 'mph',
        series: [createSeries({ name: 'Speed', tone: 'series1', seconds: present, values: speed, ...range })],
        bands: [{ from: 54, to: 56, label: 'target 55 ± 1' }],
        spans: [
          { from: 11.76, to: 20.76, low: 54, high: 56, tone: 'ok', label: '9.00 s' },
          { from: 27.04, to: 35.7, low: 54, high: 56, tone: 'ok' },
        ],
        marks: [
          { at: 14.499, value: 55.58, label: 'SET 1 · 55.6 mph', tone: 'series2' },
          { at: 16.2, value: 55.2, label: 'SET 2 · 55.2 mph', tone: 'series2' },
          { at: 29.68, value: 55.37, label: 'SET 3 · 55.4 mph', tone: 'series2' },
          { at: 63.9, value: 47.1, label: 'RESUME · 47.1 mph', tone: 'series4' },
        ],
      },
    ],
    lanes: [
      {
        label: 'SET',
        tone: 'series3',
        spans: [
          { from: 14.5, to: 14.8 },
          { from: 29.6, to: 29.9 },
        ],
      },
      { label: 'Cruise on', tone: 'series1', spans: [{ from: 9, to: 66, label: 'on' }] },
      {
        label: 'Brake',
        tone: 'error',
        spans: listSpans({ ...range, seconds: TIMES, values: TIMES.map((at) => Number(at > 24 && at < 26)) }),
      },
      {
        label: 'Blinker',
        tone: 'series5',
        spans: [
          { from: 32.6, to: 34.8, label: 'L' },
          { from: 43.3, to: 45.4, label: 'R' },
        ],
      },
      { label: 'Marker', tone: 'note', spans: [{ from: 32.61, to: 44.81, label: 'window' }] },
    ],
  };
}

/** Three panels with several lines each, long names, few points, steps and a panel without data. */
export function makePanelsChart(): TimeChart {
  const range = { from: 30, to: 90 };
  const seconds = TIMES.map((at) => at + 30);
  const wave = (shift: number): Float64Array => seconds.map((at) => Math.sin(at / 4 + shift) * 12.5);
  const tones = ['series1', 'series2', 'series3', 'series4', 'series5', 'series6'] as const;
  return {
    title: 'Panels',
    ...range,
    panels: [
      {
        title: 'Steering',
        unit: 'deg',
        series: tones.map((tone, i) =>
          createSeries({ name: `carState.steering${String(i)}`, tone, seconds, values: wave(i), ...range }),
        ),
        bands: [],
        spans: [],
        marks: [],
      },
      {
        title: 'Gear and points',
        unit: '',
        series: [
          createSeries({
            name: 'Gear',
            tone: 'series4',
            seconds,
            values: seconds.map((at) => Math.floor(at / 10) - 3),
            ...range,
          }),
          createSeries({
            name: 'Points',
            tone: 'series2',
            seconds: [32, 40, 47, 61, 88],
            values: [1, 4, NaN, 3, 2.5],
            gapSeconds: 100,
            ...range,
          }),
        ],
        bands: [],
        spans: [],
        marks: [],
      },
      { title: 'Nothing came', unit: 'km/h', series: [], bands: [], spans: [], marks: [] },
    ],
    lanes: [
      {
        label: 'ACC_STATE_OF_THE_OTHER_BUS (0x321)',
        tone: 'series6',
        spans: [
          { from: 31, to: 59, label: 'HOLD_WAITING_FOR_USER_OVERRIDE' },
          { from: 60, to: 60.01, label: 'x' },
        ],
      },
      { label: 'Never', tone: 'ok', spans: [] },
    ],
  };
}

/** A report with every kind of content. */
export function makeSampleReport(): Report {
  return {
    title: 'Cruise control analysis',
    facts: ['subaru-55mph.rlog.zst', 'SUBARU OUTBACK', '60.0 s driving', '96\u202f600 CAN frames'],
    notices: [
      {
        level: 'warning',
        title: 'This log is cut off at 1:06.000.',
        text: 'The zstd stream ends in the middle of an event. 617 events before it are shown.',
      },
    ],
    lead: [
      'SET was pressed ',
      { strong: '3 times' },
      ', each time inside the target of 55 ± 1 mph, first at ',
      { time: 14.499 },
      '. The button is ',
      { code: '0x321 bit 43' },
      ' (MSB B5b4).',
    ],
    sections: [
      { title: 'Speed and events', content: { kind: 'chart', chart: makeDriveChart() } },
      { title: 'SET presses', width: 'half', content: makePressTable() },
      {
        title: 'Marker windows',
        width: 'half',
        text: ['Between the blinkers.'],
        content: {
          kind: 'table',
          columns: [{ title: 'From', kind: 'time' }],
          rows: [],
          emptyText: 'No marker window was found.',
        },
      },
      { title: 'Candidates', text: ['Ranked by score.'], content: makeLongTable() },
      {
        title: 'Bits',
        text: ['Toggles per bit.'],
        content: {
          kind: 'bits',
          stretches: ['before', 'in the window', 'after'],
          messages: [
            { title: '0x321 · bus 0', byteLength: 8, toggles: [0, 7, 3].map(makeToggles), marked: [43, 60] },
          ],
        },
      },
      { title: 'More lines', content: { kind: 'chart', chart: makePanelsChart() } },
      {
        title: 'DBC',
        content: {
          kind: 'code',
          code: 'BO_ 801 ES_Status: 8 XXX\n SG_ Cruise_Set : 43|1@1+ (1,0) [0|1] "" XXX\n',
        },
      },
      {
        title: 'Files',
        content: {
          kind: 'files',
          files: [
            { name: 'speed timeline.csv', description: 'Speed over time' },
            { name: '50%#?.json', description: 'Everything' },
          ],
        },
      },
    ],
    notes: [
      ['Press 2: the status frame came 10 ms before the button frame, so the delay is negative.'],
      ['Times count from the first event of the log.'],
    ],
    provenance: {
      tool: 'cruise-control-analyzer',
      version: '1.0.0',
      parameters: [
        ['speed_min', '54'],
        ['marker_type', 'blinkers'],
      ],
      inputs: [{ name: 'subaru-55mph.rlog.zst', sha256: 'af456083bb8f83ed'.repeat(4) }],
      command:
        'cts run cruise-control-analyzer --path subaru-55mph.rlog.zst -p speed_min=54 -p marker_type=blinkers',
    },
  };
}

/** The sample with hostile text wherever text can stand. */
export function makeHostileReport(): Report {
  const poison = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(poison);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, poisonMember(key, member)]));
  };
  const poisonMember = (key: string, member: unknown): unknown => {
    if (typeof member === 'string') return KEPT.has(key) ? member : HOSTILE + member;
    if (key === 'facts' || key === 'stretches') return (member as string[]).map((text) => HOSTILE + text);
    return poison(member);
  };
  return poison(makeSampleReport()) as Report;
}

/** Members that are choices, not text. */
const KEPT = new Set(['kind', 'level', 'tone', 'width']);

function makePressTable(): ReportTable {
  return {
    kind: 'table',
    columns: [
      { title: '#', kind: 'number' },
      { title: 'Time', kind: 'time' },
      { title: 'Speed', kind: 'number', digits: 2, unit: 'mph' },
      { title: 'Active after', kind: 'number', unit: 'ms' },
      { title: 'Source', kind: 'text' },
    ],
    rows: [
      [1, 14.499, 55.58, 20, 'cruiseState.speed'],
      [2, 29.68, 55.37, -10, 'cruiseState.speed'],
      [3, 51.86, 55.77, null, ''],
    ],
    emptyText: 'SET was never pressed.',
  };
}

function makeLongTable(): ReportTable {
  return {
    kind: 'table',
    columns: [
      { title: 'Message', kind: 'code' },
      { title: 'Bit (LSB)', kind: 'number' },
      { title: 'Bit (MSB)', kind: 'code' },
      { title: 'Toggles', kind: 'number' },
      { title: 'First', kind: 'time' },
      { title: 'Score', kind: 'number', digits: 3 },
    ],
    rows: Array.from({ length: 30 }, (_, i) => [
      `0x${(0x321 - i).toString(16).toUpperCase()}`,
      43 + i,
      `B${String((43 + i) >> 3)}b${String(7 - ((43 + i) & 7))}`,
      (i * 7919) % 10_007,
      i * 2.1,
      1 - i / 30,
    ]),
    emptyText: 'No bit passed the filters.',
    totalRows: 1234,
  };
}

function makeToggles(factor: number): number[] {
  return Array.from({ length: 64 }, (_, i) => (i % 5 === 0 ? factor * i * i : 0));
}

function findSpeed(at: number): number {
  const hold = (from: number, to: number): number =>
    1 / (1 + Math.exp(from - at)) - 1 / (1 + Math.exp(to - at));
  return 45 + 10.5 * (hold(11, 22) + hold(26, 37) + hold(47, 59)) + 0.1 * Math.sin(at * 2);
}
