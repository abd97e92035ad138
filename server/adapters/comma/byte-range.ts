import type { IncomingMessage } from 'node:http';
import { readStrongEtag } from './part-file.ts';

/** Which bytes of a file an answer brings. */
export interface ByteRange {
  readonly start: number;
  /** Of the whole file; undefined where the server does not tell. */
  readonly totalBytes: number | undefined;
}

/**
 * Reads what an answer to a request for the bytes from `start` on brings.
 *
 * @param etag Of the version that the bytes before are from.
 * @returns Undefined where it is not the rest of the same file: then only the whole file helps.
 */
export function readRest(
  answer: IncomingMessage,
  { start, etag }: { readonly start: number; readonly etag: string | undefined },
): ByteRange | undefined {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(answer.headers['content-range'] ?? '');
  if (match === null) return undefined;
  const [from, last, total] = match.slice(1).map(Number);
  if (from !== start || total === undefined || last !== total - 1) return undefined;
  const length = readLength(answer);
  if (length !== undefined && length !== total - start) return undefined;
  const newEtag = readStrongEtag(answer.headers.etag);
  if (etag !== undefined && newEtag !== undefined && newEtag !== etag) return undefined;
  return { start, totalBytes: total };
}

/** Size of the whole file, as an answer about a part of it tells: `bytes 0-0/10`, or "bytes *" and the size after 416. */
export function readTotal(answer: IncomingMessage): number | undefined {
  const total = /^bytes (?:\*|\d{1,15}-\d{1,15})\/(\d{1,15})$/.exec(
    answer.headers['content-range'] ?? '',
  )?.[1];
  return total === undefined ? undefined : Number(total);
}

/** Length of an answer's body. */
export function readLength({ headers }: IncomingMessage): number | undefined {
  const text = headers['content-length'];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
