import { describeBit } from '../../../core/can/bits/bit-position.ts';
import { formatAddress } from '../../../core/can/address-text.ts';
import type { ReportColumn, ReportSection, ReportTable } from '../../../core/report/report.ts';
import type { CruiseAnalysis } from '../analysis/cruise-analysis.ts';
import type { MessageActivity, StoryEvent } from '../analysis/cruise-findings.ts';
import { listWindowOnlyBits } from './cruise-story.ts';
import { listBits, nameAddress, nameBit } from './cruise-words.ts';
import { NUMBER_COLUMN } from './report-story-sections.ts';
import { CRUISE_MESSAGES } from '../../subaru/subaru-signals.ts';

/** So many messages of a marker window are shown. */
const MOST_ACTIVE = 25;
/** So many rows of other tables are shown; the exports have all. */
const MOST_ROWS = 500;
const MOST_BITS = 5;

const BIT_COLUMNS: readonly ReportColumn[] = [
  { title: 'Bit', kind: 'number', digits: 0 },
  { title: 'LSB', kind: 'code' },
  { title: 'MSB', kind: 'code' },
];

/** What the exports hold: activity in marker windows, candidates, messages, engaged intervals, moments. */
export function listDataSections(analysis: CruiseAnalysis): readonly ReportSection[] {
  if (analysis.frames === 0) return [];
  return [
    ...(analysis.markers.length > 0 ? [sectionWindowOnly(analysis), sectionActivity(analysis)] : []),
    {
      title: 'Messages of cruise control',
      text: [
        'Each bus by itself. A change is a frame whose signals differ from those of the frame before it.',
      ],
      content: tableMessages(analysis),
    },
    {
      title: 'Busiest bits of these messages',
      text: ['Toggles above 40 cost a tenth each: counters and checksums chatter, switches do not.'],
      content: tableCandidates(analysis),
    },
    ...(analysis.engaged === undefined ? [] : [sectionEngaged(analysis, analysis.engaged)]),
    { title: 'Moments', text: ['The story in the order of time.'], content: tableMoments(analysis) },
  ];
}

function sectionWindowOnly(analysis: CruiseAnalysis): ReportSection {
  const bits = listWindowOnlyBits(analysis);
  return {
    title: 'Bits that toggle in a marker window only',
    text: [
      'Elsewhere in the log they never change: most likely what the marker was set for. Signals that are known are left out.',
    ],
    content: {
      kind: 'table',
      columns: [
        { title: 'Window', kind: 'number', digits: 0 },
        { title: 'Message', kind: 'code' },
        { title: 'Bus', kind: 'number', digits: 0 },
        ...BIT_COLUMNS,
        { title: 'Toggles', kind: 'number', digits: 0 },
      ],
      rows: bits
        .slice(0, MOST_ROWS)
        .map(({ marker, arbitrationId, bus, bit, toggles }) => [
          marker,
          nameAddress(arbitrationId),
          bus,
          ...listBitCells(bit),
          toggles,
        ]),
      emptyText: 'Every bit that toggles in a window toggles elsewhere, too.',
      totalRows: bits.length,
    },
  };
}

function sectionActivity({ markers }: CruiseAnalysis): ReportSection {
  const rows = markers.flatMap(({ messages }, index) =>
    messages.slice(0, MOST_ACTIVE).map((message) => ({ marker: index + 1, message })),
  );
  const totalRows = markers.reduce((sum, { messages }) => sum + messages.length, 0);
  return {
    title: 'Activity in the marker windows',
    text: ['Messages that changed in a window, most changes first.'],
    content: {
      kind: 'table',
      columns: [
        { title: 'Window', kind: 'number', digits: 0 },
        { title: 'Message', kind: 'code' },
        { title: 'Bus', kind: 'number', digits: 0 },
        { title: 'Changes', kind: 'number', digits: 0 },
        { title: 'Frames before', kind: 'number', digits: 0 },
        { title: 'in', kind: 'number', digits: 0 },
        { title: 'after', kind: 'number', digits: 0 },
        { title: 'Busiest bits', kind: 'text' },
      ],
      rows: rows.map(({ marker, message }) => listActivity(marker, message)),
      emptyText: 'No message changed in a marker window.',
      totalRows,
    },
  };
}

function listActivity(marker: number, message: MessageActivity): ReportTable['rows'][number] {
  const { arbitrationId, bus, changes, frames, bits } = message;
  return [
    marker,
    nameAddress(arbitrationId),
    bus,
    changes,
    frames.before,
    frames.within,
    frames.after,
    listBits(bits, MOST_BITS),
  ];
}

function tableMessages({ sources, traces, speeds }: CruiseAnalysis): ReportTable {
  const rows = sources.flatMap(({ message, arbitrationId, bus, frames, others }) => {
    const buses = bus === undefined ? [] : [{ bus, frames }, ...others];
    return buses.map((each) => {
      const trace = traces.find((candidate) => candidate.message === message && candidate.bus === each.bus);
      const speed =
        message === 'Wheel_Speeds' ? speeds.find((candidate) => candidate.bus === each.bus) : undefined;
      const leftOut = (trace ?? speed)?.leftOut;
      return [
        message,
        formatAddress(arbitrationId),
        each.bus,
        each.frames,
        trace?.changes.length ?? null,
        leftOut === undefined ? null : leftOut.outliers + leftOut.shortFrames,
        each.bus === bus ? 'yes' : '',
      ];
    });
  });
  return {
    kind: 'table',
    columns: [
      { title: 'Message', kind: 'text' },
      { title: 'Address', kind: 'code' },
      { title: 'Bus', kind: 'number', digits: 0 },
      { title: 'Frames', kind: 'number', digits: 0 },
      { title: 'Changes', kind: 'number', digits: 0 },
      { title: 'Left out', kind: 'number', digits: 0 },
      { title: 'Tells the story', kind: 'text' },
    ],
    rows,
    emptyText: `None of ${Object.values(CRUISE_MESSAGES)
      .map(({ arbitrationId }) => formatAddress(arbitrationId))
      .join(', ')} is in the log.`,
  };
}

function listBitCells(bit: number): readonly (string | number)[] {
  const { global, lsbLabel, msbLabel } = describeBit(bit);
  return [global, lsbLabel.replace(' (LSB)', ''), msbLabel.replace('MSB ', '')];
}

function tableCandidates({ candidates }: CruiseAnalysis): ReportTable {
  return {
    kind: 'table',
    columns: [
      { title: 'Message', kind: 'code' },
      { title: 'Bus', kind: 'number', digits: 0 },
      ...BIT_COLUMNS,
      { title: 'Score', kind: 'number', digits: 1 },
      { title: 'Toggles', kind: 'number', digits: 0 },
      { title: 'Rises', kind: 'number', digits: 0 },
      { title: 'Falls', kind: 'number', digits: 0 },
    ],
    rows: candidates
      .slice(0, MOST_ROWS)
      .map(({ arbitrationId, bus, bit, score, toggles, rises, falls }) => [
        nameAddress(arbitrationId),
        bus,
        ...listBitCells(bit),
        score,
        toggles,
        rises,
        falls,
      ]),
    emptyText: 'No bit of these messages changed.',
    totalRows: candidates.length,
  };
}

function sectionEngaged(
  { zeroSeconds }: CruiseAnalysis,
  { bit, bus, intervals, removed }: NonNullable<CruiseAnalysis['engaged']>,
): ReportSection {
  const name = `${nameAddress(bit.arbitrationId)} ${nameBit(bit.bit)}`;
  const sum = removed.edges + removed.runs + removed.timeline;
  const words = [
    `When ${name}${bus === undefined ? '' : ` on bus ${String(bus)}`} was 1, with the margin.`,
    ...(sum > 0
      ? [
          `The filter took away ${String(removed.edges)} edges, ${String(removed.runs)} runs and ` +
            `${String(removed.timeline)} moments outside.`,
        ]
      : []),
  ];
  return {
    title: 'Engaged intervals',
    text: [words.join(' ')],
    content: {
      kind: 'table',
      columns: [
        NUMBER_COLUMN,
        { title: 'From', kind: 'time' },
        { title: 'To', kind: 'time' },
        { title: 'Length', kind: 'number', digits: 2, unit: 's' },
      ],
      rows: intervals.map(({ startSeconds, endSeconds }, index) => [
        index + 1,
        startSeconds - zeroSeconds,
        endSeconds - zeroSeconds,
        endSeconds - startSeconds,
      ]),
      emptyText: 'The bit was never 1.',
    },
  };
}

function tableMoments({ timeline, zeroSeconds }: CruiseAnalysis): ReportTable {
  return {
    kind: 'table',
    columns: [
      { title: 'Time', kind: 'time' },
      { title: 'Moment', kind: 'text' },
      { title: 'Value', kind: 'number' },
      { title: 'Speed', kind: 'number', digits: 1, unit: 'mph' },
      { title: 'Message', kind: 'code' },
      { title: 'Bus', kind: 'number', digits: 0 },
      ...BIT_COLUMNS,
    ],
    rows: timeline.slice(0, MOST_ROWS).map((moment) => listMoment(moment, zeroSeconds)),
    emptyText: 'Nothing happened.',
    totalRows: timeline.length,
  };
}

function listMoment(moment: StoryEvent, zeroSeconds: number): ReportTable['rows'][number] {
  const { seconds, event, value, speed, arbitrationId, bus, bit } = moment;
  return [
    seconds - zeroSeconds,
    event.replaceAll('_', ' '),
    value === undefined ? null : Number(value.toFixed(3)),
    speed?.mph ?? null,
    arbitrationId === undefined ? null : nameAddress(arbitrationId),
    bus ?? null,
    ...(bit === undefined ? [null, null, null] : listBitCells(bit)),
  ];
}
