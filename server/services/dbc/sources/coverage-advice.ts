import type { DbcCoverage } from '#protocol';
import type { ChosenDatabase } from '../bus-databases.ts';
import { areChecksumsWrong } from './bus-matches.ts';
import type { RankedDatabase } from './ranked-databases.ts';

/** A database that explains less of the frames is told of. */
const LEAST_SHARE = 0.5;
/** Another one is named when it explains so much more. */
const BETTER_BY = 0.2;

/** What is known of a bus when advice is given. */
export interface AdvisedBus {
  readonly bus: number;
  readonly chosen: ChosenDatabase | undefined;
  readonly coverage: DbcCoverage;
}

/** What was searched. */
export interface AdvisedSearch {
  /** Databases that were compared. */
  readonly searched: number;
  /** Databases that opendbc reads the car with, and that are not there. */
  readonly missing: readonly string[];
}

/** Whether something should be said of a bus: no database, one that explains little, or one of another car. */
export function needsAdvice({ chosen, coverage }: AdvisedBus): boolean {
  return chosen === undefined || shareOf(coverage) < LEAST_SHARE || areChecksumsWrong(coverage);
}

/**
 * Words what to do about a bus.
 *
 * @param ranked All databases that know something of the bus, best first.
 */
export function adviseOnBus(
  { bus, chosen, coverage }: AdvisedBus,
  ranked: readonly RankedDatabase[],
  { searched, missing }: AdvisedSearch,
): string {
  const better = ranked.find(({ found, fit }) => found.name !== chosen?.opened.name && fit.fittingFrames > 0);
  const betterShare = better === undefined ? 0 : better.fit.fittingFrames / better.fit.frames;
  if (chosen === undefined)
    return [...tellMissing(missing), adviseWithout(bus, searched, better && describeFit(better))].join(' ');
  const known = `${percent(shareOf(coverage))} of the frames on bus ${String(bus)} are known to ${chosen.opened.name}`;
  const wrong = areChecksumsWrong(coverage)
    ? `, and ${String(coverage.wrongChecksums)} of ${String(coverage.checkedFrames)} checksums are wrong`
    : '';
  const offer =
    better !== undefined && betterShare >= shareOf(coverage) + BETTER_BY
      ? `${better.found.name} explains ${percent(betterShare)}.`
      : tellChecksums(coverage);
  return `${known}${wrong}; ${lowerFirst(offer, better?.found.name)}`;
}

function tellMissing(missing: readonly string[]): readonly string[] {
  if (missing.length === 0) return [];
  return [`opendbc reads this car with ${missing.join(' and ')}, which no search path has.`];
}

function adviseWithout(bus: number, searched: number, best: string | undefined): string {
  if (searched === 0)
    return 'No database to choose from: name a DBC file for this bus, or a checkout of opendbc in dbc_paths.';
  if (best === undefined)
    return `None of ${String(searched)} databases fits a message of bus ${String(bus)}.`;
  return `None of ${String(searched)} databases is clearly that of bus ${String(bus)}: ${best}. Name one to use it.`;
}

function describeFit({ found, fit }: RankedDatabase): string {
  return `${found.name} explains most, ${percent(fit.fittingFrames / fit.frames)} of the frames`;
}

function tellChecksums({ checkedFrames, wrongChecksums }: DbcCoverage): string {
  return checkedFrames > 0 && wrongChecksums === 0
    ? 'Its checksums are right, the rest are messages that it does not have.'
    : 'Check that it belongs to this car and this bus.';
}

/** Names keep their case. */
function lowerFirst(text: string, name: string | undefined): string {
  return name !== undefined && text.startsWith(name) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

function shareOf({ frames, decodedFrames }: DbcCoverage): number {
  return frames === 0 ? 1 : decodedFrames / frames;
}

/** Never 0 % of something, and never 100 % where something is missing. */
function percent(share: number): string {
  const rounded = Math.round(100 * share);
  if (rounded === 0 && share > 0) return 'Under 1 %';
  return rounded === 100 && share < 1 ? 'Over 99 %' : `${String(rounded)} %`;
}
