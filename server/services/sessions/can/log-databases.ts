import type { BusDatabase, DbcChoice, SessionDatabases } from '#protocol';
import { findCarBus } from '../../../core/can/bus-origin.ts';
import { type DatabaseMessage, findMessage } from '../../../core/dbc/model/database.ts';
import type { OpenedDatabase } from '../../dbc/bus-databases.ts';
import type { ExaminedLog, ExaminingChooser } from '../../dbc/sources/database-chooser.ts';
import type { OpenLog } from '../open-log.ts';
import { TableSurvey } from './table-survey.ts';

/** Candidates that are listed for a bus. */
const LISTED_CANDIDATES = 5;
/** While a log is read, databases are chosen anew when it has grown so many times. */
const GROWTH = 2;

/** A message of a database, and the database that it is in. */
export interface FoundMessage {
  readonly opened: OpenedDatabase;
  readonly message: DatabaseMessage;
}

/** The databases that were chosen for what had been read of a log. */
export interface ChosenDatabases {
  /** Changes when a bus is read with another database, or another content of it. */
  readonly version: number;
  readonly buses: readonly BusDatabase[];
  /** Finds the message of a frame; undefined where no database of its bus has it. */
  findMessage(bus: number, arbitrationId: number): FoundMessage | undefined;
}

interface Choice {
  readonly examined: ExaminedLog;
  readonly frames: number;
  readonly fingerprint: string | undefined;
  readonly asked: readonly DbcChoice[] | undefined;
}

/** Without any database. */
const NO_DATABASES: ChosenDatabases = { version: -1, buses: [], findMessage: () => undefined };

/** Chooses the databases of an open log, by what has been read of it and anew as more is known. */
export class LogDatabases {
  readonly #log: OpenLog;
  readonly #chooser: ExaminingChooser;
  readonly #survey: TableSurvey;
  #asked: readonly DbcChoice[] | undefined;
  #choice: Choice | undefined;
  #chosen = NO_DATABASES;
  #choosing: Promise<void> | undefined;

  constructor(log: OpenLog, chooser: ExaminingChooser) {
    this.#log = log;
    this.#chooser = chooser;
    this.#survey = new TableSurvey(log.can);
    this.#asked = log.params.databases;
  }

  /** Takes in what was read, so that whoever asks first does not wait for it. */
  update(): void {
    this.#survey.update();
  }

  /**
   * The databases for what has been read; while it is read on, those of a while ago.
   *
   * @throws {CtsError} DATABASE_NOT_FOUND and what reading a database throws.
   */
  async choose(): Promise<ChosenDatabases> {
    while (!this.#isCurrent()) {
      const isUsable = this.#choice !== undefined && this.#choice.frames > 0 && !this.#log.isComplete;
      const choosing = (this.#choosing ??= this.#chooseAnew());
      if (isUsable && this.#choice?.asked === this.#asked) {
        // Whoever asks next is told.
        choosing.catch(() => undefined);
        break;
      }
      await choosing;
    }
    return this.#chosen;
  }

  /** The same; none where choosing fails. */
  async chooseIfPossible(): Promise<ChosenDatabases> {
    try {
      return await this.choose();
    } catch {
      return NO_DATABASES;
    }
  }

  /**
   * Reads buses with other databases from now on.
   *
   * @throws {CtsError} As `choose`: then everything is as before.
   */
  async use(databases: readonly DbcChoice[]): Promise<ChosenDatabases> {
    const before = this.#asked;
    this.#asked = databases;
    try {
      return await this.choose();
    } catch (error) {
      this.#asked = before;
      throw error;
    }
  }

  /** What was chosen, and what would fit the buses that have nothing. */
  async describe(): Promise<SessionDatabases> {
    const { buses } = await this.choose();
    const candidates = [];
    for (const { bus, database } of buses)
      if (database === null && bus === findCarBus(bus)) candidates.push(...(await this.#listCandidates(bus)));
    const fingerprint = this.#choice?.fingerprint ?? null;
    return { revision: this.#log.revision, buses: [...buses], candidates, fingerprint };
  }

  async #listCandidates(bus: number): Promise<SessionDatabases['candidates']> {
    const ranked = (await this.#choice?.examined.ranked.rank(this.#survey.frames, bus)) ?? [];
    const fitting = ranked.filter(({ fit }) => fit.fittingFrames > 0).slice(0, LISTED_CANDIDATES);
    return fitting.map(({ found, fit }) => ({
      bus,
      name: found.name,
      path: found.path,
      share: fit.fittingFrames / fit.frames,
    }));
  }

  #isCurrent(): boolean {
    const choice = this.#choice;
    if (choice === undefined || choice.asked !== this.#asked) return false;
    if (choice.fingerprint !== this.#findFingerprint()) return false;
    const frames = this.#log.can.length;
    if (frames === choice.frames) return true;
    return !this.#log.isComplete && choice.frames > 0 && frames < GROWTH * choice.frames;
  }

  async #chooseAnew(): Promise<void> {
    try {
      await this.#examine();
    } finally {
      this.#choosing = undefined;
    }
  }

  async #examine(): Promise<void> {
    const { can, params, closing } = this.#log;
    const known = { frames: can.length, fingerprint: this.#findFingerprint(), asked: this.#asked };
    this.#survey.update();
    const wanted = known.asked === undefined ? params : { ...params, databases: [...known.asked] };
    const examined = await this.#chooser.examineSurvey(this.#describeSurvey(), wanted, closing);
    const isOther = !areSame(this.#choice?.examined, examined);
    this.#choice = { ...known, examined };
    const version = this.#chosen.version + (isOther ? 1 : 0);
    this.#chosen = { version, buses: examined.buses, findMessage: createFinder(examined) };
    if (isOther) this.#log.noteChange();
  }

  #describeSurvey(): Parameters<ExaminingChooser['examineSurvey']>[0] {
    const times = this.#log.facts.services.times;
    return {
      fingerprint: this.#findFingerprint(),
      startMonoTime: times?.start,
      endMonoTime: times?.max,
      disorderNs: 0n,
      segmentTimes: [],
      frames: this.#survey.frames,
      report: this.#log.state.report,
    };
  }

  #findFingerprint(): string | undefined {
    const fingerprint = this.#log.facts.survey.car?.carFingerprint;
    return fingerprint === '' ? undefined : fingerprint;
  }
}

function createFinder(examined: ExaminedLog): ChosenDatabases['findMessage'] {
  return (bus, arbitrationId) => {
    const opened = examined.of(bus)?.opened;
    const message = opened && findMessage(opened.database, arbitrationId);
    return message && { opened, message };
  };
}

/** Whether all buses are read with the same content; a library gives the same object for as long as a file is the same. */
function areSame(before: ExaminedLog | undefined, now: ExaminedLog): boolean {
  if (before === undefined || before.buses.length !== now.buses.length) return false;
  return now.buses.every(({ bus }) => before.of(bus)?.opened.database === now.of(bus)?.opened.database);
}
