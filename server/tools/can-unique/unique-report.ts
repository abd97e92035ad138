import { formatAddress } from '../../core/can/address-text.ts';
import { countToggles } from '../../core/can/toggle-counts.ts';
import type {
  BitGridMessage,
  Report,
  ReportBitGrid,
  ReportFiles,
  ReportSection,
  ReportTable,
  Text,
} from '../../core/report/report.ts';
import { countOf } from '../../core/text/counted.ts';
import { BIT_REPORT_COLUMNS, nameBit, toBitReportCells } from '../bit-columns.ts';
import type { UniqueBit } from './unique-bits.ts';
import type { UniqueFindings } from './unique-search.ts';

const MAX_ROWS = 2000;
const MAX_GRIDS = 16;

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
  const counts = `${countOf(bits.length, 'bit value')} and ${countOf(newMessages.length, 'message')}`;
  return [
    { strong: counts },
    ' of the interesting frames never appear in the background.',
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
    {
      title: 'Where the bits lie',
      text: ['Toggles within the interesting frames. New bits are marked.'],
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

/** The grids of the messages with the steadiest bits. */
function drawGrids(bits: readonly UniqueBit[], { messages, recording }: UniqueFindings): ReportBitGrid {
  const shown = [...Map.groupBy(bits, nameMessageOf)].slice(0, MAX_GRIDS);
  const grids = shown.map(([title, own]): BitGridMessage => {
    const { rows } = messages.find((message) => isOf(message, own[0])) ?? { rows: new Uint32Array(0) };
    const toggles = countToggles(recording.table, rows);
    return { title, byteLength: toggles.length / 8, toggles: [toggles], marked: own.map(({ bit }) => bit) };
  });
  return { kind: 'bits', stretches: ['interesting'], messages: grids };
}

function nameMessageOf({ arbitrationId, bus }: UniqueBit): string {
  return `${formatAddress(arbitrationId)} · bus ${String(bus)}`;
}

function isOf(message: Pick<UniqueBit, 'bus' | 'arbitrationId'>, bit: UniqueBit | undefined): boolean {
  return message.bus === bit?.bus && message.arbitrationId === bit.arbitrationId;
}
