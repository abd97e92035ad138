import { MetricsBody } from '#http-bodies';
import type { DescribedRoute } from './described-route.ts';

/** Routes that describe the service, and its metrics as Prometheus reads them. */
export const DOCUMENT_ROUTES: readonly DescribedRoute[] = [
  {
    verb: 'GET',
    path: '/metrics',
    group: 'Service',
    summary: 'What has happened since the start, for Prometheus',
    description: 'With `Accept: application/json` the same as `/v1/metrics`.',
    answers: [
      {
        status: 200,
        description: 'The metrics',
        content: [
          { mediaType: 'text/plain', description: 'Prometheus text' },
          { mediaType: 'application/json', schema: MetricsBody },
        ],
      },
    ],
    errors: ['ENDPOINT_NOT_FOUND'],
  },
  {
    verb: 'GET',
    path: '/openapi.json',
    group: 'Service',
    summary: 'This interface as OpenAPI 3.1',
    isOpen: true,
    answers: [{ status: 200, description: 'The document', content: [{ mediaType: 'application/json' }] }],
    errors: [],
  },
  {
    verb: 'GET',
    path: '/docs',
    group: 'Service',
    summary: 'This interface as a page',
    isOpen: true,
    answers: [{ status: 200, description: 'The page', content: [{ mediaType: 'text/html' }] }],
    errors: [],
  },
  {
    verb: 'GET',
    path: '/redoc',
    group: 'Service',
    summary: 'Leads to /docs',
    isOpen: true,
    answers: [{ status: 302, description: 'It does', headers: { Location: '`/docs`' } }],
    errors: [],
  },
];
