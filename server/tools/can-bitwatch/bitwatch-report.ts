import { WINDOW } from '../../core/can/csv/frame-segments.ts';
import type { CandidateBit } from '../../core/can/bits/window-bits.ts';
import { formatNumber } from '../../core/report/number-text.ts';
import type { Inline, Report, ReportFiles, ReportSection, Text } from '../../core/report/report.ts';
import { countOf } from '../../core/text/counted.ts';
import { nameBit } from './bit-words.ts';
import type { BitwatchAnalysis } from './bitwatch-findings.ts';
import { rankCandidates } from './candidate-ranking.ts';
import { drawBits, drawGrids } from './report-charts.ts';
import { listNotices } from './report-notices.ts';
import {
  tabulateBusierBits,
  tabulateCandidates,
  tabulateCounts,
  tabulateEdges,
  tabulatePulses,
  tabulateWatched,
} from './report-tables.ts';

/** What a report says beyond the analysis. */
export interface ReportSubject {
  /** Name of the log or file. */
  readonly inputName: string;
  readonly files: ReportFiles['files'];
}

/** What is found, for people. */
export function composeReport(
  analysis: BitwatchAnalysis,
  { inputName, files }: ReportSubject,
): Omit<Report, 'provenance'> {
  const ranked = rankCandidates(analysis.candidates, analysis.pulseRule);
  return {
    title: 'Bits that toggle in the window',
    facts: listFacts(analysis, inputName),
    notices: listNotices(analysis),
    lead: writeLead(analysis, ranked),
    sections: [...listSections(analysis, ranked), { title: 'Files', content: { kind: 'files', files } }],
    notes: NOTES,
  };
}

function listFacts({ span, table, messages }: BitwatchAnalysis, inputName: string): readonly string[] {
  const buses = new Set(messages.map(({ bus }) => bus)).size;
  return [
    inputName,
    ...(span === undefined ? [] : [formatNumber(span.to - span.from, { digits: 1, unit: 's' })]),
    countOf(table.length, 'frame'),
    `${countOf(messages.length, 'message')} on ${buses === 1 ? '1 bus' : `${String(buses)} buses`}`,
  ];
}

function writeLead(analysis: BitwatchAnalysis, ranked: readonly CandidateBit[]): Text {
  if (analysis.span === undefined) return ['There are no frames, so nothing can be said of any bit.'];
  return [...writeCandidates(analysis, ranked), ...writeBest(analysis, ranked[0]), ...writeWatched(analysis)];
}

function writeCandidates({ windows }: BitwatchAnalysis, ranked: readonly CandidateBit[]): readonly Inline[] {
  const [first, ...others] = windows;
  if (first === undefined) return ['No frame lies in a window, so no bit can toggle in it only. '];
  const times = [{ time: first.from }, ' to ', { time: windows.at(-1)?.to ?? first.to }];
  const where = others.length === 0 ? 'In the window, ' : `In ${String(windows.length)} windows from `;
  const comma = others.length === 0 ? ', ' : ' together, ';
  const found = { strong: ranked.length === 0 ? 'no bit' : countOf(ranked.length, 'bit') };
  return [where, ...times, comma, found, ' toggled that never toggled outside of it. '];
}

function writeBest({ pulseRule }: BitwatchAnalysis, best: CandidateBit | undefined): readonly Inline[] {
  if (best === undefined) return [];
  const { message, bit, timeline, hasPulses } = best;
  const name = { strong: nameBit({ ...message, bit }) };
  const toggles = countOf(timeline.seconds.length, 'toggle');
  const length = `${formatNumber(pulseRule.seconds, { unit: 's' })} ± ${formatNumber(pulseRule.tolerance, { unit: 's' })}`;
  const looked = `${countOf(pulseRule.count, 'pulse')} of ${length}`;
  const pulses = hasPulses ? ` and exactly the ${looked} that were looked for` : `; none has ${looked}`;
  return [
    'Foremost is ',
    name,
    `, with ${toggles}${pulses}, first at `,
    { time: timeline.seconds[0] ?? 0 },
    '. ',
  ];
}

function writeWatched({ watched, edges, segments, windows }: BitwatchAnalysis): readonly Inline[] {
  if (watched.length === 0) return [];
  const inWindow = edges.filter(({ row }) => segments[row] === WINDOW).length;
  const where = windows.length === 0 ? '' : `, ${formatNumber(inWindow)} of them in the window`;
  return [`The ${countOf(watched.length, 'watched bit')} changed ${countOf(edges.length, 'time')}${where}.`];
}

function listSections(analysis: BitwatchAnalysis, ranked: readonly CandidateBit[]): readonly ReportSection[] {
  const chart = drawBits(analysis, ranked);
  return [
    {
      title: 'Candidates',
      text: [
        'Bits that toggled in the window and never outside of it. Ranked by how well their pulses fit what was looked for, ' +
          'then by how few toggles they have: a switch toggles a few times, a counter hundreds of times.',
      ],
      content: tabulateCandidates(ranked),
    },
    ...(chart === undefined
      ? []
      : [
          {
            title: 'Time line',
            text: ['When the watched bits and, below them, the best candidates were 1.'],
            content: { kind: 'chart' as const, chart },
          },
        ]),
    {
      title: 'Bits before, in and after the window',
      text: [
        'How often each bit toggled, in the messages of the best candidates and of the watched bits, which stand out.',
      ],
      content: drawGrids(analysis, ranked),
    },
    { title: 'Pulses', text: describeHunt(analysis), content: tabulatePulses(ranked) },
    {
      title: 'Busier in the window',
      text: [
        'Bits that also toggle outside of the window, but there at most a fifth as often, frame for frame.',
      ],
      content: tabulateBusierBits(analysis),
    },
    { title: 'Watched bits', text: ['Edges of each, by segment.'], content: tabulateWatched(analysis) },
    { title: 'Edges of the watched bits', content: tabulateEdges(analysis) },
    { title: 'Frames and payloads', text: ['Per message and segment.'], content: tabulateCounts(analysis) },
  ];
}

function describeHunt({ pulseRule, windowStart, windowEnd }: BitwatchAnalysis): Text {
  const { seconds, tolerance, count } = pulseRule;
  const rule = `${countOf(count, 'pulse')} of ${formatNumber(seconds, { unit: 's' })} ± ${formatNumber(tolerance, { unit: 's' })}`;
  return [
    `How long candidates were 1, from `,
    { time: windowStart },
    ' to ',
    { time: windowEnd },
    `. Looked for: ${rule}.`,
  ];
}

const NOTES: readonly Text[] = [
  ['Statistics are kept per bus and address: the same address on two buses is two messages.'],
  [
    'Bits are named three ways. The number counts 8 per byte from the least significant bit, as DBC files do. LSB names ' +
      'the byte and the bit from its least significant one. MSB counts from the most significant one, as B5b4.',
  ],
  [
    'The first frame of a message sets the values of its bits and is no toggle. Shorter payloads are filled up with zeros.',
  ],
  [
    'Where frames of several segments share a time, a toggle at it counts as in the window if one of them is.',
  ],
];
