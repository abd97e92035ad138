import type { FastifyInstance } from 'fastify';

/**
 * Takes JSON and nothing else: forms and plain text are what pages of other sites can send without asking. A body with
 * `__proto__` or `constructor.prototype` in it is refused; an empty one is none.
 */
export function takeJsonBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) => {
    if (text === '') done(null, undefined);
    else void parseJson(request, text, done);
  });
}
