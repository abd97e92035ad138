import { compareFits, type DatabaseFit, measureFit } from '../../../core/dbc/sources/database-fit.ts';
import type { FrameSurvey } from '../../../core/dbc/sources/frame-survey.ts';
import type { SearchPlaces } from '../bus-databases.ts';
import type { OutlinedDatabase, SearchableLibrary } from './database-library.ts';
import type { SearchedPath } from './searched-path.ts';

/** A database, and how well it fits a bus. */
export interface RankedDatabase extends OutlinedDatabase {
  readonly fit: DatabaseFit;
}

/** Every database below the search paths, looked through once and only when it is asked for. */
export class RankedDatabases {
  readonly #library: SearchableLibrary;
  readonly #places: SearchPlaces;
  readonly #signal: AbortSignal;
  #searched: Promise<readonly SearchedPath[]> | undefined;
  #outlined: Promise<readonly OutlinedDatabase[]> | undefined;

  constructor(library: SearchableLibrary, places: SearchPlaces, signal: AbortSignal) {
    this.#library = library;
    this.#places = places;
    this.#signal = signal;
  }

  search(): Promise<readonly SearchedPath[]> {
    return (this.#searched ??= this.#library.search(this.#places, this.#signal));
  }

  outline(): Promise<readonly OutlinedDatabase[]> {
    return (this.#outlined ??= this.#outlineAll());
  }

  /** Databases that know at least one message of a bus, best first. */
  async rank(survey: FrameSurvey, bus: number): Promise<readonly RankedDatabase[]> {
    return rankDatabases(await this.outline(), survey, bus);
  }

  async #outlineAll(): Promise<readonly OutlinedDatabase[]> {
    const searched = await this.search();
    // Of several with one name, the one that `open` would find.
    const byName = new Map(
      searched
        .flatMap(({ databases }) => databases)
        .reverse()
        .map((found) => [found.name, found] as const),
    );
    const outlined: OutlinedDatabase[] = [];
    for (const found of byName.values()) {
      const each = await this.#library.outline(found, this.#signal);
      if (each !== undefined) outlined.push(each);
    }
    return outlined;
  }
}

/** Orders databases by how well they fit a bus; those that know nothing of it are left out. */
export function rankDatabases(
  outlined: readonly OutlinedDatabase[],
  survey: FrameSurvey,
  bus: number,
): readonly RankedDatabase[] {
  const rows = survey.listRows(bus);
  return outlined
    .map((each) => ({ ...each, fit: measureFit(survey, rows, each.sizes) }))
    .filter(({ fit }) => fit.decodedMessages > 0)
    .sort((a, b) => compareFits(a.fit, b.fit) || (a.found.name < b.found.name ? -1 : 1));
}
