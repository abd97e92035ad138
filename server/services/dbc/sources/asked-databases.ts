import { CtsError, type DbcChoice, type DbcSource } from '#protocol';
import { findCarBus } from '../../../core/can/bus-origin.ts';
import { findCarName } from '../../../core/dbc/sources/cars/car-databases.ts';
import type { ChosenDatabase, DatabaseLibrary, SearchPlaces } from '../bus-databases.ts';
import type { NamesByBus, ProjectDatabases } from './project-file.ts';

/** Databases that somebody named, by whom. */
export interface AskedLayer {
  readonly source: DbcSource;
  readonly choices: readonly DbcChoice[];
  /** Where names and paths are looked for. */
  readonly places: SearchPlaces;
  /** Who named them, for the end of an error message; empty for the request itself. */
  readonly named: string;
}

/** A layer whose databases are open. */
export interface OpenedLayer {
  readonly ofBus: ReadonlyMap<number, ChosenDatabase>;
  readonly ofOthers: ChosenDatabase | undefined;
}

/** What a project's file names for a log: first for its car, then for every car. */
export function listProjectLayers(
  project: ProjectDatabases | undefined,
  fingerprint: string | undefined,
  searchPaths: readonly string[] | undefined,
): readonly AskedLayer[] {
  if (project === undefined) return [];
  const places = { projectFolder: project.folder, ...(searchPaths && { searchPaths }) };
  const { fingerprints } = project;
  const ofCar = fingerprint && (fingerprints.get(fingerprint) ?? fingerprints.get(findCarName(fingerprint)));
  return [ofCar || new Map<number, string>(), project.buses].map((buses) => ({
    source: 'project' as const,
    choices: listChoices(buses),
    places,
    named: project.path,
  }));
}

/**
 * Opens all databases of a layer.
 *
 * @throws {CtsError} DATABASE_NOT_FOUND, telling who named it, and what opening throws.
 */
export async function openLayer(
  library: DatabaseLibrary,
  { source, choices, places, named }: AskedLayer,
  signal: AbortSignal,
): Promise<OpenedLayer> {
  const ofBus = new Map<number, ChosenDatabase>();
  let ofOthers: ChosenDatabase | undefined;
  for (const { bus, path } of choices) {
    const opened = await library.open(path, places, signal).catch((error: unknown) => {
      throw tellWhoNamedIt(error, named);
    });
    if (bus === undefined) ofOthers = { opened, source };
    else ofBus.set(bus, { opened, source });
  }
  return { ofBus, ofOthers };
}

/** The database of a bus, in the first layer that has one for it. */
export function findAsked(layers: readonly OpenedLayer[], bus: number): ChosenDatabase | undefined {
  for (const { ofBus, ofOthers } of layers) {
    const found = ofBus.get(bus) ?? ofBus.get(findCarBus(bus)) ?? ofOthers;
    if (found !== undefined) return found;
  }
  return undefined;
}

function listChoices(buses: NamesByBus): readonly DbcChoice[] {
  return [...buses].map(([bus, path]) => ({ bus, path }));
}

function tellWhoNamedIt(error: unknown, named: string): unknown {
  if (!(error instanceof CtsError) || named === '') return error;
  const { code, message, details, actions } = error;
  return new CtsError(code, `${message} (named by ${named})`, {
    details: { ...details, namedBy: named },
    actions,
    cause: error,
  });
}
