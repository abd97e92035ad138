import { describe, expect, it } from 'vitest';
import { completeOpenParams } from '../../../../client/logs/open-parameters.ts';
import { addRoute, MOST_ROUTES, readRoutes } from '../../../../client/logs/recent-routes.ts';
import { OpenSessionParams } from '../../../../server/protocol/sessions.ts';

const NOTHING = { maxUnpackedBytes: 0, dbcPaths: [], dbcFiles: {} };

describe('completeOpenParams', () => {
  it('adds what the settings say, as the contract has it', () => {
    const settings = {
      maxUnpackedBytes: 1e9,
      dbcPaths: ['/opendbc', ''],
      dbcFiles: { '0': '/a.dbc', '*': '/b.dbc', '300': '/c.dbc', x: '/d.dbc', '1': '' },
    };
    const params = completeOpenParams({ path: '/rlog' }, settings, '/ws');
    expect(OpenSessionParams.parse(params)).toEqual({
      path: '/rlog',
      maxBytes: 1e9,
      searchPaths: ['/opendbc'],
      databases: [{ bus: 0, path: '/a.dbc' }, { path: '/b.dbc' }],
      projectFolder: '/ws',
    });
  });

  it('lets what was asked for count more, and adds nothing that nobody set', () => {
    const asked = { path: '/rlog', databases: [{ path: '/own.dbc' }] };
    expect(completeOpenParams(asked, { ...NOTHING, dbcFiles: { '*': '/b.dbc' } }, undefined)).toEqual(asked);
    expect(completeOpenParams({ path: '/rlog' }, NOTHING, undefined)).toEqual({ path: '/rlog' });
  });
});

describe('recent routes', () => {
  const open = (path: string): { path: string; name: string; openedAt: number } => ({
    path,
    name: path,
    openedAt: 1,
  });

  it('has the latest first, and once', () => {
    const routes = addRoute(addRoute([], open('a')), open('b'));
    expect(addRoute(routes, { ...open('a'), segments: 3 })).toEqual([
      { ...open('a'), segments: 3 },
      open('b'),
    ]);
  });

  it('forgets the oldest', () => {
    let routes = addRoute([], open('first'));
    for (let count = 0; count < MOST_ROUTES; count++) routes = addRoute(routes, open(String(count)));
    expect([routes.length, routes.at(-1)?.path]).toEqual([MOST_ROUTES, '0']);
  });

  it('reads what was stored, and nothing else', () => {
    expect(readRoutes([open('a'), { path: 1 }, null, 'x'])).toEqual([open('a')]);
    expect(readRoutes('broken')).toEqual([]);
  });
});
