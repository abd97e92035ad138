import { expect, test } from 'vitest';
import { lastPart, makeLogAddress, readPageInput } from '../../../../../webviews/shared/host/page-address.ts';

test('a log is named by its path', () => {
  expect(readPageInput({ pathname: '/ui/log', search: '?path=%2Flogs%2Fa%20b.rlog.zst' })).toEqual({
    page: 'log',
    path: '/logs/a b.rlog.zst',
    name: 'a b.rlog.zst',
  });
});

test('a form is named by its tool, runs by nothing', () => {
  expect(readPageInput({ pathname: '/ui/form/', search: '?tool=can-bitwatch&path=%2Fa' })).toEqual({
    page: 'form',
    tool: 'can-bitwatch',
    path: '/a',
    values: {},
  });
  expect(readPageInput({ pathname: '/ui/', search: '' })).toEqual({ page: 'runs' });
});

test('an address leads back to its path', () => {
  const path = '/logs/über & weg?#.rlog';
  const { pathname, search } = new URL(makeLogAddress(path), 'http://x/ui/runs');
  expect(readPageInput({ pathname, search })).toMatchObject({ page: 'log', path });
});

test('the last part of a path', () => {
  expect(lastPart('/a/b/')).toBe('b');
  expect(lastPart('C:\\logs\\rlog')).toBe('rlog');
  expect(lastPart('')).toBe('');
});
