import { formatAddress } from '../../core/can/address-text.ts';
import { POST, PRE, SEGMENT_NAMES, WINDOW } from '../../core/can/csv/frame-segments.ts';
import type { CandidateBit } from '../../core/can/bits/window-bits.ts';
import { formatNumber } from '../../core/report/number-text.ts';
import type { ReportCell, ReportColumn, ReportTable } from '../../core/report/report.ts';
import { BIT_COLUMNS, toBitCells } from './bit-words.ts';
import type { BitwatchAnalysis } from './bitwatch-findings.ts';
import { countToggles, findBusierBits } from './candidate-ranking.ts';

/** A report shows so many rows of a table; its file has them all. */
const ROWS = 500;
const BUSIER_ROWS = 30;
/** So many pulses of a bit are written out. */
const PULSES = 6;

const number = (title: string, digits?: number, unit?: string): ReportColumn => ({
  title,
  kind: 'number',
  ...(digits !== undefined && { digits }),
  ...(unit !== undefined && { unit }),
});

interface Filled {
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly ReportCell[])[];
  readonly emptyText: string;
}

function showFirst({ columns, rows, emptyText }: Filled, limit = ROWS): ReportTable {
  const shown = rows.slice(0, limit);
  return {
    kind: 'table',
    columns,
    rows: shown,
    emptyText,
    ...(rows.length > limit && { totalRows: rows.length }),
  };
}

/** The candidates, the best first. */
export function tabulateCandidates(ranked: readonly CandidateBit[]): ReportTable {
  return showFirst({
    columns: [
      number('Rank'),
      ...BIT_COLUMNS,
      number('Toggles'),
      { title: 'First', kind: 'time' },
      { title: 'Last', kind: 'time' },
      { title: 'Pulses', kind: 'text' },
    ],
    rows: ranked.map(({ message, bit, timeline, pulses, hasPulses }, index) => [
      index + 1,
      ...toBitCells({ ...message, bit }),
      timeline.seconds.length,
      timeline.seconds[0] ?? null,
      timeline.seconds.at(-1) ?? null,
      describePulses(pulses, hasPulses),
    ]),
    emptyText: 'No bit toggles in the window only.',
  });
}

function describePulses(pulses: readonly number[], hasPulses: boolean): string {
  if (pulses.length === 0) return 'none';
  const count = pulses.length === 1 ? '1 pulse' : `${formatNumber(pulses.length)} pulses`;
  return hasPulses ? `${count}, as looked for` : count;
}

/** How long each candidate was set; only of those that were. */
export function tabulatePulses(ranked: readonly CandidateBit[]): ReportTable {
  return showFirst({
    columns: [
      ...BIT_COLUMNS,
      number('Pulses'),
      number('Shortest', 3, 's'),
      number('Longest', 3, 's'),
      { title: 'Lengths', kind: 'text' },
      { title: 'As looked for', kind: 'text' },
    ],
    rows: ranked
      .filter(({ pulses }) => pulses.length > 0)
      .map(({ message, bit, pulses, hasPulses }) => [
        ...toBitCells({ ...message, bit }),
        pulses.length,
        pulses.reduce((least, pulse) => Math.min(least, pulse), Infinity),
        pulses.reduce((most, pulse) => Math.max(most, pulse), 0),
        writeLengths(pulses),
        hasPulses ? 'yes' : 'no',
      ]),
    emptyText: 'No candidate rises in the window.',
  });
}

function writeLengths(pulses: readonly number[]): string {
  const lengths = pulses.slice(0, PULSES).map((pulse) => formatNumber(pulse, { digits: 3 }));
  return `${lengths.join(', ')}${pulses.length > PULSES ? ', …' : ''} s`;
}

/** Bits that toggle outside of the window too, but much less. */
export function tabulateBusierBits({ messages }: BitwatchAnalysis): ReportTable {
  return showFirst(
    {
      columns: [...BIT_COLUMNS, number('In the window'), number('Outside'), number('Ratio', 1)],
      rows: findBusierBits(messages).map(({ message, bit, inWindow, outside, ratio }) => [
        ...toBitCells({ ...message, bit }),
        inWindow,
        outside,
        ratio,
      ]),
      emptyText: 'No bit toggles five times as often in the window as outside of it.',
    },
    BUSIER_ROWS,
  );
}

/** What the watched bits did. */
export function tabulateWatched({ watched }: BitwatchAnalysis): ReportTable {
  return showFirst({
    columns: [
      ...BIT_COLUMNS,
      number('Before'),
      number('In the window'),
      number('After'),
      { title: 'At first', kind: 'text' },
      { title: 'Note', kind: 'text' },
    ],
    rows: watched.map(({ arbitrationId, bus, bit, message, timeline, comment }) => {
      const cells = toBitCells({ arbitrationId, bus, bit });
      if (message === undefined) return [...cells, null, null, null, 'no frame', comment];
      const toggles = [PRE, WINDOW, POST].map((segment) => countToggles(message, segment, bit));
      return [...cells, ...toggles, timeline.initial === 1 ? 'set' : 'not set', comment];
    }),
    emptyText: 'No bit is watched.',
  });
}

/** Every edge of the watched bits. */
export function tabulateEdges({ edges, segments }: BitwatchAnalysis): ReportTable {
  return showFirst({
    columns: [
      { title: 'Time', kind: 'time' },
      ...BIT_COLUMNS,
      { title: 'Edge', kind: 'text' },
      { title: 'Segment', kind: 'text' },
    ],
    rows: edges.map(({ seconds, arbitrationId, bus, bit, row, isRise }) => [
      seconds,
      ...toBitCells({ arbitrationId, bus, bit }),
      isRise ? '0→1' : '1→0',
      SEGMENT_NAMES[segments[row] ?? PRE] ?? '',
    ]),
    emptyText: 'No watched bit changed.',
  });
}

/** Frames and distinct payloads of every message. */
export function tabulateCounts({ messages }: BitwatchAnalysis): ReportTable {
  const sorted = messages.toSorted((a, b) => a.arbitrationId - b.arbitrationId || a.bus - b.bus);
  return showFirst({
    columns: [
      { title: 'Message', kind: 'code' },
      number('Bus'),
      number('Before'),
      number('In the window'),
      number('After'),
      number('Payloads before'),
      number('Payloads in the window'),
      number('Payloads after'),
    ],
    rows: sorted.map(({ arbitrationId, bus, frames, payloads }) => [
      formatAddress(arbitrationId),
      bus,
      ...[PRE, WINDOW, POST].map((segment) => frames[segment] ?? 0),
      ...[PRE, WINDOW, POST].map(
        (segment) => payloads.find((each) => each.segment === segment)?.distinct ?? 0,
      ),
    ]),
    emptyText: 'There are no frames.',
  });
}
