import type { BusDatabase, DbcCoverage, DbcSource } from '#protocol';
import type { Output } from '../terminal.ts';
import { makeHarmless } from './harmless-text.ts';
import { formatCount, formatPlural } from './quantities.ts';

/** Colours text for the stream that it goes to. */
export type Paint = Output['style'];

const CHOSEN_BY: Readonly<Record<DbcSource, string>> = {
  option: 'named on the command line',
  setting: 'by the settings',
  project: 'by .cts/dbc.json',
  fingerprint: 'by the car that the log names',
  match: 'by what is on the bus',
};

/** Lines that tell which database each bus was read with, how much it explains, and what to do where it is little. */
export function describeBusDatabases(buses: readonly BusDatabase[], paint: Paint): readonly string[] {
  return buses.flatMap((bus) => [
    describeBus(bus, paint),
    ...(bus.advice === null ? [] : [`  ${makeHarmless(bus.advice)}`]),
  ]);
}

function describeBus({ bus, database, coverage }: BusDatabase, paint: Paint): string {
  const name = paint('bold', `bus ${String(bus)}`);
  if (database === null) {
    const ids = formatPlural(coverage.messages, 'id');
    return `${name}: no database; ${formatPlural(coverage.frames, 'frame')} of ${ids} not decoded`;
  }
  const chosen = `${makeHarmless(database.name)} (${CHOSEN_BY[database.source]})`;
  const { frames } = coverage;
  const share = formatShare(coverage.decodedFrames, frames);
  const decoded =
    frames === 0 ? 'no frames to decode' : `${share} of ${formatPlural(frames, 'frame')} decoded`;
  return `${name}: ${decoded} with ${chosen}${describeDoubts(coverage, paint)}`;
}

function describeDoubts({ otherSize, checkedFrames, wrongChecksums }: DbcCoverage, paint: Paint): string {
  const wrong = `${formatCount(wrongChecksums)} of ${formatPlural(checkedFrames, 'checksum')} wrong`;
  const sizes = `${formatPlural(otherSize, 'message')} of another size`;
  const doubts = [...(wrongChecksums > 0 ? [wrong] : []), ...(otherSize > 0 ? [sizes] : [])];
  return doubts.map((doubt) => `; ${paint('yellow', doubt)}`).join('');
}

/** `98 %`; 100 only where all are, 0 only where none is. */
export function formatShare(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0 %';
  const percent = Math.floor((100 * part) / whole);
  return percent === 0 ? 'less than 1 %' : `${String(percent)} %`;
}
