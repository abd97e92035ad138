import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';

import { CtsError, type ErrorCode, type Problem } from '#protocol';

import {
  formatRouteName,
  isMeantAsRoute,
  type NamedKind,
  parseRouteName,
  parseSegmentPath,
  readRouteName,
  type RouteName,
} from '../../core/rlog/route-name.ts';
import type { LogLocator, LogSegment, LogSource, OpenOptions } from '../../services/logs/log-source.ts';
import { toFileError } from './file-error.ts';
import { openLogFile } from './log-file.ts';
import { groupByRoute, type RouteFiles, type RoutePart, selectSegments } from './route-segments.ts';
import { findSegmentFiles, type SegmentFile, type SegmentFiles } from './segment-files.ts';

/** Where logs are looked for. */
export interface FileLogLocatorOptions {
  /** Folders below which routes are found by name, in this order; by default the current folder. */
  readonly roots?: readonly string[];
  /** Folders that every file must lie in, whatever links lead to it; by default anywhere. */
  readonly within?: readonly string[];
}

/** `folder/dongle/log/3/rlog` has as many parts behind the folder. */
const MAX_NAME_PARTS = 4;
const SHOWN_ROUTES = 5;

/** Finds logs in the file system. */
export class FileLogLocator implements LogLocator {
  readonly #roots: readonly string[];
  readonly #within: readonly string[];

  constructor({ roots, within = [] }: FileLogLocatorOptions = {}) {
    this.#roots = roots ?? (within.length > 0 ? within : ['.']);
    this.#within = within;
  }

  async locate(pathOrRoute: string): Promise<LogSource> {
    return confine(await this.#find(pathOrRoute), this.#within);
  }

  async #find(pathOrRoute: string): Promise<LogSource> {
    const found = await findPath(pathOrRoute);
    if (found?.isFolder === true) return locateInFolder(pathOrRoute);
    if (found !== undefined) return describeFile(pathOrRoute, found.sizeBytes);
    if (isMeantAsRoute(pathOrRoute)) return this.#locateByName(parseRouteName(pathOrRoute));
    const name = readRouteName(pathOrRoute);
    if (name !== undefined) return this.#locateByName(name);
    return locateBelow(await splitAtFolder(pathOrRoute));
  }

  async #locateByName(name: RouteName): Promise<LogSource> {
    for (const root of this.#roots) {
      const source = await locateRoute(root, name);
      if (source !== undefined) return source;
    }
    throw createRouteNotFound(name, this.#roots);
  }
}

/** What lies behind a link is looked at when the file is open: until then it may be exchanged. */
function confine(source: LogSource, roots: readonly string[]): LogSource {
  if (roots.length === 0) return source;
  const segments = source.segments.map((segment) => ({
    ...segment,
    open: (options: OpenOptions = {}) => openLogFile(segment.path, { ...options, roots }),
  }));
  return { ...source, segments };
}

interface FoundPath {
  readonly isFolder: boolean;
  readonly sizeBytes: number;
}

// What the operating system says of a path that cannot lead anywhere.
const NOTHING_THERE = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL', 'ERR_INVALID_ARG_VALUE'];

async function findPath(path: string): Promise<FoundPath | undefined> {
  try {
    const stats = await stat(path);
    return { isFolder: stats.isDirectory(), sizeBytes: stats.size };
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOTHING_THERE.includes(String(error.code)))
      return undefined;
    throw toFileError(path, error);
  }
}

/** A route's name behind a folder's path. */
interface FolderAndName {
  readonly folder: string;
  readonly name: RouteName;
}

/** Splits a path such as `logs/<log>/0:4`: nothing is there, but its beginning is a folder and its end names a route. */
async function splitAtFolder(path: string): Promise<FolderAndName> {
  const parts = path.split(/[\\/]/);
  for (let count = 1; count <= Math.min(MAX_NAME_PARTS, parts.length - 1); count++) {
    const name = readRouteName(parts.slice(-count).join('/'));
    const folder = path.slice(0, path.length - parts.slice(-count).join('/').length);
    if (name !== undefined && (await findPath(folder))?.isFolder === true) return { folder, name };
  }
  throw createError('FILE_NOT_FOUND', path, {
    cause: 'there is no such file or folder, and it is not the name of a route',
    advice: 'Check the path, or name a route as DONGLE/LOG.',
  });
}

async function locateBelow({ folder, name }: FolderAndName): Promise<LogSource> {
  const source = await locateRoute(folder, name);
  if (source === undefined) throw createRouteNotFound(name, [folder]);
  return source;
}

async function locateRoute(folder: string, name: RouteName): Promise<LogSource | undefined> {
  const found = await findSegmentFiles({ folder, logId: name.logId });
  const files = found.files.flatMap((file) => attributeFile(file, name));
  return files.length === 0 ? undefined : describeRoute(folder, { ...found, files }, name);
}

/** A file that names no device belongs to the one that was asked for; one that names another is left out. */
function attributeFile(file: SegmentFile, { dongleId }: RouteName): readonly SegmentFile[] {
  if (dongleId === undefined) return [file];
  return (file.dongleId ?? dongleId) === dongleId ? [{ ...file, dongleId }] : [];
}

async function locateInFolder(folder: string): Promise<LogSource> {
  const found = await findSegmentFiles({ folder });
  if (found.files.length === 0) throw createNoSegments(folder, found);
  return describeRoute(folder, found, {});
}

async function describeRoute(folder: string, found: SegmentFiles, part: RoutePart): Promise<LogSource> {
  const [route, ...others] = groupByRoute(found.files);
  if (route === undefined) throw createNoSegments(folder, found);
  if (others.length > 0) throw createSeveralRoutes(folder, [route, ...others]);
  const { files, problems } = selectSegments(route, part);
  return {
    name: nameOf(route, files),
    route: route.name === undefined ? undefined : formatRouteName(route.name),
    segments: await Promise.all(files.map(describeSegment)),
    problems: [...problems, ...keepOf(found.problems, files)],
  };
}

/** Of folders that could not be read, those whose segment was not found elsewhere. */
function keepOf(problems: readonly Problem[], files: readonly SegmentFile[]): readonly Problem[] {
  return problems.filter((problem) => !files.some(({ segment }) => segment === problem.segment));
}

function nameOf({ name, title }: RouteFiles, [first, ...rest]: readonly SegmentFile[]): string {
  if (name === undefined) return basename(title);
  const segment = rest.length === 0 ? first?.segment : undefined;
  return formatRouteName(
    segment === undefined ? name : { ...name, segments: { from: segment, to: segment + 1 } },
  );
}

async function describeSegment({ path, segment, kind }: SegmentFile): Promise<LogSegment> {
  const fileBytes = await findPath(path);
  return createSegment({ path, segment, kind, fileBytes: fileBytes?.sizeBytes ?? 0 });
}

function createSegment(parts: Omit<LogSegment, 'name' | 'open'>): LogSegment {
  return { ...parts, name: basename(parts.path), open: (options) => openLogFile(parts.path, options) };
}

/** A file is taken as it is; its path tells what it belongs to where it is called as segments are. */
function describeFile(path: string, fileBytes: number): LogSource {
  const place = parseSegmentPath(resolve(path));
  const segment = createSegment({
    path,
    segment: place?.segment,
    kind: place?.kind ?? kindOfFile(path),
    fileBytes,
  });
  if (place === undefined)
    return { name: titleOfFile(path), route: undefined, segments: [segment], problems: [] };
  const { dongleId, logId, segment: from } = place;
  const route = dongleId === undefined ? { logId } : { dongleId, logId };
  return {
    name: formatRouteName({ ...route, segments: { from, to: from + 1 } }),
    route: formatRouteName(route),
    segments: [segment],
    problems: [],
  };
}

function kindOfFile(path: string): NamedKind | 'unknown' {
  const letter = /(?:^|[._-])([rq])log(?:\.\w+)?$/i.exec(basename(path))?.[1]?.toLowerCase();
  if (letter === undefined) return 'unknown';
  return letter === 'r' ? 'rlog' : 'qlog';
}

function titleOfFile(path: string): string {
  const name = basename(path);
  return name.replace(/(?:\.(?:rlog|qlog|zst|bz2))+$/i, '') || name;
}

interface Explanation {
  readonly cause: string;
  readonly advice: string;
}

function createError(code: ErrorCode, path: string, { cause, advice }: Explanation): CtsError {
  const shown = path.slice(0, 400).replace(/\p{Cc}/gu, '?');
  return new CtsError(code, `Cannot open ${shown}: ${cause}. ${advice}`, { details: { path } });
}

function createNoSegments(folder: string, { otherLogs, problems }: SegmentFiles): CtsError {
  const [unreadable] = problems;
  if (unreadable !== undefined) {
    return createError('NO_SEGMENTS', folder, {
      cause: `none of its segments can be read (${unreadable.message})`,
      advice: 'Open another folder.',
    });
  }
  if (otherLogs.length === 0) {
    return createError('NO_SEGMENTS', folder, {
      cause: 'this folder holds no log',
      advice: 'Open a folder with segments such as <log>--0/rlog.zst, or a log file.',
    });
  }
  return createError('NO_SEGMENTS', folder, {
    cause: `this folder holds logs, but no segments of a route: ${listSome([...otherLogs].sort())}`,
    advice: 'Open one of the files.',
  });
}

function createSeveralRoutes(folder: string, routes: readonly RouteFiles[]): CtsError {
  const named = routes.find(({ name }) => name !== undefined);
  const example = named === undefined ? routes[0]?.title : `${folder.replace(/[\\/]+$/, '')}/${named.title}`;
  return createError('SEVERAL_ROUTES', folder, {
    cause: `${routes.length} routes are here: ${listSome(routes.map((route) => route.title))}`,
    advice: `Name one of them, as in ${example ?? ''}`,
  });
}

function createRouteNotFound(name: RouteName, roots: readonly string[]): CtsError {
  return createError('FILE_NOT_FOUND', formatRouteName(name), {
    cause: `no segment of this route is below ${roots.map((root) => resolve(root)).join(', ')}`,
    advice: 'Change to the folder that holds it, or give the path of its folder.',
  });
}

function listSome(names: readonly string[]): string {
  const rest = names.length - SHOWN_ROUTES;
  return names.slice(0, SHOWN_ROUTES).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
