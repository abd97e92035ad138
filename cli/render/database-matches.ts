import type { DbcCoverage, DbcMatches } from '#protocol';
import type { Output } from '../terminal.ts';
import { describeBusDatabases, formatShare } from './bus-databases.ts';
import { makeHarmless } from './harmless-text.ts';
import { formatCount, formatPlural } from './quantities.ts';
import { layOutTable } from './text-table.ts';

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
  return [
    `car: ${car}${databases}`,
    ...buses.flatMap(({ chosen, candidates }) => [
      '',
      ...describeBusDatabases([chosen], output),
      ...(candidates.length === 0
        ? ['  No database has a message of this bus.']
        : layOutCandidates(candidates)),
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

/** Lines for people: what was compared, and how to use what was found. */
export function adviseAfterMatch({ buses, searched }: DbcMatches, log: string): readonly string[] {
  if (searched === 0)
    return [
      'No database to compare with. Name a folder of DBC files, or an opendbc checkout: --opendbc FOLDER, or CTS_OPENDBC.',
    ];
  const compared = `${formatPlural(searched, 'database')} compared.`;
  const choices = buses.flatMap(({ chosen: { bus, database }, candidates: [best] }) => {
    const name = database?.name ?? best?.name;
    return name === undefined ? [] : [`--dbc ${String(bus)}=${makeHarmless(name)}`];
  });
  if (choices.length === 0) return [compared];
  return [compared, `To read the log so: cts dbc decode ${makeHarmless(log)} ${choices.join(' ')}`];
}
