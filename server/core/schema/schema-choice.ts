import { CtsError } from '#protocol';
import { FORKS } from './forks.ts';
import { LayoutTable, type TableChanges } from './layout-table.ts';
import { LogSchema } from './log-schema.ts';
import { NameHistory } from './name-history.ts';
import { findNearestNames, offerNames } from '../text/nearest-names.ts';
import { MAINLINE_ENUMS, MAINLINE_STRUCTS } from './tables/mainline-layouts.ts';

/** Id of the newest mainline schema. */
export const NEWEST_SCHEMA = 'newest';

/** What a log says of the software that wrote it, as initData has it; empty where it does not say. */
export interface LogWriter {
  readonly version: string;
  readonly gitRemote: string;
  readonly gitBranch: string;
}

/** Which schema a log is read with, and why. */
export interface SchemaChoice {
  readonly id: string;
  /** One line for people. */
  readonly reason: string;
}

/** A schema that may be chosen. */
export interface SchemaEntry {
  readonly id: string;
  readonly kind: 'mainline' | 'fork';
  readonly summary: string;
}

/** Lists the schemas that `openSchema` knows: the newest, mainline releases from the newest to the oldest, forks. */
export function listSchemas(): readonly SchemaEntry[] {
  const releases = listReleases().toReversed();
  return [
    { id: NEWEST_SCHEMA, kind: 'mainline', summary: 'newest openpilot' },
    ...releases.map((id): SchemaEntry => ({ id, kind: 'mainline', summary: `openpilot ${id}` })),
    ...FORKS.map(({ id, summary }): SchemaEntry => ({ id, kind: 'fork', summary })),
  ];
}

function listReleases(): readonly string[] {
  return new NameHistory().releases.slice(0, -1);
}

/**
 * Opens a schema by its id; a release may be given without its `v`.
 *
 * @throws {CtsError} SCHEMA_NOT_FOUND with the nearest ids.
 */
export function openSchema(id: string): LogSchema {
  const history = new NameHistory();
  const fork = FORKS.find((each) => each.id === id);
  if (fork !== undefined) {
    const table = createTable({ structs: fork.table.listStructs(), enums: fork.table.listEnums() });
    return new LogSchema({ id, table, history, release: history.newest, mainline: createTable() });
  }
  const release = Math.max(history.releases.indexOf(id), history.releases.indexOf(`v${id}`));
  if (release < 0) throw createNotFound(id);
  return new LogSchema({ id: history.releases[release] ?? id, table: createTable(), history, release });
}

function createTable(changes?: TableChanges): LayoutTable {
  return new LayoutTable(MAINLINE_STRUCTS, MAINLINE_ENUMS, changes);
}

function createNotFound(id: string): CtsError {
  const nearest = findNearestNames(
    id,
    listSchemas().map((entry) => entry.id),
  );
  return new CtsError('SCHEMA_NOT_FOUND', `No schema "${id}". ${offerNames(nearest)}`.trim(), {
    details: { schema: id, nearest },
  });
}

/**
 * Chooses the schema that a log was written with: the one that is asked for, else the fork that its remote or branch
 * names, else the mainline release of its version, else the newest mainline.
 *
 * @param override Id of a schema, checked.
 * @throws {CtsError} SCHEMA_NOT_FOUND when `override` names none.
 */
export function chooseSchema(writer: LogWriter | undefined, override?: string): SchemaChoice {
  if (override !== undefined) return { id: openSchema(override).id, reason: 'chosen by the user' };
  if (writer === undefined) return { id: NEWEST_SCHEMA, reason: 'the log does not say what wrote it' };
  return chooseFork(writer) ?? chooseRelease(writer.version);
}

function chooseFork({ gitRemote, gitBranch }: LogWriter): SchemaChoice | undefined {
  const repository = readRepository(gitRemote);
  const byRemote = FORKS.find((fork) => fork.repositories.includes(repository));
  if (byRemote !== undefined) return { id: byRemote.id, reason: `written by a build of ${repository}` };
  const byBranch = FORKS.find((fork) => repository === '' && fork.branches.includes(gitBranch));
  return byBranch && { id: byBranch.id, reason: `written by branch ${gitBranch}` };
}

/** `owner/repository` in lower case, from any form of remote: `https://…/owner/name.git`, `git@host:owner/name`. */
function readRepository(gitRemote: string): string {
  const [owner, name] = gitRemote
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split(/[/:]/)
    .slice(-2);
  return owner === undefined || name === undefined ? '' : `${owner}/${name}`;
}

function chooseRelease(version: string): SchemaChoice {
  const wanted = readVersion(version);
  if (wanted === undefined)
    return { id: NEWEST_SCHEMA, reason: `version "${version}" is no openpilot release` };
  const releases = listReleases().filter((id) => readVersion(id) !== undefined);
  const later = releases.findIndex((id) => compareVersions(readVersion(id) ?? [], wanted) > 0);
  const id = releases.at(later < 0 ? -1 : Math.max(0, later - 1)) ?? NEWEST_SCHEMA;
  if (compareVersions(readVersion(id) ?? [], wanted) === 0)
    return { id, reason: `written by openpilot ${version}` };
  if (later < 0) return { id: NEWEST_SCHEMA, reason: `version ${version} is newer than every known release` };
  return { id, reason: `version ${version} is no release; ${id} is the nearest` };
}

/** Numbers of `v0.8.16`, `0.8.16` or `0.8.16-release`. */
function readVersion(text: string): readonly number[] | undefined {
  const digits = /^v?(\d+(?:\.\d+)+)/.exec(text)?.[1];
  return digits?.split('.').map(Number);
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
