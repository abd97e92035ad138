import { describe, expect, it } from 'vitest';
import { RegisteredRoutes } from '../../../../../server/transports/http/registered-routes.ts';
import { STREAM_ROUTES } from '../../../../../server/transports/http/streams/stream-routes.ts';
import { openStreamServer } from '../../../../support/stream-server.ts';

describe('what the documents say of streams', () => {
  it('are the routes that are answered, and no others', async () => {
    const routes = new RegisteredRoutes();
    await openStreamServer({ onApp: (app) => routes.listen(app) });
    const answered = routes.list().map(({ verb, path }) => `${verb} ${path}`);
    const described = STREAM_ROUTES.map(({ verb, path }) => `${verb} ${path}`);
    expect(answered.sort()).toEqual(described.sort());
  });

  it('say of each how it succeeds', () => {
    for (const { summary, answers } of STREAM_ROUTES) {
      expect(summary).not.toMatch(/\.$/);
      expect(answers.length).toBeGreaterThan(0);
    }
  });
});
