import type { IncomingHttpHeaders } from 'node:http';
import { CtsError } from '#protocol';

const CONTENT_RANGE = /^bytes (\d{1,15})-(\d{1,15})\/(?:\d{1,15}|\*)$/i;

/**
 * Where the bytes of a request belong, by `Upload-Offset` or `Content-Range`; undefined when they are the whole file.
 *
 * @throws {CtsError} INVALID_PARAMETER
 */
export function readUploadOffset(headers: IncomingHttpHeaders): number | undefined {
  const offset = headers['upload-offset'];
  if (offset !== undefined) return readNumber('Upload-Offset', offset);
  const range = headers['content-range'];
  if (range === undefined) return undefined;
  const [, first, last] = CONTENT_RANGE.exec(range) ?? [];
  if (first === undefined || Number(last) < Number(first))
    throw refuse('Content-Range', range, 'bytes 0-99/100');
  return Number(first);
}

function readNumber(header: string, value: string | readonly string[]): number {
  const text = String(value);
  if (!/^\d{1,15}$/.test(text)) throw refuse(header, text, 'a number of bytes');
  return Number(text);
}

function refuse(header: string, value: string, expected: string): CtsError {
  return new CtsError(
    'INVALID_PARAMETER',
    `Cannot read the header ${header}: ${JSON.stringify(value.slice(0, 100))} is given, expected was ${expected}`,
    { details: { parameter: header } },
  );
}
