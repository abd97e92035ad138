import { formatAddress } from '../../core/can/address-text.ts';
import { findOrigin } from '../../core/can/bus-origin.ts';
import { formatNumber } from '../../core/report/number-text.ts';
import type { Report, ReportCell, ReportColumn, ReportSection, Text } from '../../core/report/report.ts';
import { formatClock } from '../../core/series/axis-ticks.ts';
import { nameBus } from './names.ts';
import { rateOf, type ServiceVerdict } from './service-verdicts.ts';
import type { LogStatistics } from './statistics.ts';
import { createStatisticsChart } from './statistics-chart.ts';
import { writeLead, writeNotices } from './statistics-words.ts';

/** Rows that a table of the report shows; the files have all. */
const SHOWN_ROWS = 1000;

/** What is unusual stands first. */
const VERDICT_ORDER: readonly ServiceVerdict[] = [
  'missing',
  'too slow',
  'too fast',
  'too few',
  'as expected',
  'not rated',
];

/** What the report is written of, besides the figures. */
export interface ReportSubject {
  readonly name: string;
  readonly bucketSeconds: number;
  readonly files: readonly { readonly name: string; readonly description: string }[];
}

/** Writes the report of a log's statistics, but for where it comes from. */
export function createStatisticsReport(
  statistics: LogStatistics,
  subject: ReportSubject,
): Omit<Report, 'provenance'> {
  return {
    title: `Statistics of ${subject.name}`,
    facts: listFacts(statistics),
    notices: writeNotices(statistics),
    lead: writeLead(statistics),
    sections: [
      ...listChartSection(statistics, subject.bucketSeconds),
      createGapSection(statistics),
      createBusSection(statistics),
      createServiceSection(statistics),
      createStateSection(statistics),
      createMessageSection(statistics),
      { title: 'Files', content: { kind: 'files', files: subject.files } },
    ],
    notes: listNotes(statistics),
  };
}

function listFacts({ findings, durationSeconds }: LogStatistics): readonly string[] {
  const frames = findings.buses.reduce((sum, bus) => sum + bus.frames, 0);
  return [
    `${formatClock(durationSeconds, 3)} long`,
    `${formatNumber(findings.segments)} ${findings.segments === 1 ? 'segment' : 'segments'}`,
    `${formatNumber(findings.events)} events of ${formatNumber(findings.services.length)} services`,
    `${formatNumber(frames)} CAN frames of ${formatNumber(findings.messages.length)} messages`,
    `schema ${findings.schema.id}`,
  ];
}

function listChartSection(statistics: LogStatistics, bucketSeconds: number): readonly ReportSection[] {
  const { findings, durationSeconds, buses, silences } = statistics;
  if (durationSeconds <= 0) return [];
  const chart = createStatisticsChart({
    from: 0,
    to: durationSeconds,
    buses,
    bucketSeconds,
    silences,
    states: findings.states.states,
    start: findings.start,
  });
  return [{ title: 'Over time', content: { kind: 'chart', chart } }];
}

function createGapSection({ silences }: LogStatistics): ReportSection {
  return createTableSection('Gaps', {
    text: ['Where something that is sent regularly was silent. What a larger gap explains is left out.'],
    columns: [
      { title: 'What', kind: 'text' },
      { title: 'Kind', kind: 'text' },
      { title: 'From', kind: 'time' },
      { title: 'To', kind: 'time' },
      { title: 'Length', kind: 'number', digits: 3, unit: 's' },
      { title: 'Usual', kind: 'number', digits: 1, unit: 'ms' },
    ],
    rows: silences.map(({ name, kind, from, to, usualPeriod }) => [
      name,
      kind,
      from,
      to,
      to - from,
      1000 * usualPeriod,
    ]),
    emptyText: 'No gaps.',
  });
}

function createBusSection({ buses, findings }: LogStatistics): ReportSection {
  return createTableSection('Buses', {
    text: [
      'Load from bits on the wire, stuff bits counted one by one. Total: with what openpilot sent on the bus.',
    ],
    columns: [
      { title: 'Bus', kind: 'text' },
      { title: 'Frames', kind: 'number' },
      { title: 'Messages', kind: 'number' },
      { title: 'CAN-FD frames', kind: 'number' },
      { title: 'Bit rate', kind: 'number', unit: 'bit/s' },
      { title: 'Mean load', kind: 'number', digits: 1, unit: '%' },
      { title: 'Total', kind: 'number', digits: 1, unit: '%' },
      { title: 'Peak', kind: 'number', digits: 1, unit: '%' },
      { title: 'Peak at', kind: 'time' },
    ],
    rows: buses.map(({ bus, frames, fdFrames, rates, meanLoad, totalMeanLoad, peak }) => [
      nameBus(bus),
      frames,
      findings.messages.filter((message) => message.bus === bus).length,
      fdFrames,
      rates.nominal,
      meanLoad,
      totalMeanLoad ?? null,
      peak?.load ?? null,
      peak?.from ?? null,
    ]),
    emptyText: 'No CAN frames in this log.',
  });
}

function createServiceSection({ services, findings }: LogStatistics): ReportSection {
  const order = services.toSorted(
    (a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict),
  );
  return createTableSection('Services', {
    text: ['Rates against those that openpilot sends at; 80 to 120 % is as expected.'],
    columns: [
      { title: 'Service', kind: 'text' },
      { title: 'Verdict', kind: 'text' },
      { title: 'Events', kind: 'number' },
      { title: 'Rate', kind: 'number', digits: 2, unit: 'Hz' },
      { title: 'Expected', kind: 'number', digits: 2, unit: 'Hz' },
      { title: 'Longest gap', kind: 'number', digits: 3, unit: 's' },
      { title: 'Gap at', kind: 'time' },
    ],
    rows: order.map(({ name, verdict, rateHz, expectedHz, times }) => {
      const [gap] = times?.longest ?? [];
      const at = gap && (gap.from - findings.start) / 1e9;
      const length = gap && (gap.to - gap.from) / 1e9;
      return [
        name,
        verdict,
        times?.count ?? 0,
        rateHz ?? null,
        expectedHz ?? null,
        length ?? null,
        at ?? null,
      ];
    }),
    emptyText: 'No events in this log.',
  });
}

function createStateSection({ findings }: LogStatistics): ReportSection {
  return createTableSection('Time in each state', {
    columns: [
      { title: 'State', kind: 'text' },
      { title: 'Value', kind: 'text' },
      { title: 'Time', kind: 'number', digits: 2, unit: 's' },
      { title: 'Times', kind: 'number' },
      { title: 'Longest', kind: 'number', digits: 2, unit: 's' },
    ],
    rows: findings.states.states.flatMap(({ name, values }) =>
      values.map(({ value, nanoseconds, entries, longest }) => [
        name,
        value,
        nanoseconds / 1e9,
        entries,
        longest / 1e9,
      ]),
    ),
    emptyText: 'No known state in this log.',
  });
}

function createMessageSection({ findings }: LogStatistics): ReportSection {
  return createTableSection('Messages', {
    text: [
      'Every message of every bus. A log has the times at which frames were read, so periods come in steps.',
    ],
    columns: [
      { title: 'Bus', kind: 'number' },
      { title: 'Address', kind: 'code' },
      { title: 'Source', kind: 'text' },
      { title: 'Frames', kind: 'number' },
      { title: 'Rate', kind: 'number', digits: 2, unit: 'Hz' },
      { title: 'Median', kind: 'number', digits: 1, unit: 'ms' },
      { title: 'Jitter', kind: 'number', digits: 2, unit: 'ms' },
      { title: 'Jitter p95', kind: 'number', digits: 2, unit: 'ms' },
      { title: 'Longest gap', kind: 'number', digits: 3, unit: 's' },
      { title: 'Gap at', kind: 'time' },
      { title: 'Bytes', kind: 'text' },
      { title: 'Changed bits', kind: 'number' },
    ],
    rows: findings.messages.map(({ bus, arbitrationId, times, lengths, changedBits }) => {
      const { periods, longest } = times;
      const [gap] = longest;
      return [
        bus,
        formatAddress(arbitrationId),
        findOrigin(bus),
        times.count,
        rateOf(times) ?? null,
        periods === undefined ? null : periods.median / 1e6,
        periods === undefined ? null : periods.deviation / 1e6,
        periods === undefined ? null : periods.deviation95 / 1e6,
        gap === undefined ? null : (gap.to - gap.from) / 1e9,
        gap === undefined ? null : (gap.from - findings.start) / 1e9,
        lengths.join(' '),
        countBits(changedBits),
      ];
    }),
    emptyText: 'No CAN frames in this log.',
  });
}

interface TableSection {
  readonly text?: Text;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly ReportCell[])[];
  readonly emptyText: string;
}

function createTableSection(title: string, { text, columns, rows, emptyText }: TableSection): ReportSection {
  const isCut = rows.length > SHOWN_ROWS;
  const shown = { kind: 'table' as const, columns, rows: rows.slice(0, SHOWN_ROWS), emptyText };
  return { title, ...(text && { text }), content: { ...shown, ...(isCut && { totalRows: rows.length }) } };
}

function listNotes({ findings }: LogStatistics): readonly Text[] {
  const { absent, states } = findings.states;
  const cut = states.filter(({ areStretchesCut }) => areStretchesCut).map(({ name }) => name);
  return [
    [
      'Bus loads assume what a log does not tell: 11-bit ids up to 0x7FF, CAN-FD for payloads above 8 bytes, no remote frames, nothing sent twice. Error frames are not in a log.',
    ],
    ...(absent.length > 0 ? [[`States that this log does not tell: ${absent.join(', ')}.`]] : []),
    ...(cut.length > 0 ? [[`The chart ends early, as there are too many changes: ${cut.join(', ')}.`]] : []),
    ...(findings.inversions > 0
      ? [
          [
            `${formatNumber(findings.inversions)} events stand behind later ones, as is usual between services. Only those of one service or message are counted as inversions.`,
          ],
        ]
      : []),
  ];
}

function countBits(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
}
