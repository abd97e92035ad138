import { CtsError } from '#protocol';

/** Which of a segment's two logs is meant: everything, or the decimated one. */
export type NamedKind = 'rlog' | 'qlog';

/** Segments as Python slices a list: `from` is included, `to` is not, and numbers below zero count from the end. */
export interface SegmentRange {
  /** From the first segment on, where absent. */
  readonly from?: number;
  /** To the last segment, where absent. */
  readonly to?: number;
}

/** A stretch of time in seconds. */
export interface SecondsRange {
  readonly start: number;
  readonly end: number;
}

/** A route, or part of it, whichever way it was spelled. */
export interface RouteName {
  /** The device: 16 hexadecimal digits. Absent where the spelling leaves it out, as folders on a device do. */
  readonly dongleId?: string;
  /** The drive: 20 characters, `YYYY-MM-DD--HH-MM-SS` or, since 2024, a count and a random part. */
  readonly logId: string;
  /** All segments where absent. */
  readonly segments?: SegmentRange;
  /** The rlog, or the qlog where there is no rlog, where absent. */
  readonly kind?: NamedKind;
  /** What a link of connect points at, counted from the route's start. */
  readonly seconds?: SecondsRange;
}

/** What the path of a file or folder tells about the segment in it. */
export interface SegmentPath {
  readonly dongleId?: string;
  readonly logId: string;
  readonly segment: number;
  /** Absent where the path is a folder's. */
  readonly kind?: NamedKind;
}

/** A device at a time, which is what older links of connect name. */
export interface DeviceTime {
  readonly dongleId: string;
  /** Since the Unix epoch, UTC. */
  readonly seconds: SecondsRange;
}

/** Every segment but the last lasts so long. */
const SEGMENT_SECONDS = 60;

/** Longer texts are no route names; a path may be as long as file systems allow. */
const MAX_NAME_LENGTH = 1024;
const MAX_PATH_LENGTH = 4096;
const SHOWN_LENGTH = 100;

const DONGLE = '[0-9a-f]{16}';
const LOG = String.raw`\d{4}-\d\d-\d\d--\d\d-\d\d-\d\d|[0-9a-f]{8}--[0-9a-z]{10}`;
const ROUTE = String.raw`(?:(?<dongle>${DONGLE})[|/_])?(?<log>${LOG})`;
const NUMBER = String.raw`-?\d{1,9}`;

// dongle/log, dongle|log--3, log/0:4/q
const NAME = new RegExp(
  `^${ROUTE}(?:(?:--|/)(?:(?<index>${NUMBER})|(?<from>${NUMBER})?:(?<to>${NUMBER})?))?(?:/(?<kind>[arq]))?/?$`,
  'i',
);
// log--3/rlog.zst, dongle_log--3--rlog.zst, dongle/log/3/qlog.bz2, and the folders log--3, dongle_log--3, log/3
const SEGMENT = String.raw`${ROUTE}(?:--|/)(?<segment>\d{1,9})(?:(?:--|/)(?<kind>[rq]log)(?:\.zst|\.bz2)?)?/?$`;
const SEGMENT_NAME = new RegExp(`^${SEGMENT}`, 'i');
const SEGMENT_PATH = new RegExp(`(?:^|/)${SEGMENT}`, 'i');

// Forks run services of their own under the same first name.
const LINK =
  /^(?:https?:\/\/[^/?#]+|(?:connect|useradmin)\.[a-z0-9.-]+(?=[/?]))(?<path>\/[^?#]*)?(?:\?(?<query>[^#]*))?(?:#.*)?$/is;
const DEVICE_ROUTE = new RegExp(`^${DONGLE}[|/_]`, 'i');
const LINK_ROUTE = new RegExp(`^${ROUTE}(?:/(?<start>\\d{1,9})/(?<end>\\d{1,9}))?/?$`, 'i');
const LINK_TIME = new RegExp(`^(?<dongle>${DONGLE})/(?<start>\\d{12,15})/(?<end>\\d{12,15})/?$`, 'i');

/**
 * Reads the name of a route in any spelling: `dongle/log`, `dongle|log--3`, `…/0:4`, `…/-1`, `…/q`, a link of connect or
 * useradmin, or the name of a segment's file or folder.
 *
 * @throws {CtsError} INVALID_ROUTE_NAME when it is none of these.
 */
export function parseRouteName(text: string): RouteName {
  const name = readRouteName(text);
  if (name === undefined) throw createNameError(text.trim());
  return name;
}

/** Reads what `parseRouteName` reads; undefined where it is no route's name. */
export function readRouteName(text: string): RouteName | undefined {
  const trimmed = text.trim();
  if (trimmed.length > MAX_NAME_LENGTH) return undefined;
  return readLink(trimmed) ?? readName(trimmed);
}

/** Whether a text is a link or begins as the name of a device's route does: a file is hardly called so. */
export function isMeantAsRoute(text: string): boolean {
  const start = text.trim().slice(0, MAX_NAME_LENGTH);
  return LINK.test(start) || DEVICE_ROUTE.test(start);
}

/** Reads an older link of connect, which names a device and a time in milliseconds instead of a route. */
export function parseTimeLink(text: string): DeviceTime | undefined {
  const time = LINK_TIME.exec(linkParts(text.trim().slice(0, MAX_NAME_LENGTH))?.path ?? '')?.groups;
  if (time?.['dongle'] === undefined) return undefined;
  const seconds = { start: Number(time['start']) / 1000, end: Number(time['end']) / 1000 };
  return { dongleId: time['dongle'].toLowerCase(), seconds };
}

/**
 * Writes a route's name in its canonical spelling: `dongle/log`, then the segments and the kind where they are given.
 * `seconds` are no part of a name.
 */
export function formatRouteName({ dongleId, logId, segments, kind }: RouteName): string {
  const range = segments === undefined ? '' : formatSegmentRange(segments);
  const parts = [dongleId, logId, range === ':' ? '' : range, kind?.charAt(0)];
  return parts.filter((part) => part !== undefined && part !== '').join('/');
}

/** Writes segments as they stand in a route's name: `3`, `0:4`, `-1`, `:2`. */
export function formatSegmentRange({ from, to }: SegmentRange): string {
  const isIndex = from !== undefined && (from === -1 ? to === undefined : to === from + 1);
  return isIndex ? String(from) : `${String(from ?? '')}:${String(to ?? '')}`;
}

/**
 * Counts a range from the start of a route.
 *
 * @param segmentCount One more than the number of the route's last segment.
 * @returns `to` may lie past the last segment: such segments were asked for. Nothing is asked for where `to <= from`.
 */
export function resolveSegmentRange(range: SegmentRange, segmentCount: number): Required<SegmentRange> {
  const { from = 0, to = segmentCount } = range;
  return {
    from: Math.max(0, from < 0 ? segmentCount + from : from),
    to: Math.max(0, to < 0 ? segmentCount + to : to),
  };
}

/** The segments that hold a stretch of time counted from the route's start; at least one. */
export function segmentsOfSeconds({ start, end }: SecondsRange): Required<SegmentRange> {
  const from = Math.floor(start / SEGMENT_SECONDS);
  return { from, to: Math.max(from + 1, Math.ceil(end / SEGMENT_SECONDS)) };
}

/**
 * Reads route, segment and kind from the end of a path in device form (`log--3/rlog.zst`), download form
 * (`dongle_log--3--rlog.zst`, `dongle_log--3/rlog.zst`) or nested form (`route/3/rlog.zst`), or of a segment's folder.
 *
 * @returns Undefined where the path does not tell.
 */
export function parseSegmentPath(path: string): SegmentPath | undefined {
  return readSegment(SEGMENT_PATH, path.slice(-MAX_PATH_LENGTH).replaceAll('\\', '/'));
}

function readName(text: string): RouteName | undefined {
  const groups = NAME.exec(text)?.groups;
  if (groups === undefined) return readSegmentName(text);
  const { index, from, to, kind } = groups;
  const range = index === undefined ? readRange(from, to) : rangeOfIndex(readNumber(index));
  return {
    ...readIds(groups),
    ...(range === undefined ? {} : { segments: range }),
    ...readKind(kind),
  };
}

function readSegmentName(text: string): RouteName | undefined {
  const found = readSegment(SEGMENT_NAME, text.replaceAll('\\', '/'));
  if (found === undefined) return undefined;
  const { segment, ...rest } = found;
  return { ...rest, segments: rangeOfIndex(segment) };
}

function readSegment(form: RegExp, path: string): SegmentPath | undefined {
  const groups = form.exec(path)?.groups;
  if (groups === undefined) return undefined;
  return { ...readIds(groups), segment: Number(groups['segment']), ...readKind(groups['kind']) };
}

function readLink(text: string): RouteName | undefined {
  const link = linkParts(text);
  if (link === undefined) return undefined;
  if (link.onebox !== undefined) return readName(link.onebox);
  const groups = LINK_ROUTE.exec(link.path)?.groups;
  if (groups === undefined) return readName(link.path);
  const { start, end } = groups;
  const hasTime = start !== undefined && end !== undefined;
  return { ...readIds(groups), ...(hasTime ? { seconds: { start: Number(start), end: Number(end) } } : {}) };
}

/** The path without its first slash, and what useradmin was asked for. */
function linkParts(text: string): { readonly path: string; readonly onebox: string | undefined } | undefined {
  const groups = LINK.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const onebox = /(?:^|&)onebox=([^&]*)/.exec(groups['query'] ?? '')?.[1];
  return {
    path: decodePercent((groups['path'] ?? '').slice(1)),
    onebox: onebox === undefined ? undefined : decodePercent(onebox),
  };
}

function decodePercent(text: string): string {
  return text.replace(/%(?:7c|2f|3a)/gi, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16)));
}

type Groups = Readonly<Record<string, string | undefined>>;

function readIds({ dongle, log }: Groups): { readonly dongleId?: string; readonly logId: string } {
  const logId = (log ?? '').toLowerCase();
  return dongle === undefined ? { logId } : { dongleId: dongle.toLowerCase(), logId };
}

/** `-0` is 0. */
function readNumber(digits: string): number {
  return Number(digits) + 0;
}

function rangeOfIndex(index: number): SegmentRange {
  return index === -1 ? { from: -1 } : { from: index, to: index + 1 };
}

function readRange(from: string | undefined, to: string | undefined): SegmentRange | undefined {
  if (from === undefined && to === undefined) return undefined;
  return {
    ...(from === undefined ? {} : { from: readNumber(from) }),
    ...(to === undefined ? {} : { to: readNumber(to) }),
  };
}

/** `r` and `rlog`, `q` and `qlog`; `a` stands for whichever there is, which is also meant where nothing is said. */
function readKind(text: string | undefined): { readonly kind?: NamedKind } {
  const letter = text?.charAt(0).toLowerCase();
  if (letter === 'r') return { kind: 'rlog' };
  return letter === 'q' ? { kind: 'qlog' } : {};
}

function createNameError(text: string): CtsError {
  const shown = JSON.stringify(text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text);
  const time = parseTimeLink(text);
  const message =
    time === undefined
      ? `${shown} is not the name of a route: expected DONGLE/LOG, such as ` +
        '0123456789abcdef/00000001--a1b2c3d4e5, with segments as in …/0:4 and /r or /q behind it, or a link of connect'
      : `${shown} names a device and a time, not a route: open the link in connect and copy the route's name`;
  return new CtsError('INVALID_ROUTE_NAME', message, { details: { route: text.slice(0, MAX_NAME_LENGTH) } });
}
