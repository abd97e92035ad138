import type { CommaFileType } from '#protocol';
import { resolveSegmentRange, segmentsOfSeconds, type RouteName } from '../../core/rlog/route-name.ts';
import type { FoundRoute } from './route-search.ts';

/** One file of a route: where it comes from and where it goes. */
export interface PlannedFile {
  readonly url: string;
  /** Below the route's folder: `segment/name`. */
  readonly path: string;
}

/** What there is to fetch. */
export interface FilePlan {
  readonly files: readonly PlannedFile[];
  /** Addresses that do not say which file of which segment they are, told without what may be secret in them. */
  readonly refused: readonly string[];
}

const SEGMENT = /^\d{1,6}$/;
/** Safe on every file system, and none of ours: `.part` is what is not whole yet. */
const FILE_NAME = /^(?!.*\.part$)[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\.[A-Za-z0-9]{1,8}){0,3}$/i;
const SHOWN_LENGTH = 80;

/**
 * Puts each file in its place, kind by kind in the order asked for. Of two files for one place the first counts.
 *
 * @param part Segments that are wanted, all where it does not say.
 */
export function planFiles(
  route: FoundRoute,
  fileTypes: readonly CommaFileType[],
  part: Pick<RouteName, 'segments' | 'seconds'>,
): FilePlan {
  const addresses = [...new Set(fileTypes)].flatMap((type) => route.files[type] ?? []);
  const read = addresses.map((url) => ({ url, place: readPlace(url) }));
  const isWanted = createSegmentFilter(
    read.flatMap(({ place }) => place?.segment ?? []),
    part,
  );
  const files = new Map<string, PlannedFile>();
  for (const { url, place } of read) {
    if (place === undefined || !isWanted(place.segment)) continue;
    const path = `${String(place.segment)}/${place.name}`;
    const key = path.toLowerCase();
    if (!files.has(key)) files.set(key, { url, path });
  }
  const refused = read.filter(({ place }) => place === undefined).map(({ url }) => showAddress(url));
  return { files: [...files.values()], refused };
}

interface Place {
  readonly segment: number;
  readonly name: string;
}

/** The last two parts of the path; what a signed address has behind it belongs to no name. */
function readPlace(url: string): Place | undefined {
  if (!URL.canParse(url)) return undefined;
  const [segment, name] = new URL(url).pathname.split('/').filter(Boolean).slice(-2);
  if (segment === undefined || name === undefined) return undefined;
  return SEGMENT.test(segment) && FILE_NAME.test(name) ? { segment: Number(segment), name } : undefined;
}

function createSegmentFilter(
  segments: readonly number[],
  part: Pick<RouteName, 'segments' | 'seconds'>,
): (segment: number) => boolean {
  const range = part.segments ?? (part.seconds === undefined ? {} : segmentsOfSeconds(part.seconds));
  const count = segments.reduce((most, segment) => Math.max(most, segment + 1), 0);
  const { from, to } = resolveSegmentRange(range, count);
  return (segment) => segment >= from && segment < to;
}

function showAddress(url: string): string {
  const shown = url.replace(/[?#].*$/s, '').replace(/[^\x20-\x7e]/g, '?');
  return shown.length > SHOWN_LENGTH ? `…${shown.slice(-SHOWN_LENGTH)}` : shown;
}
