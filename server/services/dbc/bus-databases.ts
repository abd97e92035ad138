import type { BusDatabase, DbcChoice, DbcOnLog, DbcSource } from '#protocol';
import type { FrameTimes } from '../../core/can/frame-times.ts';
import type { Database } from '../../core/dbc/model/database.ts';
import type { SyntaxTree } from '../../core/dbc/syntax/syntax-tree.ts';
import type { LogPassOptions } from '../logs/log-pass.ts';
import type { LogSource } from '../logs/log-source.ts';

/** A database that has been read. */
export interface OpenedDatabase {
  /** File name without `.dbc`: checksums go by it. */
  readonly name: string;
  readonly path: string;
  readonly encoding: 'ascii' | 'utf-8' | 'utf-16' | 'cp1252';
  /** Templates and included files, where it was generated. */
  readonly madeFrom: readonly string[];
  readonly tree: SyntaxTree;
  readonly database: Database;
}

/** Where databases are looked for. */
export interface SearchPlaces {
  readonly searchPaths?: readonly string[];
  readonly projectFolder?: string;
}

/** Finds databases by path or name, and keeps those that were read last until their files change. */
export interface DatabaseLibrary {
  /** @throws {CtsError} DATABASE_NOT_FOUND with the nearest names, and what reading a file throws. */
  open(pathOrName: string, places: SearchPlaces, signal: AbortSignal): Promise<OpenedDatabase>;
}

/** The databases of a log, by bus. */
export interface BusDatabases {
  /**
   * The database of a bus as logged: what openpilot sent on bus 1 (129, 193) is read with the database of bus 1, unless
   * another was asked for.
   */
  of(bus: number): ChosenDatabase | undefined;
  /** What was found on each bus, by bus; complete when the log has been surveyed. */
  readonly buses: readonly BusDatabase[];
  /** Second 0 of the log, as `LogInfo` has it; undefined for a log without events. */
  readonly startMonoTime: bigint | undefined;
  /** The latest event; undefined for a log without events. */
  readonly endMonoTime: bigint | undefined;
  /**
   * How far at most a CAN event lies behind a later one that stands before it in the log, in nanoseconds: 0n where they
   * are in order. Whoever looks for frames up to a time may stop at the first event that is later by more than this.
   */
  readonly disorderNs: bigint;
  /**
   * When CAN events of each segment of the log came; undefined for one without any. Left out where it is not known: then
   * every segment has to be read.
   */
  readonly segmentTimes?: readonly (FrameTimes | undefined)[];
  /** Messages that occurred, by bus and id; as many as the survey tells apart. */
  readonly messages: readonly MessageCount[];
}

/** How often a message occurred. */
export interface MessageCount {
  readonly bus: number;
  readonly arbitrationId: number;
  readonly frames: number;
}

/** A database, and who chose it. */
export interface ChosenDatabase {
  readonly opened: OpenedDatabase;
  readonly source: DbcSource;
}

/** Decides which database belongs to which bus. */
export interface DatabaseChooser {
  /** For a log: as asked for, by setting, project file, fingerprint and content, in this order. Surveys the log once. */
  chooseForLog(log: LogSource, params: DbcOnLog, options: LogPassOptions): Promise<BusDatabases>;
  /** As asked for, and nothing else. */
  chooseAsAsked(
    choices: readonly DbcChoice[],
    places: SearchPlaces,
    signal: AbortSignal,
  ): Promise<Pick<BusDatabases, 'of'>>;
}
