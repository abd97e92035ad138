import type { IncomingHttpHeaders } from 'node:http';
import type { ByteRange } from '../../../services/artifacts/content-store.ts';

/** What identifies content that never changes. */
export interface ContentValidators {
  /** With quotes. */
  readonly etag: string;
  /** As HTTP writes times. */
  readonly lastModified: string;
  readonly sizeBytes: number;
}

/** What of some content a request wants. */
export type RequestedBytes =
  | { readonly kind: 'all' }
  | { readonly kind: 'part'; readonly range: ByteRange }
  /** The caller has it already. */
  | { readonly kind: 'none' }
  /** It asks for bytes behind the end. */
  | { readonly kind: 'unsatisfiable' };

const ALL: RequestedBytes = { kind: 'all' };

/** Reads the conditions and the range of a GET (RFC 9110, sections 13 and 14). */
export function readRequestedBytes(headers: IncomingHttpHeaders, content: ContentValidators): RequestedBytes {
  if (isKnownToCaller(headers, content)) return { kind: 'none' };
  if (headers.range === undefined || !isRangeStillMeant(headers['if-range'], content)) return ALL;
  return readRange(headers.range, content.sizeBytes);
}

/** If-None-Match decides alone where it is given. */
function isKnownToCaller(headers: IncomingHttpHeaders, { etag, lastModified }: ContentValidators): boolean {
  const etags = headers['if-none-match'];
  if (etags !== undefined) return etags.trim() === '*' || splitEtags(etags).includes(etag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return Date.parse(lastModified) <= since;
}

/** Weak or not makes no difference where only equality with what is stored is asked. */
function splitEtags(list: string): readonly string[] {
  return list.split(',').map((etag) => etag.trim().replace(/^W\//, ''));
}

/** A part of something else is of no use: then all of it is sent. */
function isRangeStillMeant(
  condition: string | string[] | undefined,
  { etag, lastModified }: ContentValidators,
): boolean {
  return condition === undefined || condition === etag || condition === lastModified;
}

/** What is no range, or several, is passed over: RFC 9110 lets a server send everything. */
function readRange(header: string, sizeBytes: number): RequestedBytes {
  const [, first = '', last = ''] = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header) ?? [];
  if (first === '' && last === '') return ALL;
  const range = first === '' ? takeLast(Number(last), sizeBytes) : takeFrom(Number(first), last, sizeBytes);
  if (range === undefined) return ALL;
  return range.start < range.end ? { kind: 'part', range } : { kind: 'unsatisfiable' };
}

function takeLast(length: number, sizeBytes: number): ByteRange {
  return { start: Math.max(0, sizeBytes - length), end: sizeBytes };
}

/** Undefined when the range ends before it begins, which makes it none. */
function takeFrom(start: number, last: string, sizeBytes: number): ByteRange | undefined {
  if (last === '') return { start, end: sizeBytes };
  return Number(last) < start ? undefined : { start, end: Math.min(Number(last) + 1, sizeBytes) };
}
