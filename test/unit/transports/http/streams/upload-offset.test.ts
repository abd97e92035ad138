import { describe, expect, it } from 'vitest';
import { readUploadOffset } from '../../../../../server/transports/http/streams/upload-offset.ts';
import { failureOf } from '../../../../support/failure.ts';

describe('where the bytes of a request belong', () => {
  it.each([
    [{}, undefined],
    [{ 'upload-offset': '0' }, 0],
    [{ 'upload-offset': '123' }, 123],
    [{ 'content-range': 'bytes 10-19/20' }, 10],
    [{ 'content-range': 'bytes 0-0/*' }, 0],
    [{ 'upload-offset': '5', 'content-range': 'bytes 10-19/20' }, 5],
  ])('is read from %j', (headers, expected) => {
    expect(readUploadOffset(headers)).toBe(expected);
  });

  it.each([
    { 'upload-offset': '-1' },
    { 'upload-offset': '1.5' },
    { 'upload-offset': '' },
    { 'upload-offset': '9999999999999999' },
    { 'content-range': 'bytes */20' },
    { 'content-range': 'bytes 9-1/20' },
    { 'content-range': 'lines 1-2/3' },
  ])('is not read from %j', (headers) => {
    expect(failureOf(() => readUploadOffset(headers))).toMatchObject({
      code: 'INVALID_PARAMETER',
      details: { parameter: Object.keys(headers)[0]?.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()) },
    });
  });
});
