import { describe, expect, it } from 'vitest';
import { isLogName, listPlaces, nameLog } from '../../../../client/logs/log-place.ts';

const SURROUNDINGS = { folders: ['/ws'], home: '/home/me' };
const ROUTE = 'a2a0ccea32023010/2023-07-27--13-01-19';
const NAME = ROUTE.replace('/', '|');

describe('listPlaces', () => {
  it.each([
    ['/logs/rlog.zst', '/logs/rlog.zst'],
    [String.raw`C:\logs\rlog.zst`, String.raw`C:\logs\rlog.zst`],
    ['~/drive', '/home/me/drive'],
    [ROUTE, `/ws/${NAME}`],
    [`${ROUTE}/0:4`, `/ws/${NAME}--0:4`],
    [`${ROUTE}/-1/q`, `/ws/${NAME}---1/q`],
    ['a2a0ccea32023010|2023-07-27--13-01-19--3', '/ws/a2a0ccea32023010|2023-07-27--13-01-19--3'],
    [`https://connect.comma.ai/${ROUTE}/12/30`, `/ws/${NAME}`],
    ['https://useradmin.comma.ai/?onebox=a2a0ccea32023010%7C2023-07-27--13-01-19', `/ws/${NAME}`],
    ['connect.comma.ai/a2a0ccea32023010/000001a3--c20ba54385', '/ws/a2a0ccea32023010|000001a3--c20ba54385'],
    [' drive.rlog ', '/ws/drive.rlog'],
  ])('reads %s', (text, place) => {
    expect(listPlaces(text, SURROUNDINGS)).toEqual([place]);
  });

  it('looks in every folder, else at home', () => {
    expect(listPlaces('x', { folders: ['/a', '/b/'], home: '/h' })).toEqual(['/a/x', '/b/x']);
    expect(listPlaces('x', { folders: [], home: '/h' })).toEqual(['/h/x']);
    expect(listPlaces('~/x', { folders: [], home: undefined })).toEqual([]);
  });

  it.each(['', '   ', 'a\0b', 'a\nb', 'x'.repeat(4097)])('makes nothing of %j', (text) => {
    expect(listPlaces(text, SURROUNDINGS)).toEqual([]);
  });
});

describe('nameLog', () => {
  it.each([
    ['/logs/drive.rlog.zst', 'drive.rlog.zst'],
    ['/logs/2023-07-27--13-01-19--3/rlog.zst', '2023-07-27--13-01-19--3/rlog.zst'],
    [String.raw`C:\logs\x--0\qlog`, 'x--0/qlog'],
    ['/logs/route/', 'route'],
    ['rlog', 'rlog'],
  ])('calls %s %s', (path, name) => {
    expect(nameLog(path)).toBe(name);
  });
});

describe('isLogName', () => {
  it.each(['rlog', 'qlog.bz2', 'a.rlog.zst', 'x--0--rlog.zst', 'rlog--2023', '/a/b/rlog.zst'])(
    'knows %s',
    (path) => {
      expect(isLogName(path)).toBe(true);
    },
  );

  it.each(['catalog.zst', 'blog', 'rlog.txt', 'prlog.zst.bak', 'rlogs'])(
    'does not take %s for one',
    (path) => {
      expect(isLogName(path)).toBe(false);
    },
  );
});
