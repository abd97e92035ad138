import type { BusDatabase, DbcChoice, DbcOnLog } from '#protocol';
import type { BusDatabases } from '../../server/services/dbc/bus-databases.ts';
import {
  createDatabaseChooser,
  type ExaminingChooser,
} from '../../server/services/dbc/sources/database-chooser.ts';
import { createDatabaseLibrary } from '../../server/services/dbc/sources/database-library.ts';
import { makeLog } from './log-builder.ts';
import { MemoryDbcFiles } from './memory-dbc-files.ts';
import { fileOf, MemoryLogs } from './memory-logs.ts';

const { signal } = new AbortController();

/** What a car does in a tenth of a second. */
export interface Drive {
  readonly car?: string;
  /** Messages of 8 bytes by bus; each occurs ten times. */
  readonly buses: Readonly<Record<number, readonly number[]>>;
  /** Payload of a message; zeros where it does not matter. */
  readonly payload?: (id: number, index: number) => readonly number[];
}

/** Makes the log of a drive. */
export function makeDrive({ car, buses, payload = () => [0, 0, 0, 0, 0, 0, 0, 0] }: Drive): Uint8Array {
  const frames = Object.entries(buses).flatMap(([src, ids]) =>
    ids.map((address) => ({ src: Number(src), address })),
  );
  return makeLog([
    { logMonoTime: 1_000_000_000n, service: 'carParams', value: { carFingerprint: car ?? '' } },
    ...Array.from({ length: 10 }, (_, i) => ({
      logMonoTime: 1_000_000_000n + BigInt(i) * 10_000_000n,
      service: 'can',
      value: frames.map((frame) => ({ ...frame, dat: Uint8Array.from(payload(frame.address, i)) })),
    })),
  ]);
}

/** Writes a database of these messages, without signals. */
export function makeDbc(ids: readonly number[], size = 8): string {
  return ids.map((id) => `BO_ ${String(id)} M${String(id)}: ${String(size)} X\n`).join('\n');
}

/** Writes a database of messages with a checksum of Toyota in the last byte. */
export function makeToyotaDbc(ids: readonly number[]): string {
  const checksum = ' SG_ CHECKSUM : 63|8@0+ (1,0) [0|255] "" X';
  return ids.map((id) => `BO_ ${String(id)} M${String(id)}: 8 X\n${checksum}\n`).join('\n');
}

/** The payload of a frame with the right checksum of Toyota. */
export function sumToyota(id: number, index: number): readonly number[] {
  return [index, 0, 0, 0, 0, 0, 0, ((id & 0xff) + (id >> 8) + 8 + index) & 0xff];
}

/** What databases are chosen from. */
export interface Setting {
  readonly files?: Readonly<Record<string, string>>;
  readonly choices?: readonly DbcChoice[];
}

/** Makes a chooser over files in memory; `/dbc` is its search path. */
export function makeChooser({ files = {}, choices = [] }: Setting): {
  chooser: ExaminingChooser;
  files: MemoryDbcFiles;
} {
  const memory = new MemoryDbcFiles(files);
  const library = createDatabaseLibrary(memory, { searchPaths: ['/dbc'] });
  return { chooser: createDatabaseChooser({ files: memory, library, choices }), files: memory };
}

/** Chooses databases for a drive. */
export async function choose(
  setting: Setting,
  drive: Drive,
  params: Partial<DbcOnLog> = {},
): Promise<BusDatabases> {
  const source = await new MemoryLogs({ log: fileOf(makeDrive(drive)) }).locate('log');
  return makeChooser(setting).chooser.chooseForLog(source, { path: 'log', ...params }, { signal });
}

/** Bus, database and who chose it. */
export function tell(buses: readonly BusDatabase[]): unknown {
  return buses.map(({ bus, database }) => [bus, database?.name, database?.source]);
}
