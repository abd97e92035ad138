import type { DbcCoverage, DbcSource } from '#protocol';
import { type ChecksumProof, measureCoverage, measureProof } from '../../../core/dbc/sources/bus-coverage.ts';
import { explainsMost, isClear } from '../../../core/dbc/sources/database-fit.ts';
import type { FrameSurvey } from '../../../core/dbc/sources/frame-survey.ts';
import type { ChosenDatabase, OpenedDatabase } from '../bus-databases.ts';
import type { OutlinedDatabase, SearchableLibrary } from './database-library.ts';
import { rankDatabases, type RankedDatabase } from './ranked-databases.ts';

/** Databases this near to the best in frames are opened, and their checksums decide. */
const NEAR_SHARE = 0.98;
const MOST_OPENED = 6;
/** Fewer wrong checksums say nothing. */
const LEAST_CHECKED = 16;
/** Fewer different payloads with a right checksum prove nothing. */
const LEAST_PROVING = 8;

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

  /**
   * Of the databases that opendbc reads the car with, the one that explains most of the bus: at least half of it, or
   * what there is with right checksums.
   */
  async findOfCar(ofCar: readonly OutlinedDatabase[], bus: number): Promise<ChosenDatabase | undefined> {
    const ranked = rankDatabases(ofCar, this.#survey, bus);
    const [best] = ranked;
    if (best !== undefined && explainsMost(best.fit)) return this.#choose(ranked, bus, 'fingerprint');
    return this.#findProven(ranked, bus, 'fingerprint');
  }

  /** The one that explains the bus clearly, see `isClear`; or one whose checksums prove it. */
  async findByContent(ranked: readonly RankedDatabase[], bus: number): Promise<ChosenDatabase | undefined> {
    if (isClear(ranked.map(({ fit }) => fit))) return this.#choose(ranked, bus, 'match');
    return this.#findProven(ranked, bus, 'match');
  }

  /** A bus behind a gateway carries a few messages of another bus, and many that no database has. */
  async #findProven(
    ranked: readonly RankedDatabase[],
    bus: number,
    source: DbcSource,
  ): Promise<ChosenDatabase | undefined> {
    const fitting = ranked.filter(({ fit }) => fit.fittingMessages > 1).slice(0, MOST_OPENED);
    for (const { found } of fitting) {
      const opened = await this.#library.openFound(found, this.#signal);
      if (isProof(measureProof(this.#survey, bus, opened))) return { opened, source };
    }
    return undefined;
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

/** Whether checksums say that a database belongs to a bus: those of two messages or more, and few are wrong. */
function isProof({ messages, right, wrong }: ChecksumProof): boolean {
  return messages >= 2 && right >= LEAST_PROVING && wrong <= right / 10;
}

/** The order of the ranking counts where checksums do not tell them apart. */
function isBetter({ coverage }: Measured, best: Measured | undefined): boolean {
  return best === undefined || countRight(coverage) > countRight(best.coverage);
}

function countRight({ checkedFrames, wrongChecksums }: DbcCoverage): number {
  return checkedFrames - 2 * wrongChecksums;
}
