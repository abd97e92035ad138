import type { BusDatabase, DbcChoice, DbcOnLog } from '#protocol';
import { findCarBus } from '../../../core/can/bus-origin.ts';
import { measureCoverage } from '../../../core/dbc/sources/bus-coverage.ts';
import type { LogPassOptions } from '../../logs/log-pass.ts';
import type { LogSource } from '../../logs/log-source.ts';
import type { BusDatabases, ChosenDatabase, DatabaseChooser, SearchPlaces } from '../bus-databases.ts';
import type { DbcFiles } from '../dbc-files.ts';
import {
  type AskedLayer,
  findAsked,
  listProjectLayers,
  openLayer,
  type OpenedLayer,
} from './asked-databases.ts';
import { BusMatches } from './bus-matches.ts';
import { type CarDatabases, CarFiles, findDatabasesOfCar } from './car-lookup.ts';
import { type AdvisedBus, adviseOnBus, needsAdvice } from './coverage-advice.ts';
import type { SearchableLibrary } from './database-library.ts';
import { type LogSurvey, RecentSurveys } from './log-survey.ts';
import { readProjectFile } from './project-file.ts';
import { RankedDatabases } from './ranked-databases.ts';

/** What a chooser chooses with. */
export interface ChooserPorts {
  readonly files: DbcFiles;
  readonly library: SearchableLibrary;
  /** Of the settings: see `readDatabaseChoices`. */
  readonly choices: readonly DbcChoice[];
}

/** The databases of a log, and all that was found on the way. */
export interface ExaminedLog extends BusDatabases {
  readonly survey: LogSurvey;
  readonly car: CarDatabases;
  readonly ranked: RankedDatabases;
}

/** A chooser that also tells what it chose from. */
export interface ExaminingChooser extends DatabaseChooser {
  examine(log: LogSource, params: DbcOnLog, options: LogPassOptions): Promise<ExaminedLog>;
  /** The same for a log that was surveyed by somebody else. */
  examineSurvey(survey: LogSurvey, params: DbcOnLog, signal: AbortSignal): Promise<ExaminedLog>;
}

/**
 * Makes a chooser. For each bus counts, in this order: what the request names, the setting `dbc_files`, the project's
 * `.cts/dbc.json`, the databases that opendbc reads the log's car with, and what is on the bus.
 */
export function createDatabaseChooser(ports: ChooserPorts): ExaminingChooser {
  return new LayeredChooser(ports);
}

class LayeredChooser implements ExaminingChooser {
  readonly #ports: ChooserPorts;
  readonly #surveys: RecentSurveys;
  readonly #cars: CarFiles;

  constructor(ports: ChooserPorts) {
    this.#ports = ports;
    this.#surveys = new RecentSurveys(ports.files);
    this.#cars = new CarFiles(ports.files);
  }

  async chooseAsAsked(
    choices: readonly DbcChoice[],
    places: SearchPlaces,
    signal: AbortSignal,
  ): Promise<Pick<BusDatabases, 'of'>> {
    const layer = await openLayer(
      this.#ports.library,
      { source: 'option', choices, places, named: '' },
      signal,
    );
    return { of: (bus) => findAsked([layer], bus) };
  }

  chooseForLog(log: LogSource, params: DbcOnLog, options: LogPassOptions): Promise<BusDatabases> {
    return this.examine(log, params, options);
  }

  async examine(log: LogSource, params: DbcOnLog, options: LogPassOptions): Promise<ExaminedLog> {
    const signal = options.signal ?? new AbortController().signal;
    return this.examineSurvey(await this.#surveys.survey(log, options), params, signal);
  }

  async examineSurvey(survey: LogSurvey, params: DbcOnLog, signal: AbortSignal): Promise<ExaminedLog> {
    const layers: OpenedLayer[] = [];
    for (const layer of await this.#listLayers(params, survey, signal))
      layers.push(await openLayer(this.#ports.library, layer, signal));
    const ranked = new RankedDatabases(this.#ports.library, params, signal);
    const car = await findDatabasesOfCar(
      { library: this.#ports.library, cars: this.#cars, ranked },
      survey.fingerprint,
      signal,
    );
    const matches = new BusMatches(this.#ports.library, survey.frames, signal);
    const found = new Map<number, ChosenDatabase>();
    for (const bus of survey.frames.listBuses()) {
      if (bus !== findCarBus(bus) || findAsked(layers, bus) !== undefined) continue;
      const ofCar = await matches.findOfCar(car.outlined, bus);
      const chosen = ofCar ?? (await matches.findByContent(await ranked.rank(survey.frames, bus), bus));
      if (chosen !== undefined) found.set(bus, chosen);
    }
    const of = (bus: number): ChosenDatabase | undefined =>
      findAsked(layers, bus) ?? found.get(findCarBus(bus));
    const buses = await describeBuses({ survey, ranked, car, of });
    const { startMonoTime, endMonoTime, disorderNs, segmentTimes } = survey;
    const messages = survey.frames.listMessages();
    const times = { startMonoTime, endMonoTime, disorderNs, segmentTimes };
    return { of, buses, ...times, messages, survey, car, ranked };
  }

  async #listLayers(
    params: DbcOnLog,
    { fingerprint }: LogSurvey,
    signal: AbortSignal,
  ): Promise<readonly AskedLayer[]> {
    const { databases = [], projectFolder, searchPaths } = params;
    const project = projectFolder && (await readProjectFile(this.#ports.files, projectFolder, signal));
    // What the settings name is what they mean, whatever folders a request asks for.
    const setting = { choices: this.#ports.choices, places: {}, named: 'the setting dbc_files' };
    return [
      { source: 'option', choices: databases, places: params, named: '' },
      { source: 'setting', ...setting },
      ...listProjectLayers(project || undefined, fingerprint, searchPaths),
    ];
  }
}

type DescribedLog = Pick<ExaminedLog, 'survey' | 'ranked' | 'car' | 'of'>;

async function describeBuses(log: DescribedLog): Promise<readonly BusDatabase[]> {
  const described: BusDatabase[] = [];
  for (const bus of log.survey.frames.listBuses()) described.push(await describeBus(log, bus));
  return described;
}

async function describeBus(log: DescribedLog, bus: number): Promise<BusDatabase> {
  const chosen = log.of(bus);
  const coverage = measureCoverage(log.survey.frames, bus, chosen?.opened);
  const advice = await adviseOn(log, { bus, chosen, coverage });
  return { bus, database: describeChosen(chosen), coverage, advice };
}

/** Of repeated frames nothing has to be said that was not said of the bus they come from. */
async function adviseOn({ survey, ranked, car }: DescribedLog, advised: AdvisedBus): Promise<string | null> {
  const { bus } = advised;
  if (bus !== findCarBus(bus) || !needsAdvice(advised)) return null;
  const outlined = await ranked.outline();
  const missing = car.names.filter((name) => !outlined.some(({ found }) => found.name === name));
  return adviseOnBus(advised, await ranked.rank(survey.frames, bus), { searched: outlined.length, missing });
}

function describeChosen(chosen: ChosenDatabase | undefined): BusDatabase['database'] {
  if (chosen === undefined) return null;
  const { opened, source } = chosen;
  return { name: opened.name, path: opened.path, source };
}
