import type { DbcCoverage, DbcMatches } from '#protocol';
import type { Output } from '../terminal.ts';
import { describeBusDatabases, formatShare, type Paint } from './bus-databases.ts';
import { makeHarmless } from './harmless-text.ts';
import { formatCount, formatPlural } from './quantities.ts';
import { layOutTable } from './text-table.ts';

/** What openpilot sent comes back on buses from here on, and is read with the database of the bus it was sent on. */
const SENT = 128;

const COLUMNS = [
  { heading: '  database' },
  ...['frames', 'ids', 'other size', 'checksums right'].map((heading) => ({
    heading,
    align: 'right' as const,
  })),
];

/** Lines that tell which databases fit which bus of a log. */
export function describeMatches(
  { fingerprint, named, buses }: DbcMatches,
  output: Output,
): readonly string[] {
  const car = fingerprint === null ? 'not told' : makeHarmless(fingerprint);
  const databases = named.length === 0 ? '' : `; opendbc reads it with ${named.map(makeHarmless).join(', ')}`;
  const paint: Paint = (style, text) => output.style(style, text);
  return [
    `car: ${car}${databases}`,
    ...buses.flatMap(({ chosen, candidates }) => [
      '',
      ...describeBusDatabases([chosen], paint),
      ...(candidates.length === 0 ? [] : layOutCandidates(candidates)),
    ]),
  ];
}

function layOutCandidates(candidates: DbcMatches['buses'][number]['candidates']): readonly string[] {
  const rows = candidates.map(({ name, coverage }) => [`  ${makeHarmless(name)}`, ...listCells(coverage)]);
  return layOutTable(COLUMNS, rows);
}

function listCells(coverage: DbcCoverage): readonly string[] {
  const { frames, decodedFrames, messages, decodedMessages, otherSize, checkedFrames, wrongChecksums } =
    coverage;
  return [
    formatShare(decodedFrames, frames),
    `${formatCount(decodedMessages)} of ${formatCount(messages)}`,
    otherSize === 0 ? '' : formatCount(otherSize),
    checkedFrames === 0 ? '' : formatShare(checkedFrames - wrongChecksums, checkedFrames),
  ];
}

/** Lines for people: what was compared, and how to read the log so. @param command With what finds the databases. */
export function adviseAfterMatch({ buses, searched }: DbcMatches, command: string): readonly string[] {
  if (searched === 0)
    return [
      'No database to compare with. Name a folder of DBC files, or an opendbc checkout: --opendbc FOLDER, or CTS_OPENDBC.',
    ];
  const compared = `${formatPlural(searched, 'database')} compared.`;
  const choices = buses.flatMap(({ chosen: { bus, database } }) =>
    database === null || bus >= SENT ? [] : [`--dbc ${String(bus)}=${makeHarmless(database.name)}`],
  );
  return choices.length === 0
    ? [compared]
    : [compared, `To read the log so: ${[command, ...choices].join(' ')}`];
}
