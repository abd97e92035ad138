import { describe, expect, it } from 'vitest';
import {
  describeAttachment,
  describeContentType,
} from '../../../../../server/transports/http/streams/content-headers.ts';

describe('the name to save a file under', () => {
  it.each([
    ['a.csv', 'attachment; filename="a.csv"'],
    ['a b.csv', 'attachment; filename="a b.csv"'],
    ['größe.csv', `attachment; filename="gr__e.csv"; filename*=UTF-8''gr%C3%B6%C3%9Fe.csv`],
    ['速度.csv', `attachment; filename="__.csv"; filename*=UTF-8''%E9%80%9F%E5%BA%A6.csv`],
    ['🚗.csv', `attachment; filename="_.csv"; filename*=UTF-8''%F0%9F%9A%97.csv`],
    ['a"b\\c.csv', `attachment; filename="a_b_c.csv"; filename*=UTF-8''a%22b%5Cc.csv`],
    ["it's (1)*.csv", `attachment; filename="it's (1)*.csv"`],
    ["é'(*)", `attachment; filename="_'(*)"; filename*=UTF-8''%C3%A9%27%28%2A%29`],
    ['50%.csv', `attachment; filename="50_.csv"; filename*=UTF-8''50%25.csv`],
    [
      'a\r\nSet-Cookie: x',
      `attachment; filename="a__Set-Cookie: x"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x`,
    ],
    ['\ud800.csv', `attachment; filename="_.csv"; filename*=UTF-8''%EF%BF%BD.csv`],
  ])('of %j is written as %s', (name, expected) => {
    expect(describeAttachment(name)).toBe(expected);
  });
});

describe('the content type of a file', () => {
  it.each([
    ['text/csv', 'text/csv; charset=utf-8'],
    ['text/html', 'text/html; charset=utf-8'],
    ['application/json', 'application/json; charset=utf-8'],
    ['image/svg+xml', 'image/svg+xml; charset=utf-8'],
    ['text/plain; charset=latin1', 'text/plain; charset=latin1'],
    ['image/png', 'image/png'],
    ['application/octet-stream', 'application/octet-stream'],
  ])('of %s is %s', (mediaType, expected) => {
    expect(describeContentType(mediaType)).toBe(expected);
  });
});
