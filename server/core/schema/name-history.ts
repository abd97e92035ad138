import { ENUM_HISTORY, RELEASES, STRUCT_HISTORY } from './tables/mainline-history.ts';

/** A name of the past; a dot leads into a group. */
export interface FormerName {
  readonly name: string;
  /** Last release that had the name, as an index into `releases`. */
  readonly until: number;
}

/** What is known of a field or enumerant beyond its newest name. */
export interface NameRecord {
  /** First release that had it. */
  readonly since: number;
  /** Earlier names, oldest first; each was used from where the one before it ended. */
  readonly former: readonly FormerName[];
}

/** The history as text, a line for each release, struct and enum. */
export interface HistoryRows {
  readonly releases: string;
  readonly structs: string;
  readonly enums: string;
}

const MAINLINE: HistoryRows = { releases: RELEASES, structs: STRUCT_HISTORY, enums: ENUM_HISTORY };

/** By ordinal of a field, or by value of an enumerant. */
export type NameRecords = ReadonlyMap<number, NameRecord>;

/**
 * What mainline called its fields and enumerants, release by release. Slots never changed: one layout reads every
 * mainline log, only the names differ.
 */
export class NameHistory {
  /** Release tags, oldest first; the last is the newest schema. */
  readonly releases: readonly string[];
  readonly #structs: readonly string[];
  readonly #enums: readonly string[];

  constructor({ releases, structs, enums }: HistoryRows = MAINLINE) {
    this.releases = releases.split('\n');
    this.#structs = structs.split('\n');
    this.#enums = enums.split('\n');
  }

  /** Index of the newest schema in `releases`. */
  get newest(): number {
    return this.releases.length - 1;
  }

  readStruct(number: number): NameRecords {
    return readRecords(this.#structs[number] ?? '');
  }

  readEnum(number: number): NameRecords {
    return readRecords(this.#enums[number] ?? '');
  }
}

/** The name that was in use at a release, if it was not the newest one. */
export function formerNameAt(record: NameRecord | undefined, release: number): string | undefined {
  return record?.former.find(({ until }) => release <= until)?.name;
}

function readRecords(row: string): NameRecords {
  const records = new Map<number, NameRecord>();
  for (const text of row === '' ? [] : row.split(';')) {
    const [ordinal = '', since = '', ...names] = text.split(' ');
    records.set(Number(ordinal), { since: Number(since), former: names.map(readFormerName) });
  }
  return records;
}

function readFormerName(text: string): FormerName {
  const [name = '', until = ''] = text.split('<');
  return { name, until: Number(until) };
}
