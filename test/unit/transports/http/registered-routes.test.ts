import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { RegisteredRoutes } from '../../../../server/transports/http/registered-routes.ts';

function registerSome(): RegisteredRoutes {
  const app = fastify();
  const routes = new RegisteredRoutes();
  routes.listen(app);
  app.get('/runs/:runId', () => '');
  app.delete('/runs/:runId', () => '');
  app.route({ method: ['PUT', 'HEAD'], url: '/uploads/:id/content', handler: () => '' });
  app.options('*', () => '');
  return routes;
}

describe('RegisteredRoutes', () => {
  it('lists HEAD where it does not follow from GET', () => {
    expect(registerSome().list()).toEqual([
      { verb: 'GET', path: '/runs/:runId' },
      { verb: 'DELETE', path: '/runs/:runId' },
      { verb: 'PUT', path: '/uploads/:id/content' },
      { verb: 'HEAD', path: '/uploads/:id/content' },
    ]);
  });

  it.each([
    ['/runs/r1', ['DELETE', 'GET', 'HEAD']],
    ['/runs/r1/?x=/y', ['DELETE', 'GET', 'HEAD']],
    ['/uploads/u/content', ['HEAD', 'PUT']],
    ['/runs', []],
    ['/runs/', []],
    ['/runs/a/b', []],
    ['*', []],
  ])('knows what is answered at %s', (url, verbs) => {
    expect(registerSome().listVerbs(url)).toEqual(verbs);
  });
});
