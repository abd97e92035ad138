import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { readLength, readRest, readTotal } from '../../../../server/adapters/comma/byte-range.ts';
import { readStrongEtag } from '../../../../server/adapters/comma/part-file.ts';

function answerWith(headers: IncomingHttpHeaders): IncomingMessage {
  return { headers } as IncomingMessage;
}

describe('readRest', () => {
  const asked = { start: 4, etag: '"v1"' };

  it.each<[string, IncomingHttpHeaders]>([
    ['with all that can be said', { 'content-range': 'bytes 4-9/10', 'content-length': '6', etag: '"v1"' }],
    ['with the range alone', { 'content-range': 'bytes 4-9/10' }],
    ['with a weak tag', { 'content-range': 'bytes 4-9/10', etag: 'W/"v1"' }],
  ])('accepts the rest %s', (_, headers) => {
    expect(readRest(answerWith(headers), asked)).toEqual({ start: 4, totalBytes: 10 });
  });

  it.each<[string, IncomingHttpHeaders]>([
    ['no range', {}],
    ['an earlier start', { 'content-range': 'bytes 3-9/10' }],
    ['a later start', { 'content-range': 'bytes 5-9/10' }],
    ['an earlier end', { 'content-range': 'bytes 4-8/10' }],
    ['an end past the file', { 'content-range': 'bytes 4-10/10' }],
    ['an unknown size', { 'content-range': 'bytes 4-9/*' }],
    ['another unit', { 'content-range': 'rows 4-9/10' }],
    ['another length', { 'content-range': 'bytes 4-9/10', 'content-length': '10' }],
    ['another version', { 'content-range': 'bytes 4-9/10', etag: '"v2"' }],
    ['a number beyond counting', { 'content-range': 'bytes 4-99999999999999999998/99999999999999999999' }],
  ])('refuses %s', (_, headers) => {
    expect(readRest(answerWith(headers), asked)).toBeUndefined();
  });
});

describe('readTotal', () => {
  it.each([
    ['bytes 0-0/10', 10],
    ['bytes */10', 10],
    ['bytes 0-0/*', undefined],
    ['10', undefined],
    [undefined, undefined],
  ])('reads %j as %j', (range, total) => {
    expect(readTotal(answerWith(range === undefined ? {} : { 'content-range': range }))).toBe(total);
  });
});

describe('readLength', () => {
  it.each([
    ['10', 10],
    ['-1', undefined],
    ['1e3', undefined],
    [undefined, undefined],
  ])('reads %j as %j', (text, length) => {
    expect(readLength(answerWith(text === undefined ? {} : { 'content-length': text }))).toBe(length);
  });
});

describe('readStrongEtag', () => {
  it.each(['"v1"', '"0x8DC"'])('takes %s', (text) => {
    expect(readStrongEtag(text)).toBe(text);
  });

  it.each(['W/"v1"', 'v1', '""', '"a"b"', '"a\r\nHost: x"', `"${'x'.repeat(300)}"`, undefined])(
    'leaves %j',
    (text) => {
      expect(readStrongEtag(text)).toBeUndefined();
    },
  );
});
