import type { Candidate } from '../../core/field-search/candidate-fit.ts';
import type {
  Report,
  ReportCell,
  ReportColumn,
  ReportSection,
  ReportTable,
  Text,
} from '../../core/report/report.ts';
import type { Reference } from '../../core/field-search/reference.ts';
import { countOf } from '../../core/text/counted.ts';
import { formatMinutes } from '../../core/text/minutes-text.ts';
import { chartCandidates } from './candidate-chart.ts';
import { describeField, formatNumber, nameCompanions, nameField, nameMessage } from './candidate-words.ts';
import { suggestFactor } from './factor-suggestion.ts';
import { nameKnown } from './known-signals.ts';
import { formatDbcLines } from './signal-dbc.ts';
import { writeLead } from './search-lead.ts';
import { listNotices } from './search-notices.ts';
import type { SearchFindings } from './signal-search.ts';

/** Says what was found, in words, charts and tables. */
export function describeSearch(findings: SearchFindings): Omit<Report, 'provenance'> {
  const { reference, frames, effort } = findings;
  const span = (reference.seconds.at(-1) ?? 0) - (reference.seconds[0] ?? 0);
  return {
    title: `What explains ${reference.name}`,
    facts: [
      frames.name,
      countOf(frames.table.length, 'frame'),
      countOf(effort.messages, 'message'),
      `${formatMinutes(span)} of ${reference.name}`,
    ],
    notices: listNotices(findings),
    lead: writeLead(findings),
    sections: listSections(findings),
    notes: NOTES,
  };
}

const NOTES: readonly Text[] = [
  [
    'A field is written as in DBC: ',
    { code: '7|16@0+' },
    ' is start bit 7, 16 bits, big-endian (1 would be little-endian), unsigned (- would be signed).',
  ],
  [
    'Upper bits that never change in this recording may belong to the field or not: the values are the same. They are counted in up to the next bit that is in use, or the end of the byte.',
  ],
  [
    'The score is made of how little is left unexplained, of monotony and of shared movement; for what is on or off, of correlation and shared transitions. A lag costs a little.',
  ],
  [
    'Buses from 128 on are echoes of frames that openpilot sent, from 192 on of frames that the panda rejected.',
  ],
];

function listSections(findings: SearchFindings): readonly ReportSection[] {
  const { candidates, effort } = findings;
  const files: ReportSection = { title: 'Files', content: FILES };
  const searched: ReportSection = {
    title: 'What was searched',
    text: [describeEffort(effort)],
    content: tabulateEffort(effort),
  };
  if (candidates.length === 0) return [searched, files];
  return [
    {
      title: 'Over time',
      text: ['Candidates are scaled by their fit and shifted by their lag.'],
      content: { kind: 'chart', chart: chartCandidates(findings) },
    },
    {
      title: 'Candidates',
      text: [
        'The best first; the files have them all, with other cuts of the same bits. "With": fields that explain what is left.',
      ],
      content: tabulateCandidates(findings),
    },
    {
      title: 'DBC',
      text: ['To be copied. Factors are as fitted; round ones are suggested in the table.'],
      content: { kind: 'code', code: formatDbcLines(findings) },
    },
    searched,
    files,
  ];
}

const COLUMNS: readonly ReportColumn[] = [
  { title: '#', kind: 'number' },
  { title: 'Message', kind: 'code' },
  { title: 'Field', kind: 'code' },
  { title: 'Score', kind: 'number', digits: 3 },
  { title: 'r', kind: 'number', digits: 4 },
  { title: 'Lag', kind: 'number', digits: 2, unit: 's' },
];
const NUMBER_COLUMNS: readonly ReportColumn[] = [
  { title: 'Left (rms)', kind: 'number' },
  { title: 'Factor', kind: 'number' },
  { title: 'Offset', kind: 'number' },
  { title: 'Round factor', kind: 'text' },
];
const STATE_COLUMNS: readonly ReportColumn[] = [
  { title: 'Transitions shared', kind: 'text' },
  { title: 'When the reference is on', kind: 'text' },
];
const LAST_COLUMNS: readonly ReportColumn[] = [
  { title: 'Where', kind: 'text' },
  { title: 'With', kind: 'text' },
];
const KNOWN_COLUMN: ReportColumn = { title: 'Known as', kind: 'text' };
/** Candidates that score less than this share of the best are left to the files. */
const SHOWN = 0.25;
/** Factors of candidates that score less mean nothing. */
const SCALED = 0.5;

function tabulateCandidates(findings: SearchFindings): ReportTable {
  const { candidates, reference, totalCandidates, databases } = findings;
  const least = SHOWN * (candidates[0]?.score ?? 0);
  const shown = candidates.filter(({ score }) => score >= least);
  const columns = reference.isBinary ? STATE_COLUMNS : NUMBER_COLUMNS;
  return {
    kind: 'table',
    columns: [...COLUMNS, ...columns, ...LAST_COLUMNS, ...(databases.all.length > 0 ? [KNOWN_COLUMN] : [])],
    rows: shown.map((candidate, i) => [
      i + 1,
      ...toCells(candidate, reference),
      ...(databases.all.length > 0 ? [nameKnown(candidate, databases) ?? null] : []),
    ]),
    emptyText: 'Nothing varies with the reference.',
    ...(totalCandidates > shown.length && { totalRows: totalCandidates }),
  };
}

function toCells(candidate: Candidate, reference: Reference): readonly ReportCell[] {
  const { message, field, score, r, lag } = candidate;
  const { byteLength } = message;
  return [
    nameMessage(candidate),
    nameField(field, byteLength),
    score,
    r,
    lag,
    ...(reference.isBinary ? toStateCells(candidate) : toNumberCells(candidate, reference)),
    describeField(field, byteLength),
    nameCompanions(candidate) || null,
  ];
}

function toNumberCells(
  { rms, factor, offset, score }: Candidate,
  { unit }: Reference,
): readonly ReportCell[] {
  const round = score < SCALED ? undefined : suggestFactor(factor, unit);
  return [
    Number(formatNumber(rms, 3)),
    Number(formatNumber(factor)),
    Number(formatNumber(offset)),
    round?.text ?? null,
  ];
}

function toStateCells({ transitions, r }: Candidate): readonly ReportCell[] {
  if (transitions === undefined) return [null, null];
  const { matched, wanted, found } = transitions;
  return [`${String(matched)} of ${String(wanted)}; it has ${String(found)}`, r < 0 ? 'low' : 'high'];
}

type Effort = SearchFindings['effort'];

function describeEffort(effort: Effort): string {
  return `${countOf(effort.fields, 'field')} in ${countOf(effort.messages, 'message')}: both byte orders, every start and length, signed and unsigned. ${countOf(effort.searchedMessages, 'message')} that promised most were searched thoroughly, at every lag.`;
}

function tabulateEffort(effort: Effort): ReportTable {
  return {
    kind: 'table',
    columns: [
      { title: 'What', kind: 'text' },
      { title: 'How many', kind: 'number' },
    ],
    rows: [
      ['Messages, by bus and id', effort.messages],
      ['of them without any change', effort.constantMessages],
      ['of them too rare to compare', effort.rareMessages],
      ['searched thoroughly', effort.searchedMessages],
      ['Bits that vary', effort.varyingBits],
      ['in searched messages: bits of counters', effort.counterBits],
      ['in searched messages: bits of bytes that look like checksums', effort.noiseBits],
      ['Fields compared', effort.fields],
    ],
    emptyText: 'Nothing was searched.',
  };
}

const FILES = {
  kind: 'files',
  files: [
    { name: 'candidates.csv', description: 'All candidates with every figure' },
    { name: 'candidates.json', description: 'The same for programs' },
    { name: 'find-signal.analysis_meta.json', description: 'Where they come from' },
    { name: 'signals.dbc', description: 'The best of them as DBC, for cabana, cantools or SavvyCAN' },
  ],
} as const;
