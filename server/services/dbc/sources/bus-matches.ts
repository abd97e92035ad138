import type { DbcCoverage, DbcSource } from '#protocol';
import { measureCoverage } from '../../../core/dbc/sources/bus-coverage.ts';
import { explainsMost, isClear } from '../../../core/dbc/sources/database-fit.ts';
import type { FrameSurvey } from '../../../core/dbc/sources/frame-survey.ts';
import type { ChosenDatabase, OpenedDatabase } from '../bus-databases.ts';
import type { OutlinedDatabase, SearchableLibrary } from './database-library.ts';
import { rankDatabases, type RankedDatabase } from './ranked-databases.ts';

/** Databases this near to the best in frames are opened, and their checksums decide. */
const NEAR_SHARE = 0.98;
const MOST_OPENED = 6;
/** Fewer checksums that could be checked prove nothing. */
const LEAST_CHECKED = 16;

/** A database that was opened for a bus, and what it explains there. */
interface Measured {
  readonly opened: OpenedDatabase;
  readonly coverage: DbcCoverage;
}

/** Finds databases for a bus by what is on it. */
export class BusMatches {
  readonly #library: SearchableLibrary;
  readonly #survey: FrameSurvey;
  readonly #signal: AbortSignal;

  constructor(library: SearchableLibrary, survey: FrameSurvey, signal: AbortSignal) {
    this.#library = library;
    this.#survey = survey;
    this.#signal = signal;
  }

  /** Of the databases that opendbc reads the car with, the one that explains most of the bus. */
  async findOfCar(ofCar: readonly OutlinedDatabase[], bus: number): Promise<ChosenDatabase | undefined> {
    const ranked = rankDatabases(ofCar, this.#survey, bus);
    const [best] = ranked;
    return best !== undefined && explainsMost(best.fit)
      ? this.#choose(ranked, bus, 'fingerprint')
      : undefined;
  }

  /** The one that explains the bus clearly; see `isClear`. */
  async findByContent(ranked: readonly RankedDatabase[], bus: number): Promise<ChosenDatabase | undefined> {
    return isClear(ranked.map(({ fit }) => fit)) ? this.#choose(ranked, bus, 'match') : undefined;
  }

  /** Of those that explain as much as the best, the one whose checksums are right; none where all are wrong. */
  async #choose(
    ranked: readonly RankedDatabase[],
    bus: number,
    source: DbcSource,
  ): Promise<ChosenDatabase | undefined> {
    const least = NEAR_SHARE * (ranked[0]?.fit.fittingFrames ?? 0);
    const near = ranked.filter(({ fit }) => fit.fittingFrames >= least).slice(0, MOST_OPENED);
    let best: Measured | undefined;
    for (const { found } of near) {
      const opened = await this.#library.openFound(found, this.#signal);
      const measured = { opened, coverage: measureCoverage(this.#survey, bus, opened) };
      if (!areChecksumsWrong(measured.coverage) && isBetter(measured, best)) best = measured;
    }
    return best && { opened: best.opened, source };
  }
}

/** Whether the checksums say that a database belongs to another car: most of a good number of them are wrong. */
export function areChecksumsWrong({ checkedFrames, wrongChecksums }: DbcCoverage): boolean {
  return checkedFrames >= LEAST_CHECKED && wrongChecksums > checkedFrames / 2;
}

/** The order of the ranking counts where checksums do not tell them apart. */
function isBetter({ coverage }: Measured, best: Measured | undefined): boolean {
  return best === undefined || countRight(coverage) > countRight(best.coverage);
}

function countRight({ checkedFrames, wrongChecksums }: DbcCoverage): number {
  return checkedFrames - 2 * wrongChecksums;
}
