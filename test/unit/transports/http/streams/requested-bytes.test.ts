import { describe, expect, it } from 'vitest';
import { readRequestedBytes } from '../../../../../server/transports/http/streams/requested-bytes.ts';

const CONTENT = { etag: '"abc"', lastModified: 'Fri, 02 Jan 2026 03:04:05 GMT', sizeBytes: 100 };

function part(start: number, end: number): object {
  return { kind: 'part', range: { start, end } };
}

describe('the bytes that a request wants', () => {
  it.each([
    ['bytes=0-0', part(0, 1)],
    ['bytes=0-99', part(0, 100)],
    ['bytes=99-', part(99, 100)],
    ['bytes=50-1000', part(50, 100)],
    ['bytes=-1', part(99, 100)],
    ['bytes=-1000', part(0, 100)],
    ['Bytes = 1-2', { kind: 'all' }],
    ['BYTES=1-2', part(1, 3)],
    ['bytes= 1 - 2 ', part(1, 3)],
    ['bytes=100-', { kind: 'unsatisfiable' }],
    ['bytes=99999999999999999999-', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=5-4', { kind: 'all' }],
    ['bytes=0-1,5-6', { kind: 'all' }],
    ['bytes=-', { kind: 'all' }],
    ['bytes=a-b', { kind: 'all' }],
    ['lines=1-2', { kind: 'all' }],
    ['', { kind: 'all' }],
  ])('are read from the range %j', (range, expected) => {
    expect(readRequestedBytes({ range }, CONTENT)).toEqual(expected);
  });

  it('are none of an empty file, whatever the range', () => {
    expect(readRequestedBytes({ range: 'bytes=0-' }, { ...CONTENT, sizeBytes: 0 })).toEqual({
      kind: 'unsatisfiable',
    });
  });

  it.each([
    ['"abc"', 'none'],
    ['W/"abc"', 'none'],
    ['"x", "abc"', 'none'],
    ['*', 'none'],
    ['"x"', 'all'],
    ['abc', 'all'],
  ])('depend on If-None-Match %s: %s', (header, kind) => {
    expect(readRequestedBytes({ 'if-none-match': header }, CONTENT)).toEqual({ kind });
  });

  it.each([
    ['Fri, 02 Jan 2026 03:04:05 GMT', 'none'],
    ['Fri, 02 Jan 2026 03:04:06 GMT', 'none'],
    ['Fri, 02 Jan 2026 03:04:04 GMT', 'all'],
    ['yesterday', 'all'],
  ])('depend on If-Modified-Since %s: %s', (header, kind) => {
    expect(readRequestedBytes({ 'if-modified-since': header }, CONTENT)).toEqual({ kind });
  });

  it('do not depend on If-Modified-Since where there is If-None-Match', () => {
    const headers = { 'if-none-match': '"x"', 'if-modified-since': 'Fri, 02 Jan 2026 03:04:05 GMT' };
    expect(readRequestedBytes(headers, CONTENT)).toEqual({ kind: 'all' });
  });

  it.each([
    ['"abc"', part(1, 3)],
    ['Fri, 02 Jan 2026 03:04:05 GMT', part(1, 3)],
    ['"x"', { kind: 'all' }],
    ['W/"abc"', { kind: 'all' }],
  ])('are a part only of what If-Range %s names', (condition, expected) => {
    expect(readRequestedBytes({ range: 'bytes=1-2', 'if-range': condition }, CONTENT)).toEqual(expected);
  });
});
