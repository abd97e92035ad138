import type { TimeSpan } from '../../core/can/message-rows.ts';
import type {
  Report,
  ReportBitGrid,
  ReportChart,
  ReportFiles,
  ReportSection,
  ReportTable,
  Text,
} from '../../core/report/report.ts';
import { countOf } from '../../core/text/counted.ts';
import { chartBits } from '../results/bit-chart.ts';
import { drawBitGrid, pickMarkedMessages } from '../results/bit-grid.ts';
import { BIT_REPORT_COLUMNS, nameBit, toBitReportCells } from '../results/bit-columns.ts';
import type { InputFrames } from '../reading/input-frames.ts';
import { excludeRows } from '../reading/ranged-rows.ts';
import { formatRange } from '../reading/time-ranges.ts';
import type { BitTransition, MessageTransitions, TransitionRanges } from './bit-transitions.ts';

const MAX_ROWS = 2000;
const MAX_GRIDS = 16;
const MAX_LANES = 12;
/** A bit that changes more often would fill its lane. */
const MAX_LANE_TOGGLES = 2000;

/** What the report speaks of. */
export interface TransitionFindings {
  readonly recording: InputFrames;
  readonly ranges: TransitionRanges;
  /** By bus and arbitration id. */
  readonly messages: readonly MessageTransitions[];
  readonly bits: readonly BitTransition[];
}

/** Says what was found, the steadiest bits first. */
export function describeTransitions(findings: TransitionFindings): Omit<Report, 'provenance'> {
  const { recording, ranges, bits } = findings;
  const steadiest = bits.toSorted((a, b) => a.toggles - b.toggles || b.highFrames - a.highFrames);
  return {
    title: 'CAN bit transitions',
    facts: [
      recording.name,
      countOf(recording.table.length, 'frame'),
      `low in ${listRanges(ranges.low)} s`,
      `high in ${listRanges(ranges.high)} s`,
    ],
    notices: [],
    lead: writeLead(steadiest),
    sections: listSections(steadiest, findings),
    notes: NOTES,
  };
}

const NOTES: readonly Text[] = [
  [
    'What follows a switch changes once between the ranges: few toggles. The more ranges, the fewer bits are left.',
  ],
  ['Only received frames count: buses from 128 on are echoes of frames that were sent, and are left out.'],
  ['A bit that some frame of a range is too short to have is left out.'],
];

function listRanges(ranges: readonly TimeSpan[]): string {
  return ranges.map(formatRange).join(', ');
}

function writeLead(bits: readonly BitTransition[]): Text {
  const [steadiest] = bits;
  if (steadiest === undefined)
    return [
      'No bit has one value in all frames of the low ranges and the other in all frames of the high ranges.',
    ];
  const { lowValue, toggles } = steadiest;
  return [
    { strong: countOf(bits.length, 'bit') },
    ` ${bits.length === 1 ? 'has' : 'have'} one value in all frames of the low ranges and the other in all frames of the ` +
      'high ranges. The steadiest is ',
    ...nameBit(steadiest),
    `: from ${String(lowValue)} to ${String(1 - lowValue)}, with ${countOf(toggles, 'change')} in the whole recording.`,
  ];
}

function listSections(
  bits: readonly BitTransition[],
  findings: TransitionFindings,
): readonly ReportSection[] {
  return [
    { title: 'Bits', text: ['The steadiest stand first.'], content: tabulate(bits) },
    { title: 'When they were set', content: drawChart(bits, findings) },
    {
      title: 'Where they lie',
      text: [
        'Toggles within the low ranges, the high ranges, and in all other frames. The bits found are marked.',
      ],
      content: drawGrids(bits, findings),
    },
    { title: 'Files', content: FILES },
  ];
}

const FILES: ReportFiles = {
  kind: 'files',
  files: [
    {
      name: 'can_bit_transition.txt',
      description: 'Lines of text, as can_bit_transition.py of panda prints them',
    },
    { name: 'bit_transitions.csv', description: 'The bits' },
    { name: 'bit_transitions.json', description: 'The bits' },
    { name: 'can_bit_transition.analysis_meta.json', description: 'Where the tables come from' },
  ],
};

function tabulate(bits: readonly BitTransition[]): ReportTable {
  return {
    kind: 'table',
    columns: [
      ...BIT_REPORT_COLUMNS,
      { title: 'Low to high', kind: 'code' },
      { title: 'Frames low', kind: 'number' },
      { title: 'Frames high', kind: 'number' },
      { title: 'Toggles', kind: 'number' },
    ],
    rows: bits.slice(0, MAX_ROWS).map((found) => {
      const { lowValue, lowFrames, highFrames, toggles } = found;
      return [...toBitReportCells(found), lowValue === 0 ? '0 → 1' : '1 → 0', lowFrames, highFrames, toggles];
    }),
    emptyText: 'No bit goes from one value to the other.',
    totalRows: bits.length,
  };
}

function drawChart(
  bits: readonly BitTransition[],
  { messages, recording, ranges }: TransitionFindings,
): ReportChart {
  const shown = bits.filter(({ toggles }) => toggles <= MAX_LANE_TOGGLES).slice(0, MAX_LANES);
  const charted = pickMarkedMessages(messages, shown, MAX_LANES).flatMap(({ message, marked }) =>
    marked.map((bit) => ({ ...message, bit })),
  );
  const chart = chartBits(recording.table, charted, [
    { label: 'low ranges', ranges: ranges.low, tone: 'series2' },
    { label: 'high ranges', ranges: ranges.high, tone: 'series3' },
  ]);
  return { kind: 'chart', chart };
}

/** The grids of the messages with the steadiest bits. */
function drawGrids(
  bits: readonly BitTransition[],
  { messages, recording, ranges }: TransitionFindings,
): ReportBitGrid {
  const { table } = recording;
  const grids = pickMarkedMessages(messages, bits, MAX_GRIDS).map(({ message, marked }) => {
    const { rows, lowRows, highRows } = message;
    const otherRows = excludeRows(table, rows, [...ranges.low, ...ranges.high]);
    return drawBitGrid(table, { ...message, stretches: [lowRows, highRows, otherRows], marked });
  });
  return { kind: 'bits', stretches: ['low', 'high', 'otherwise'], messages: grids };
}
