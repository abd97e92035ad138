import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CtsError } from '#protocol';
import type { DescribedRoute } from '../described-route.ts';
import type { HttpPorts } from '../http-ports.ts';
import { readPageAsset } from './page-assets.ts';
import {
  ASSETS_PATH,
  isPageName,
  type PageName,
  PAGES,
  writePageDocument,
  writePagePolicy,
} from './page-document.ts';

/** What the documents say of the pages. */
export const PAGE_ROUTES: readonly DescribedRoute[] = [
  describePage(
    '/ui/',
    'The page of runs',
    'Other pages: `/ui/log?path=…` shows a log, `/ui/form?tool=…&path=…` starts a tool.',
  ),
  describePage('/ui/:page', 'A page by name: `runs`, `log` or `form`'),
  {
    verb: 'GET',
    path: `${ASSETS_PATH}/:file`,
    group: 'Pages',
    summary: 'Script or style of a page',
    isOpen: true,
    pathSchema: z.strictObject({ file: z.string() }),
    answers: [
      {
        status: 200,
        description: 'The file',
        content: [{ mediaType: 'text/javascript' }, { mediaType: 'text/css' }],
        headers: { ETag: 'Of its contents, for `If-None-Match`' },
      },
      { status: 304, description: 'The file is still what the caller has' },
    ],
    errors: ['ENDPOINT_NOT_FOUND'],
  },
];

/**
 * Adds the pages. They hold no secret and are open to all who may ask at all; what they show comes over the WebSocket,
 * which wants the token like everything else.
 */
export function registerPages(app: FastifyInstance, { pagesFolder }: Pick<HttpPorts, 'pagesFolder'>): void {
  const config = { isOpen: true, isPatient: true };
  app.get('/ui/', { config }, (request, reply) => answerRoot(request, reply));
  app.get<{ Params: { page: string } }>('/ui/:page', { config }, ({ params: { page } }, reply) => {
    if (!isPageName(page)) throw refusePage(page);
    return answerPage(reply, page);
  });
  app.get<{ Params: { file: string } }>(`${ASSETS_PATH}/:file`, { config }, async (request, reply) => {
    const { mediaType, bytes, etag } = await readPageAsset(pagesFolder, request.params.file);
    reply.headers({ etag, 'cache-control': 'no-cache' });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type(mediaType).send(bytes);
  });
}

/** Pages name each other relative to `/ui/`. */
function answerRoot({ url }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [path, query] = url.split('?', 2);
  if (path?.endsWith('/') === true) return answerPage(reply, 'runs');
  return reply.redirect(query === undefined ? '/ui/' : `/ui/?${query}`);
}

function answerPage(reply: FastifyReply, page: PageName): FastifyReply {
  const nonce = randomBytes(18).toString('base64url');
  return reply
    .headers({
      'content-security-policy': writePagePolicy(page, nonce),
      'cross-origin-opener-policy': 'same-origin',
    })
    .type('text/html; charset=utf-8')
    .send(writePageDocument(page, nonce));
}

function refusePage(name: string): CtsError {
  return new CtsError('ENDPOINT_NOT_FOUND', `There is no page ${JSON.stringify(name.slice(0, 100))}`, {
    actions: [`There are ${Object.keys(PAGES).join(', ')}.`],
  });
}

function describePage(path: string, summary: string, description?: string): DescribedRoute {
  return {
    ...{ verb: 'GET', path, group: 'Pages', summary, isOpen: true },
    ...(description !== undefined && { description }),
    ...(path.includes(':') && { pathSchema: z.strictObject({ page: z.enum(['runs', 'log', 'form']) }) }),
    answers: [{ status: 200, description: 'The page', content: [{ mediaType: 'text/html' }] }],
    errors: path.includes(':') ? ['ENDPOINT_NOT_FOUND'] : [],
  };
}
