import { CtsError } from '#protocol';
import { findCarBus } from '../../core/can/bus-origin.ts';
import { buildDatabase } from '../../core/dbc/model/build-database.ts';
import { type Database, type DatabaseMessage, findMessage } from '../../core/dbc/model/database.ts';
import { parseDbc } from '../../core/dbc/syntax/parse-dbc.ts';
import { decodeDbcText } from '../../core/dbc/syntax/source-text.ts';
import { readBusFile } from '../file-parameter.ts';
import { expectText, type InputAccess } from '../input-access.ts';
import type { ToolContext } from '../tool.ts';

/** The largest DBC file that is known has 500 kB. */
const MOST_BYTES = 64 * 1024 * 1024;

/** A database that a run was given. */
export interface GivenDatabase {
  /** File name without `.dbc`: checksums go by it. */
  readonly name: string;
  /** The bus that it is for; undefined: all that have no other. */
  readonly bus: number | undefined;
  readonly database: Database;
}

/** Databases that a run was given by its parameter `dbc`, by bus. */
export class GivenDatabases {
  readonly all: readonly GivenDatabase[];
  readonly #byBus: ReadonlyMap<number | undefined, GivenDatabase>;

  /** @param all No two for the same bus. */
  constructor(all: readonly GivenDatabase[]) {
    this.all = all;
    this.#byBus = new Map(all.map((given) => [given.bus, given]));
  }

  /** The database of a bus as logged: its own, else that of the car's bus (1 for 129 and 193), else the one for all. */
  of(bus: number): GivenDatabase | undefined {
    return this.#byBus.get(bus) ?? this.#byBus.get(findCarBus(bus)) ?? this.#byBus.get(undefined);
  }

  /** The message that a frame is. */
  findMessage(bus: number, arbitrationId: number): DatabaseMessage | undefined {
    const given = this.of(bus);
    return given && findMessage(given.database, arbitrationId);
  }
}

/**
 * Reads the DBC files that a run was given.
 *
 * @throws {CtsError} INVALID_PARAMETER where a bus has two, or a file is too large to be a database.
 */
export async function readGivenDatabases({
  files,
  parameters,
}: Pick<ToolContext<{ readonly dbc: readonly string[] }>, 'files' | 'parameters'>): Promise<GivenDatabases> {
  const all: GivenDatabase[] = [];
  for (const [i, input] of files('dbc').entries()) {
    const { bus } = readBusFile(parameters.dbc[i] ?? '');
    if (all.some((given) => given.bus === bus)) throw createTwice(bus);
    all.push({ bus, ...(await readDatabase(input)) });
  }
  return new GivenDatabases(all);
}

async function readDatabase(input: InputAccess): Promise<Omit<GivenDatabase, 'bus'>> {
  const { text } = decodeDbcText(await readBytes(input));
  return { name: input.name.replace(/\.dbc$/i, ''), database: buildDatabase(parseDbc(text)) };
}

async function readBytes(input: InputAccess): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of expectText(input).chunks({ progress: { from: 0, to: 0 } })) {
    length += piece.length;
    if (length > MOST_BYTES) throw createTooLarge(input.name);
    pieces.push(new Uint8Array(piece));
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function createTwice(bus: number | undefined): CtsError {
  const whom = bus === undefined ? 'all buses' : `bus ${String(bus)}`;
  return new CtsError('INVALID_PARAMETER', `Parameter 'dbc' names two files for ${whom}`, {
    details: { parameter: 'dbc' },
    actions: ['Name the bus of each file, as in dbc=0=FILE,1=FILE.'],
  });
}

function createTooLarge(name: string): CtsError {
  return new CtsError(
    'INVALID_PARAMETER',
    `Parameter 'dbc': "${name}" has more than ${String(MOST_BYTES / 1024 / 1024)} MiB; no DBC file has`,
    { details: { parameter: 'dbc' }, actions: ['Name a DBC file.'] },
  );
}
