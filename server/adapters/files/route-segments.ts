import { CtsError, type Problem } from '#protocol';

import {
  formatRouteName,
  formatSegmentRange,
  type NamedKind,
  resolveSegmentRange,
  type RouteName,
  type SegmentRange,
  segmentsOfSeconds,
} from '../../core/rlog/route-name.ts';
import type { SegmentFile } from './segment-files.ts';

/** Files of one route, of any segment and kind. */
export interface RouteFiles {
  /** Absent where neither files nor folders name the route. */
  readonly name: Pick<RouteName, 'dongleId' | 'logId'> | undefined;
  /** What to call it. */
  readonly title: string;
  readonly files: readonly SegmentFile[];
}

/** Which part of a route is wanted: everything, where nothing is said. */
export type RoutePart = Pick<RouteName, 'segments' | 'kind' | 'seconds'>;

/** One file for each segment, and what is missing. */
export interface RouteSelection {
  /** Sorted by segment number; never empty. */
  readonly files: readonly SegmentFile[];
  readonly problems: readonly Problem[];
}

/** Sorts files by the route that they belong to; routes come in the order of their titles. */
export function groupByRoute(files: readonly SegmentFile[]): readonly RouteFiles[] {
  const dongles = findOnlyDongles(files);
  const groups = new Map<string, RouteFiles & { readonly files: SegmentFile[] }>();
  for (const file of files) {
    const route = createRoute(file, dongles);
    const group = groups.get(route.title);
    if (group === undefined) groups.set(route.title, { ...route, files: [file] });
    else group.files.push(file);
  }
  return [...groups.values()].sort((a, b) => (a.title < b.title ? -1 : 1));
}

/** Folders on a device do not name it: the device is the one that other files of the drive name, if they agree. */
function findOnlyDongles(files: readonly SegmentFile[]): ReadonlyMap<string, string | undefined> {
  const dongles = new Map<string, string | undefined>();
  for (const { logId, dongleId } of files) {
    if (logId === undefined || dongleId === undefined) continue;
    const agrees = !dongles.has(logId) || dongles.get(logId) === dongleId;
    dongles.set(logId, agrees ? dongleId : undefined);
  }
  return dongles;
}

function createRoute(
  file: SegmentFile,
  dongles: ReadonlyMap<string, string | undefined>,
): Omit<RouteFiles, 'files'> {
  const { logId, folder } = file;
  if (logId === undefined) return { name: undefined, title: folder };
  const dongleId = file.dongleId ?? dongles.get(logId);
  const name = dongleId === undefined ? { logId } : { dongleId, logId };
  return { name, title: formatRouteName(name) };
}

/**
 * Chooses one file for each wanted segment: the rlog, or the qlog where it is asked for or there is nothing else.
 *
 * @throws {CtsError} NO_SEGMENTS when nothing of what is wanted is there.
 */
export function selectSegments(route: RouteFiles, part: RoutePart = {}): RouteSelection {
  const bySegment = chooseFiles(route.files, part.kind);
  const alone = bySegment.get(undefined);
  const range = part.segments ?? (part.seconds === undefined ? undefined : segmentsOfSeconds(part.seconds));
  if (alone !== undefined && range === undefined) return { files: [alone], problems: [] };
  const { from, to } = boundsOf(route, range);
  const numbers = [...bySegment.keys()].filter((segment) => segment !== undefined).sort((a, b) => a - b);
  const wanted = numbers.filter((segment) => segment >= from && segment < to);
  const files = wanted.flatMap((segment) => bySegment.get(segment) ?? []);
  if (files.length === 0) throw createNothingWanted(route, part);
  return { files, problems: [...tellMissing(wanted, { from, to }), ...tellDecimated(files, part.kind)] };
}

function chooseFiles(
  files: readonly SegmentFile[],
  kind: NamedKind | undefined,
): ReadonlyMap<number | undefined, SegmentFile> {
  const chosen = new Map<number | undefined, SegmentFile>();
  for (const file of files.filter((each) => kind === undefined || each.kind === kind)) {
    const rival = chosen.get(file.segment);
    if (rival === undefined || isBetter(file, rival)) chosen.set(file.segment, file);
  }
  return chosen;
}

/** The rlog before the qlog; of several copies the one that is easiest to find. */
function isBetter(file: SegmentFile, rival: SegmentFile): boolean {
  if (file.kind !== rival.kind) return file.kind === 'rlog';
  if (file.path.length !== rival.path.length) return file.path.length < rival.path.length;
  return file.path < rival.path;
}

function boundsOf({ files }: RouteFiles, range: SegmentRange | undefined): Required<SegmentRange> {
  let first = Infinity;
  let last = -1;
  for (const { segment = 0 } of files) {
    first = Math.min(first, segment);
    last = Math.max(last, segment);
  }
  return range === undefined ? { from: first, to: last + 1 } : resolveSegmentRange(range, last + 1);
}

/** Tells each run of missing segments once, however long it is. */
function tellMissing(present: readonly number[], { from, to }: Required<SegmentRange>): Problem[] {
  const problems: Problem[] = [];
  let next = from;
  for (const segment of [...present, to]) {
    if (segment > next) problems.push(createMissing(next, segment - next));
    next = segment + 1;
  }
  return problems;
}

function createMissing(segment: number, count: number): Problem {
  const message =
    count === 1
      ? `segment ${segment} is missing: the time line has a gap there`
      : `segments ${segment} to ${segment + count - 1} are missing: the time line has a gap there`;
  return { code: 'SEGMENT_MISSING', segment, count, message };
}

function tellDecimated(files: readonly SegmentFile[], kind: NamedKind | undefined): Problem[] {
  const numbers = files.filter((file) => file.kind === 'qlog').map(({ segment = 0 }) => segment);
  const [segment] = numbers;
  if (kind !== undefined || segment === undefined) return [];
  const count = numbers.length;
  const message =
    count === 1
      ? `segment ${segment} has only a qlog: read instead of the rlog, with fewer events`
      : `${count} segments have only a qlog, the first is ${segment}: read instead of the rlog, with fewer events`;
  return [{ code: 'SEGMENT_DECIMATED', segment, count, message }];
}

function createNothingWanted(route: RouteFiles, { segments, seconds, kind }: RoutePart): CtsError {
  const range = segments ?? (seconds === undefined ? undefined : segmentsOfSeconds(seconds));
  const wanted = range === undefined ? 'segment' : `segment ${formatSegmentRange(range)}`;
  const { from, to } = boundsOf(route, undefined);
  const kinds = [...new Set(route.files.map((file) => file.kind))].sort().join(' and ');
  return new CtsError(
    'NO_SEGMENTS',
    `Cannot open ${route.title}: no ${wanted}${kind === undefined ? '' : ` with a ${kind}`} is there, ` +
      `but ${kinds} of segment ${to - from === 1 ? from : `${from} to ${to - 1}`}. Ask for one of these.`,
    { details: { route: route.title, firstSegment: from, lastSegment: to - 1 } },
  );
}
