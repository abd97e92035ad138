import { ASIAN_CARS } from './asian-cars.ts';
import { WESTERN_CARS } from './western-cars.ts';

/** Names of databases by what opendbc calls the bus: `pt`, `radar`, `cam`, `body` … */
export type DatabasesByUse = ReadonlyMap<string, string>;

/** What is known of the cars that logs name. */
export interface CarTable {
  readonly databasesByCar: ReadonlyMap<string, DatabasesByUse>;
  /** What opendbc calls a car today, by what it was called before. */
  readonly newNames: ReadonlyMap<string, string>;
}

/** Finds what opendbc calls a car today: logs name it as it was called when they were written. */
export function findCarName(fingerprint: string): string {
  return openCarTable().newNames.get(fingerprint) ?? fingerprint;
}

/** Finds the databases that opendbc reads a car with; undefined for a car that is not in the table. */
export function findCarDatabases(fingerprint: string): DatabasesByUse | undefined {
  return openCarTable().databasesByCar.get(findCarName(fingerprint));
}

/** All cars that are known; read from its text when it is asked for the first time. */
export function openCarTable(): CarTable {
  return (openedTable ??= readCarTable(ASIAN_CARS + WESTERN_CARS));
}

let openedTable: CarTable | undefined;

function readCarTable(text: string): CarTable {
  const databasesByCar = new Map<string, DatabasesByUse>();
  const newNames = new Map<string, string>();
  let databases: DatabasesByUse = new Map();
  for (const line of text.split('\n')) {
    if (line.includes('=')) {
      databases = readDatabases(line);
    } else if (line !== '') {
      const [car = '', ...older] = line.split(/[:;] /);
      databasesByCar.set(car, databases);
      for (const name of older) newNames.set(name, car);
    }
  }
  return { databasesByCar, newNames };
}

function readDatabases(line: string): DatabasesByUse {
  return new Map(
    line.split(' ').map((part) => {
      const [use = '', name = ''] = part.split('=');
      return [use, name] as const;
    }),
  );
}
