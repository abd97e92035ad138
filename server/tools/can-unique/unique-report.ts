import { formatAddress } from '../../core/can/address-text.ts';
import type {
  Report,
  ReportBitGrid,
  ReportFiles,
  ReportSection,
  ReportTable,
  Text,
} from '../../core/report/report.ts';
import { countOf } from '../../core/text/counted.ts';
import { chartBits } from '../results/bit-chart.ts';
import { drawBitGrid, pickMarkedMessages } from '../results/bit-grid.ts';
import { BIT_REPORT_COLUMNS, nameBit, toBitReportCells } from '../results/bit-columns.ts';
import type { UniqueBit } from './unique-bits.ts';
import type { UniqueFindings } from './unique-search.ts';

const MAX_ROWS = 2000;
const MAX_GRIDS = 16;
const MAX_LANES = 12;
/** A bit that changes more often would fill its lane. */
const MAX_LANE_TOGGLES = 2000;

/** Says what was found, the steadiest bits first. */
export function describeUniqueBits(findings: UniqueFindings): Omit<Report, 'provenance'> {
  const bits = findings.bits.toSorted((a, b) => a.toggles - b.toggles || b.frames - a.frames);
  return {
    title: 'Unique CAN bits',
    facts: [
      findings.recording.name,
      countOf(findings.interestingFrames, 'interesting frame'),
      countOf(findings.backgroundFrames, 'background frame'),
    ],
    notices: [],
    lead: writeLead(bits, findings),
    sections: listSections(bits, findings),
    notes: NOTES,
  };
}

const NOTES: readonly Text[] = [
  ['A counter or a measured value shows new values all the time. More background makes the list shorter.'],
  ['What follows a switch changes once or twice: few toggles, many frames with the new value.'],
  [
    'Buses from 128 on are echoes of frames that openpilot sent, from 192 on of frames that the panda rejected.',
  ],
];

function writeLead([steadiest]: readonly UniqueBit[], { bits, newMessages }: UniqueFindings): Text {
  if (bits.length === 0 && newMessages.length === 0)
    return [
      'Nothing is new: every value that a bit has in the interesting frames, it has in the background as well.',
    ];
  const counts = [countOf(bits.length, 'bit value'), countOf(newMessages.length, 'message')];
  return [
    { strong: counts.filter((count) => !count.startsWith('0 ')).join(' and ') },
    ' of the interesting frames: never in the background.',
    ...(steadiest === undefined ? [] : describeSteadiest(steadiest)),
  ];
}

function describeSteadiest(bit: UniqueBit): Text {
  const { newValue, firstSeconds, toggles } = bit;
  const since = firstSeconds === undefined ? [] : [', first at ', { time: firstSeconds }];
  return [
    ' The steadiest is ',
    ...nameBit(bit),
    `: it becomes ${String(newValue)}`,
    ...since,
    `, and changes ${countOf(toggles, 'time')}.`,
  ];
}

function listSections(bits: readonly UniqueBit[], findings: UniqueFindings): readonly ReportSection[] {
  return [
    { title: 'New bit values', text: ['The steadiest stand first.'], content: tabulateBits(bits) },
    { title: 'New messages', content: tabulateMessages(findings) },
    ...drawChart(bits, findings),
    {
      title: 'Where they lie',
      text: ['How often each bit toggled. The bits with new values are marked.'],
      content: drawGrids(bits, findings),
    },
    { title: 'Files', content: FILES },
  ];
}

const FILES: ReportFiles = {
  kind: 'files',
  files: [
    {
      name: 'can_unique.txt',
      description: 'The same as lines of text, as can_unique.py of panda prints them',
    },
    { name: 'unique_bits.csv', description: 'New bit values' },
    { name: 'unique_bits.json', description: 'New bit values' },
    { name: 'new_messages.csv', description: 'New messages' },
    { name: 'new_messages.json', description: 'New messages' },
    { name: 'can_unique.analysis_meta.json', description: 'Where the tables come from' },
  ],
};

function tabulateBits(bits: readonly UniqueBit[]): ReportTable {
  return {
    kind: 'table',
    columns: [
      ...BIT_REPORT_COLUMNS,
      { title: 'New value', kind: 'number' },
      { title: 'Frames with it', kind: 'number' },
      { title: 'Frames', kind: 'number' },
      { title: 'First at', kind: 'time' },
      { title: 'Toggles', kind: 'number' },
    ],
    rows: bits.slice(0, MAX_ROWS).map((found) => {
      const { newValue, frames, messageFrames, firstSeconds, toggles } = found;
      return [...toBitReportCells(found), newValue, frames, messageFrames, firstSeconds ?? null, toggles];
    }),
    emptyText: 'No bit has a value that it never had in the background.',
    totalRows: bits.length,
  };
}

function tabulateMessages({ newMessages }: UniqueFindings): ReportTable {
  return {
    kind: 'table',
    columns: [
      { title: 'Message', kind: 'code' },
      { title: 'Bus', kind: 'number' },
      { title: 'Frames', kind: 'number' },
      { title: 'Bytes', kind: 'number' },
      { title: 'First at', kind: 'time' },
    ],
    rows: newMessages
      .slice(0, MAX_ROWS)
      .map(({ arbitrationId, bus, frames, byteLength, firstSeconds }) => [
        formatAddress(arbitrationId),
        bus,
        frames,
        byteLength,
        firstSeconds ?? null,
      ]),
    emptyText: 'Every message is in the background as well.',
    totalRows: newMessages.length,
  };
}

/** Nothing where the recording has no times. */
function drawChart(bits: readonly UniqueBit[], findings: UniqueFindings): readonly ReportSection[] {
  const { recording, messages, ranges } = findings;
  const shown = bits.filter(({ toggles }) => toggles <= MAX_LANE_TOGGLES).slice(0, MAX_LANES);
  if (!recording.hasTimes || shown.length === 0) return [];
  const charted = pickMarkedMessages(messages, shown, MAX_LANES).flatMap(({ message, marked }) =>
    [...new Set(marked)].map((bit) => ({ ...message, rows: message.recordedRows, bit })),
  );
  const chart = chartBits(recording.table, charted, [
    { label: 'background', ranges: ranges.background, tone: 'series2' },
    { label: 'interesting', ranges: ranges.interesting, tone: 'series3' },
  ]);
  return [{ title: 'When they were set', content: { kind: 'chart', chart } }];
}

/** The grids of the messages with the steadiest bits. */
function drawGrids(bits: readonly UniqueBit[], findings: UniqueFindings): ReportBitGrid {
  const { messages, recording, ranges } = findings;
  const isDivided = ranges.background.length > 0;
  const grids = pickMarkedMessages(messages, bits, MAX_GRIDS).map(({ message, marked }) => {
    const { rows, backgroundRows } = message;
    const stretches = isDivided ? [backgroundRows, rows] : [rows];
    return drawBitGrid(recording.table, { ...message, stretches, marked });
  });
  const stretches = isDivided ? ['background', 'interesting'] : ['interesting'];
  return { kind: 'bits', stretches, messages: grids };
}
