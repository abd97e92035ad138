import { formatAddress } from '../../../core/can/address-text.ts';
import { describeBit } from '../../../core/can/bits/bit-position.ts';
import type { Report, ReportSection, Text } from '../../../core/report/report.ts';
import { formatNumber } from '../../../core/report/number-text.ts';
import { formatMinutes } from '../../../core/text/minutes-text.ts';
import { listSetPresses, listWindowOnlyBits, type SpeedRange } from './cruise-story.ts';
import { writeCount } from './cruise-words.ts';
import type { LeftFile } from '../exports/export-files.ts';
import { listDataSections } from './report-data-sections.ts';
import { writeLead } from './report-lead.ts';
import { listNotices, type NoticeSubject } from './report-notices.ts';
import { listStorySections } from './report-story-sections.ts';

/** So many bits are offered to be watched. */
const MOST_WATCHES = 5;

/** What a report is made of. */
export interface ReportSubject extends NoticeSubject {
  /** Name of the log's file. */
  readonly inputName: string;
  readonly files: readonly LeftFile[];
}

/** What is found, for people. */
export function describeFindings(subject: ReportSubject): Omit<Report, 'provenance'> {
  const { analysis, parameters, files } = subject;
  const range = { minMph: parameters.speed_min, maxMph: parameters.speed_max };
  const markerType = parameters.marker_type;
  return {
    title: 'Cruise control analysis',
    facts: listFacts(subject),
    notices: listNotices(subject),
    lead: writeLead(analysis, { range, markerType }),
    sections: [
      ...listStorySections(analysis, { range, markerType }),
      ...listDataSections(analysis),
      ...listNextSteps(subject),
      ...(files.length > 0
        ? [{ title: 'Data files', width: 'half' as const, content: { kind: 'files' as const, files } }]
        : []),
      sectionConfiguration(subject),
    ],
    notes: listNotes(subject, range),
  };
}

function listFacts({ inputName, analysis, log }: ReportSubject): readonly string[] {
  const { frames, firstSeconds, lastSeconds } = analysis;
  const length = formatNumber(lastSeconds - firstSeconds, { digits: 1, unit: 's' });
  return [
    inputName,
    ...(log.car === undefined ? [] : [log.car.replaceAll('_', ' ')]),
    ...(frames > 0 ? [`${length} of CAN`] : []),
    writeCount(frames, 'CAN frame'),
  ];
}

/** Commands that go on from here; LOG stands for the log. */
function listNextSteps({ analysis, parameters }: ReportSubject): readonly ReportSection[] {
  if (analysis.frames === 0) return [];
  const { marker_type, export_csv, export_json } = parameters;
  const watches = listWindowOnlyBits(analysis)
    .slice(0, MOST_WATCHES)
    .map(
      ({ bus, arbitrationId, bit }) =>
        `${String(bus)}:${formatAddress(arbitrationId)}:${describeBit(bit).shortMsb}`,
    );
  const watch = watches.length === 0 ? '' : ` -p watch=${watches.join(',')}`;
  const code = [
    ...(marker_type === 'blinkers' && analysis.markers.length > 0
      ? [
          '# Compare every bit before, in and after the marker windows',
          `cts run can-bitwatch --path LOG -p marker=blinkers${watch}`,
        ]
      : []),
    ...(analysis.markers.length === 0
      ? [
          '# Mark a stretch by hand',
          'cts run cruise-control-analyzer --path LOG -p marker_type=manual -p marker_times=12.5-14',
        ]
      : []),
    '# Find the bits and fields that follow a signal of openpilot',
    'cts run find-signal --path LOG -p field=carState.vEgo',
    ...(export_csv || export_json
      ? []
      : ['# Get the tables, too', 'cts run cruise-control-analyzer --path LOG -p export_csv=true']),
  ];
  return [
    {
      title: 'Next steps',
      text: ['LOG stands for the path of the log.'],
      content: { kind: 'code', code: code.join('\n') },
    },
  ];
}

function sectionConfiguration({ parameters }: ReportSubject): ReportSection {
  const values = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return {
    title: 'Configuration',
    width: 'half',
    content: {
      kind: 'table',
      columns: [
        { title: 'Parameter', kind: 'code' },
        { title: 'Value', kind: 'code' },
      ],
      rows: values.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]),
      emptyText: 'Nothing was chosen.',
    },
  };
}

function listNotes({ analysis }: ReportSubject, range: SpeedRange): readonly Text[] {
  const early = listSetPresses(analysis, range).flatMap(({ activeAfter = 0 }, index) =>
    activeAfter < -0.0005
      ? [
          `Press ${String(index + 1)}: the status frame came ${formatNumber(-1000 * activeAfter, { digits: 0, unit: 'ms' })} ` +
            'before the button frame, so the delay is negative.',
        ]
      : [],
  );
  const zero = formatMinutes(analysis.zeroSeconds);
  return [
    ...early.map((text) => [text]),
    [
      `Times count from the first event of the log, which is ${zero} after the device was started; the data files ` +
        'count from that start.',
    ],
    [
      'Bits are counted from the least significant of byte 0, as DBC does; B5b4 is byte 5, bit 4 from its most significant.',
    ],
  ];
}
